import type { Discoverable } from '@kith/protocol';

/** What the ledger records. */
type LedgerKind =
  | 'sync'
  | 'reveal'
  | 'setting'
  | 'canary'
  | 'lookup'
  | 'book-erased'
  | 'member-erased'
  | 'enforcement'
  | 'case'
  | 'view'
  | 'sign-in';

/** A fact to be appended, before it has an id. Bodies carry opaque ids and counts only: they outlive the member. */
export interface NewLedgerEntry {
  /** Whose history this belongs to: the one who synced, or the one who was revealed. */
  memberId: string;
  kind: LedgerKind;
  /** The other member, for reveals the viewer. */
  otherId?: string;
  /** JSON. For `setting`: see `SettingBody`. */
  body: Record<string, unknown>;
  /** Personal context (address prefix, network, device, client): kept apart, erased with the member, bound by a salted hash. */
  context?: Record<string, unknown>;
}

/** The body of a `setting` entry. */
export interface SettingBody {
  discoverable: Discoverable;
  hasPhone: boolean;
  /** Since when it holds, ISO 8601; the entry's own time is when it was recorded. */
  validFrom: string;
}

/** An entry as the database holds it, each column as text exact enough to prove it. */
export interface LedgerRow {
  memberId: string;
  entryId: string;
  /** Microseconds since 1970 in decimal; anything else is a time that no service has written. */
  at: string;
  kind: string;
  otherId: string | null;
  body: string;
  contextHash: Buffer | null;
  mac: Buffer;
}

/** Personal context, as JSON; all null once it is erased. */
export interface StoredContext {
  salt: Buffer | null;
  context: string | null;
}
