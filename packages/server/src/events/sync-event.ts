import type { NetworkKind, NumberSketch, SyncEvent } from '@kith/detection';
import type { Discoverable } from '@kith/protocol';

/** A ledger entry and what the members' table adds to it. */
export interface FedEntry {
  entryId: string;
  memberId: string;
  otherId: string | null;
  /** Milliseconds since 1970. */
  at: number;
  kind: string;
  body: Record<string, unknown>;
  context: Record<string, unknown>;
  /** Of the one who acts; unknown once it is erased. */
  memberCreatedAt?: number;
}

/**
 * The event that detection reads of a ledger entry, if it is one that tells it something: a sync, or a report of what came of an
 * earlier one (what its numbers looked like, a canary touched, somebody revealed).
 */
export function eventOf(entry: FedEntry): SyncEvent | undefined {
  const base = { id: entry.entryId, at: entry.at, member: entry.memberId, ...createdAt(entry) };
  if (entry.kind === 'sync') return { ...base, ...originOf(entry.context), ...syncOf(entry.body) };
  const report = { ...base, way: 'report' as const };
  if (entry.kind === 'lookup') return { ...report, sketch: entry.body as unknown as NumberSketch };
  if (entry.kind === 'canary') return { ...report, canaries: 1 };
  if (entry.kind === 'reveal' && entry.otherId && entry.body.how === 'number') {
    // The entry belongs to the one who was revealed; the one who acted is the viewer.
    return { ...report, member: entry.otherId, reveals: 1 };
  }
  return undefined;
}

function createdAt({ memberCreatedAt }: FedEntry) {
  return memberCreatedAt === undefined ? {} : { memberCreatedAt };
}

function syncOf(body: Record<string, unknown>) {
  const count = (name: string) => (typeof body[name] === 'number' ? (body[name] as number) : 0);
  return {
    way: body.way === 'private' ? ('private' as const) : ('plain' as const),
    ...(isDiscoverable(body.discoverable) && { discoverable: body.discoverable }),
    numbersNew: count('new'),
    numbersRepeated: Math.max(
      count('numbers') - count('new') - (body.way === 'private' ? count('waiting') : 0),
      0,
    ),
    numbersRejected: count('rejected'),
    numbersWaiting: count('held'),
    slotsMet: count('met'),
    slotsMetEstablished: count('allies'),
  };
}

/** Syncs of before the setting was written down leave it unknown. */
function isDiscoverable(value: unknown): value is Discoverable {
  return value === 'nobody' || value === 'mutual' || value === 'anyone';
}

/** Where a sync came from; erased contexts leave it unknown. */
function originOf(context: Record<string, unknown>) {
  const text = (name: string) =>
    typeof context[name] === 'string' ? { [name]: context[name] as string } : {};
  return {
    ...text('prefix'),
    ...text('country'),
    ...text('operator'),
    ...text('device'),
    ...text('client'),
    ...(typeof context.network === 'number' && { asn: context.network }),
    ...(typeof context.networkKind === 'string' && { network: context.networkKind as NetworkKind }),
  };
}
