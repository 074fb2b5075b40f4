import { type Engine, type EngineOptions, openEngine } from '../engine/index.ts';
import { WatchError } from '../errors.ts';
import { type EventColumn, eventLines, type SyncEvent } from './event.ts';
import { createEventsSql, eventsTableName, forgetSql } from './schema.ts';

export interface EventStoreOptions extends EngineOptions {
  /** The database that holds the tables; made where it does not exist. */
  database?: string;
}

/** The copy of the ledger that detection reads. It may be dropped and rebuilt at any time. */
export interface EventStore {
  readonly engine: Engine;
  /** Database and name of the event table, for SQL. */
  readonly table: string;
  readonly database: string;
  /**
   * Adds events, at least once: when it has resolved they are stored, when it has thrown they may be. Give the same events
   * again after an error; those that had arrived are dropped by their id.
   */
  insert(events: readonly SyncEvent[]): Promise<void>;
  /** Makes where the events of these members came from unknown, as it is in the ledger once they are erased. */
  forget(members: readonly string[]): Promise<void>;
  /** How many distinct events there are. */
  count(): Promise<number>;
  /** Forgets every event, ready to be filled anew. */
  drop(): Promise<void>;
  /** Merges what was inserted, so that long histories are read as fast as they can be; optional, after a rebuild. */
  settle(): Promise<void>;
  /** Columns that the source of these events lacks; their signals are silent. */
  readonly missing: ReadonlySet<EventColumn>;
  close(): Promise<void>;
}

/**
 * Opens the event store: chDB in a process of its own (in `folder`), or ClickHouse at `url`.
 *
 * @throws WatchError `event_store_missing`, `event_store_unavailable`, `option_invalid`.
 */
export async function openEventStore(options: EventStoreOptions = {}): Promise<EventStore> {
  const database = options.database ?? 'kith';
  if (!/^[A-Za-z_]\w{0,63}$/.test(database)) {
    throw new WatchError('option_invalid', 'A database name is letters, digits and underscores');
  }
  const engine = await openEngine(options);
  try {
    const store = new SqlEventStore(engine, database);
    await store.create();
    return store;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** Ids remembered of the latest inserts: a feed repeats at most its last few batches. */
const recentIdsMax = 200_000;

class SqlEventStore implements EventStore {
  readonly engine: Engine;
  readonly database: string;
  readonly table: string;
  readonly missing: ReadonlySet<EventColumn> = new Set();
  /** Insertion order is age: the oldest ids are the first to go. */
  readonly #recent = new Set<string>();
  /** False after any moment at which the feed may repeat what memory has not seen: then the table itself is asked. */
  #sure = false;
  #generation: number;

  constructor(engine: Engine, database: string) {
    this.engine = engine;
    this.database = database;
    this.table = `${database}.${eventsTableName}`;
    this.#generation = engine.generation;
  }

  async create(): Promise<void> {
    await this.engine.command(`CREATE DATABASE IF NOT EXISTS ${this.database}`);
    await this.engine.command(createEventsSql(this.table));
  }

  async insert(events: readonly SyncEvent[]): Promise<void> {
    const fresh = await this.#unseen(events);
    if (fresh.length === 0) return;
    try {
      await this.engine.insertLines(this.table, eventLines(fresh));
    } catch (error) {
      this.#sure = false;
      throw error;
    }
    // A batch without one repeated event shows that the feed has passed what it had delivered before.
    this.#sure = this.#sure || fresh.length === events.length;
    this.#remember(fresh);
  }

  async forget(members: readonly string[]): Promise<void> {
    if (members.length > 0) await this.engine.command(forgetSql(this.table), { members: [...members] });
  }

  async count(): Promise<number> {
    const rows = await this.engine.query<{ n: number }>(`SELECT count() AS n FROM ${this.table} FINAL`);
    return rows[0]?.n ?? 0;
  }

  async drop(): Promise<void> {
    await this.engine.command(`DROP TABLE IF EXISTS ${this.table} SYNC`);
    this.#recent.clear();
    this.#sure = false;
    await this.create();
  }

  async settle(): Promise<void> {
    await this.engine.command(`OPTIMIZE TABLE ${this.table} FINAL`);
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  async #unseen(events: readonly SyncEvent[]): Promise<SyncEvent[]> {
    if (this.engine.generation !== this.#generation) {
      this.#generation = this.engine.generation;
      this.#sure = false;
    }
    const known = this.#sure ? new Set<string>() : await this.#stored(events);
    const batch = new Set<string>();
    return events.filter(({ id }) => {
      if (this.#recent.has(id) || known.has(id) || batch.has(id)) return false;
      batch.add(id);
      return true;
    });
  }

  /** Which of the events the table holds; asked by the sort key, so that few rows are read. */
  async #stored(events: readonly SyncEvent[]): Promise<Set<string>> {
    if (events.length === 0) return new Set();
    const rows = await this.engine.query<{ id: string }>(
      `SELECT id FROM ${this.table} WHERE member IN {members:Array(String)} AND id IN {ids:Array(String)}`,
      { members: [...new Set(events.map(({ member }) => member))], ids: events.map(({ id }) => id) },
    );
    return new Set(rows.map(({ id }) => id));
  }

  #remember(events: readonly SyncEvent[]): void {
    for (const { id } of events) this.#recent.add(id);
    for (const id of this.#recent) {
      if (this.#recent.size <= recentIdsMax) break;
      this.#recent.delete(id);
    }
  }
}
