import type { Engine } from '../engine/index.ts';
import type { EventStore } from '../events/store.ts';
import { type Window, windowSql } from './features.ts';
import { laneCount, lanesOf } from './lanes.ts';
import { type ChosenSignals, chooseSignals, type DetectOptions } from './options.ts';
import { RunTables } from './tables.ts';

/** What detection needs of an event store: any `EventStore`, or the store of an imported log. */
export type DetectStore = Pick<EventStore, 'engine' | 'table' | 'database' | 'missing'> & {
  /** What the table is sorted by, where that is not the member itself: SQL that follows from the member. */
  sortKey?: string;
};

/** One run over the events: where they are, which of them, and what they are looked at for. */
export interface Run {
  engine: Engine;
  tables: RunTables;
  window: Window;
  /** Conditions that part the members, so that they can be read side by side. */
  lanes: readonly string[];
  signals: ChosenSignals;
  seed: number;
  /** How much of a ring is drawn. */
  drawing: { membersMax: number; linksMax: number };
  /** Members and events in the window. */
  members: number;
  events: number;
  say: (step: string) => void;
}

const dayMs = 86_400_000;
/** Sort keys that lanes are parted by. */
const keysSampled = 1_000;

/** Runs `work`, and removes the scratch tables afterwards, however it ends. */
export async function withRun<T>(
  store: DetectStore,
  options: DetectOptions,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const { engine } = store;
  const tables = new RunTables(engine, store.database);
  try {
    const from = options.from ?? (await windowStart(store, options));
    const { table, missing, sortKey = 'member' } = store;
    const window: Window = { table, sortKey, from, to: options.to, missing };
    return await work({
      engine,
      tables,
      window,
      signals: chooseSignals(options.signals, store.missing),
      seed: options.seed ?? 1,
      drawing: options.drawing ?? { membersMax: 150, linksMax: 14 },
      ...(await sizeOf(engine, window)),
      say: options.progress ?? (() => {}),
    });
  } finally {
    await tables.drop().catch(() => {});
  }
}

/** Where the window begins: `windowDays` before the newest event that can be true. */
async function windowStart(store: DetectStore, options: DetectOptions): Promise<number> {
  const before = Math.min(options.to ?? Number.MAX_SAFE_INTEGER, (options.now ?? Date.now()) + dayMs);
  const rows = await store.engine.query<{ newest: number }>(
    `SELECT max(at) AS newest FROM ${store.table} WHERE at < ${Math.floor(before)}`,
  );
  return (rows[0]?.newest ?? 0) - (options.windowDays ?? 90) * dayMs;
}

async function sizeOf(engine: Engine, window: Window): Promise<Pick<Run, 'members' | 'events' | 'lanes'>> {
  const [row] = await engine.query<{ members: number; events: number; threads: number; keys: string[] }>(
    `SELECT uniq(member) AS members, count() AS events, toUInt32(getSetting('max_threads')) AS threads,
       arrayMap(key -> toString(key), arraySort(groupArraySample(${keysSampled})(${window.sortKey}))) AS keys
     FROM ${window.table} WHERE ${windowSql(window)}`,
  );
  const { members = 0, events = 0, threads = 1, keys = [] } = row ?? {};
  return { members, events, lanes: lanesOf(window.sortKey, keys, laneCount(events, threads)) };
}
