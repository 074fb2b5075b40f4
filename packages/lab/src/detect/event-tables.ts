import {
  type DetectStore,
  type EventColumn,
  type EventStore,
  eventLines,
  openEventStore,
  type SyncEvent,
} from '@kith/detection';

const insertAtOnce = 20_000;

/** A world's events and an attack's, side by side in one table. */
export interface AttackedEvents {
  store: DetectStore;
  add(events: readonly SyncEvent[]): Promise<void>;
}

/** The events of an honest world, kept once, and lent to one attack after the other. */
export interface EventTables {
  withAttack<T>(work: (attacked: AttackedEvents) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What the simulation does not make: it has no canaries, and no host that reports who wrote to whom. */
const missing: ReadonlySet<EventColumn> = new Set<EventColumn>(['canaries', 'followed']);

export async function openEventTables(
  honest: Iterable<SyncEvent>,
  onEvent: (event: SyncEvent) => void,
): Promise<EventTables> {
  const store = await openEventStore();
  let batch: SyncEvent[] = [];
  for (const event of honest) {
    onEvent(event);
    batch.push(event);
    if (batch.length < insertAtOnce) continue;
    await store.insert(batch);
    batch = [];
  }
  await store.insert(batch);
  await store.settle();
  return { withAttack: (work) => withAttack(store, work), close: () => store.close() };
}

/** The honest parts are attached, not copied: a world lends itself to many attacks. */
async function withAttack<T>(
  { engine, table, database }: EventStore,
  work: (attacked: AttackedEvents) => Promise<T>,
): Promise<T> {
  const aside = `${database}.attacked`;
  await engine.command(`DROP TABLE IF EXISTS ${aside} SYNC`);
  await engine.command(`CREATE TABLE ${aside} AS ${table}`);
  await engine.command(`ALTER TABLE ${aside} ATTACH PARTITION tuple() FROM ${table}`);
  const add = async (events: readonly SyncEvent[]): Promise<void> => {
    for (let from = 0; from < events.length; from += insertAtOnce) {
      await engine.insertLines(aside, eventLines(events.slice(from, from + insertAtOnce)));
    }
  };
  try {
    return await work({ store: { engine, table: aside, database, missing }, add });
  } finally {
    await engine.command(`DROP TABLE IF EXISTS ${aside} SYNC`);
  }
}
