/** What the ledger records. */
export type LedgerKind =
  | 'sync'
  | 'reveal'
  | 'setting'
  | 'canary'
  | 'book-erased'
  | 'member-erased'
  | 'enforcement';

/** A fact to be appended, before it has an id. Bodies carry opaque ids and counts only: they outlive the member. */
export interface NewLedgerEntry {
  /** Whose history this belongs to: the one who synced, or the one who was revealed. */
  memberId: string;
  kind: LedgerKind;
  /** The other member, for reveals the viewer. */
  otherId?: string;
  body: Record<string, unknown>;
  /** Personal context (address prefix, network, device, client): kept apart, erased with the member, bound by a salted hash. */
  context?: Record<string, unknown>;
}
