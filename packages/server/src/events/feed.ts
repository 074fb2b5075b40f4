import type { EventStore, SyncEvent } from '@kith/detection';
import type { Context } from '../context.ts';
import { readMembers } from '../members/store.ts';
import { type EntryRow, readCursor, readEntries, readPlaces, writeCursor } from './store.ts';
import { eventOf } from './sync-event.ts';

/** Where the copy of the ledger has got to. */
export const eventsCursor = 'events';
const entriesAtOnce = 2_000;

/**
 * Copies sealed ledger entries to the event store, at least once: the cursor moves when the store has them, and the store
 * drops what it has seen. Members whose erasure is among them are forgotten there too. Returns how many entries were read;
 * fewer than asked for means that the copy is complete.
 */
export async function feedEvents(
  context: Context,
  events: Pick<EventStore, 'insert' | 'forget'>,
): Promise<number> {
  const { database } = context;
  const from = await readCursor(database, eventsCursor);
  const places = await readPlaces(database, from, entriesAtOnce);
  if (places.length === 0) return 0;
  const entries = await readEntries(database, places);
  await events.insert(await eventsOf(context, entries));
  // What was copied before an erasure still says where the member was.
  await events.forget(erasedIn(entries));
  await writeCursor(database, eventsCursor, from + places.length);
  return places.length;
}

function erasedIn(entries: readonly EntryRow[]): string[] {
  return entries.filter(({ kind }) => kind === 'member-erased').map(({ memberId }) => memberId);
}

async function eventsOf({ database }: Context, entries: readonly EntryRow[]): Promise<SyncEvent[]> {
  const actors = new Set(
    entries.flatMap((entry) => (entry.otherId ? [entry.memberId, entry.otherId] : [entry.memberId])),
  );
  const members = new Map(
    (await readMembers(database, [...actors])).map((member) => [member.memberId, member]),
  );
  return entries.flatMap((entry) => {
    const actor = entry.kind === 'reveal' && entry.otherId ? entry.otherId : entry.memberId;
    const createdAt = members.get(actor)?.createdAt.getTime();
    const event = eventOf({
      ...entry,
      at: entry.at.getTime(),
      body: JSON.parse(entry.body),
      context: entry.context ? JSON.parse(entry.context) : {},
      ...(createdAt !== undefined && { memberCreatedAt: createdAt }),
    });
    return event ? [event] : [];
  });
}

/** Drops the copy and makes it anew from the ledger. */
export async function rebuildEvents(
  context: Context,
  events: EventStore,
  onProgress: (entries: number) => void = () => undefined,
): Promise<number> {
  await events.drop();
  await writeCursor(context.database, eventsCursor, 0);
  let total = 0;
  for (let read = await feedEvents(context, events); read > 0; read = await feedEvents(context, events)) {
    total += read;
    onProgress(total);
  }
  await events.settle();
  return total;
}
