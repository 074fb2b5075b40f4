import { readFileSync, writeFileSync } from 'node:fs';
import { type Detection, detect, type Engine, type EventStore, openEventStore } from '@kith/detection';

export const eventsOfMember = 10;
/** One member in so many is an account of a ring; rings have about two hundred accounts each. */
const fakeOneIn = 2_000;
const ringSize = 200;
const windowStartMs = Date.UTC(2026, 6, 1);
const dayMs = 86_400_000;

/** Events made inside the engine, and how to measure what detection makes of them. */
export interface DetectRig {
  events: number;
  members: number;
  fakes: number;
  detect(): Promise<{ found: Detection; ms: number; peakMb: number }>;
  /** The peer: one scan of the same table, grouped by member. */
  scan(): Promise<number>;
  close(): Promise<void>;
}

/** Fills an event store of its own with so many events; chDB, its usual limits. */
export async function detectRig(events: number): Promise<DetectRig> {
  const store = await openEventStore();
  await fillEvents(store, events, windowStartMs);
  const members = Math.ceil(events / eventsOfMember);
  return {
    events,
    members,
    fakes: Math.ceil(members / fakeOneIn),
    detect: () => timeDetect(store),
    scan: () => timeScan(store),
    close: () => store.close(),
  };
}

/** Makes ninety days of events of a service from `startMs` on; its members are `m-0`, `m-1`, … */
export async function fillEvents(store: EventStore, events: number, startMs: number): Promise<void> {
  const atOnce = 5_000_000;
  for (let from = 0; from < events; from += atOnce) {
    await store.engine.command(fillSql(store.table, startMs, from, Math.min(atOnce, events - from)));
  }
  await store.settle();
}

async function timeDetect(store: EventStore): Promise<{ found: Detection; ms: number; peakMb: number }> {
  resetPeak(store.engine);
  const began = performance.now();
  const found = await detect(store, { now: windowStartMs + 90 * dayMs });
  return { found, ms: performance.now() - began, peakMb: peakMb(store.engine) };
}

async function timeScan({ engine, table }: EventStore): Promise<number> {
  const began = performance.now();
  await engine.query(
    `SELECT max(n), max(numbers), max(reveals) FROM (
       SELECT member, count() AS n, sum(numbers_new) AS numbers, sum(reveals) AS reveals FROM ${table} GROUP BY member)`,
  );
  return performance.now() - began;
}

const pidOf = (engine: Engine): number | undefined => (engine as Engine & { pid?: number }).pid;

/** Linux: the high-water mark of the process starts anew. */
function resetPeak(engine: Engine): void {
  const pid = pidOf(engine);
  if (pid) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Most memory that the engine's process held since, MB. */
function peakMb(engine: Engine): number {
  const pid = pidOf(engine);
  if (!pid) return 0;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/**
 * Events as members of a service make them: a book at the first sync, a few numbers later, from homes, carriers' NAT and offices.
 * Accounts of rings come within two days, from rented servers, with a thousand numbers that hardly anybody holds.
 */
function fillSql(table: string, startMs: number, from: number, count: number): string {
  const chance = (what: string, below: number): string => `(cityHash64(m, '${what}') % ${below})`;
  const each = (what: string, below: number): string => `(cityHash64(number, '${what}') % ${below})`;
  const begin = `if(fake, ${80 * dayMs} + ${chance('begin', 2 * dayMs)}, ${chance('begin', 80 * dayMs)})`;
  const book = `toUInt32(10 + exp(3.6 + 0.9 * (${chance('book', 1000)} + ${chance('book2', 1000)} + ${chance('book3', 1000)} - 1500) / 500))`;
  return `
INSERT INTO ${table} (member, at, id, created, prefix, asn, operator, country, network, device, client, way, discoverable,
  numbers_new, numbers_repeated, slots_met, slots_met_established, reveals, sketched, solitary, in_runs, number_prefixes, number_country, number_country_count)
SELECT concat('m-', toString(m)), ${startMs} + begin + k * if(fake, 20000000, ${each('pause', 80_000_000)}), concat('e-', toString(number)),
  ${startMs} + if(fake, begin - ${chance('age', 3 * dayMs)}, begin - ${chance('age', 400 * dayMs)}),
  multiIf(fake, concat('host-', toString(ring), '-', toString(m % 20), '/24'), ${each('away', 3)} = 0, concat('nat-', toString(${each('nat', 60)}), '/24'), concat('home-', toString(intDiv(m, 3)), '/24')),
  if(fake, 900 + ring % 7, ${chance('asn', 40)}), concat('operator ', toString(if(fake, 900 + ring % 7, ${chance('asn', 40)}))),
  if(fake, 'NL', home), multiIf(fake, 'hosting', ${each('away', 3)} = 0, 'mobile', 'residential'), concat('d-', toString(m)),
  if(fake, concat('client/', toString(ring)), concat('app/', toString(${chance('app', 12)}))), 'plain', if(${chance('setting', 4)} = 0, 'nobody', 'mutual'),
  fresh, 0, met, met, shown, fresh, alone, if(fake, 0, ${each('runs', 3)}), if(fake, fresh, toUInt32(fresh * 0.7)), home, fresh
FROM (
  SELECT *, if(fake, ${begin}, ${begin}) AS begin,
    toUInt32(multiIf(fake AND k = 0, 1000, fake, 50, k = 0, ${book}, ${each('later', 6)} = 0, ${each('few', 6)}, 0)) AS fresh,
    toUInt32(fake = 0 ? fresh * ${chance('friends', 30)} / 100 : 0) AS met, toUInt32(fresh * ${chance('found', 5)} / 100) AS shown,
    toUInt32(fake = 1 ? fresh * 0.8 : fresh * ${chance('alone', 40)} / 100) AS alone
  FROM (
    SELECT number, intDiv(number, ${eventsOfMember}) AS m, number % ${eventsOfMember} AS k, m % ${fakeOneIn} = 7 AS fake,
      intDiv(m, ${fakeOneIn * ringSize}) AS ring, ['IN', 'US', 'BR', 'DE', 'GB', 'NG'][1 + cityHash64(m, 'home') % 6] AS home
    FROM numbers(${from}, ${count})))`;
}
