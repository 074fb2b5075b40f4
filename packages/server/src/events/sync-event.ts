import type { NetworkKind, NumberSketch, SyncEvent } from '@kith/detection';

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

/** The event that detection reads of a ledger entry, if it is one that tells it something. */
export function eventOf(entry: FedEntry): SyncEvent | undefined {
  const base = { id: entry.entryId, at: entry.at, member: entry.memberId, ...createdAt(entry) };
  if (entry.kind === 'sync') return { ...base, ...originOf(entry.context), ...syncOf(entry.body) };
  if (entry.kind === 'lookup') return { ...base, sketch: entry.body as unknown as NumberSketch };
  if (entry.kind === 'canary') return { ...base, canaries: 1 };
  if (entry.kind === 'reveal' && entry.otherId && entry.body.how === 'number') {
    // The entry belongs to the one who was revealed; the one who acted is the viewer.
    return { ...base, member: entry.otherId, reveals: 1 };
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
