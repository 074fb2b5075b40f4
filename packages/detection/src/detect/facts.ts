import { isSyncSql } from '../events/event.ts';
import type { NetworkKind } from '../network/operators.ts';
import { blockSql, isOfKind, kindsOf } from './blocks.ts';
import { windowSql } from './features.ts';
import type { Origin, Ring, RingDay } from './ring.ts';
import type { Run } from './run.ts';

/** What the events of a ring's flagged accounts add up to. */
export type RingFacts = Pick<
  Ring,
  'since' | 'until' | 'origins' | 'prefixes' | 'devices' | 'clients' | 'tried' | 'got' | 'timeline'
>;

const listMax = 200;
/** Columns that no fact needs; a ring's accounts lie all over the table, so each that is read is read whole. */
const unread =
  'id, discoverable, numbers_repeated, numbers_waiting, slots_met_established, followed, sketched, solitary, in_runs, number_prefixes';

/**
 * Reads what each ring tried, got and came from. The events of all rings are copied aside in one pass, then counted there.
 *
 * @param rings flagged members of each ring.
 * @param blocks numbers of blocks whose labels are wanted.
 * @returns the facts of each ring, in the order given, and the labels.
 */
export async function readFacts(
  run: Run,
  rings: readonly (readonly string[])[],
  blocks: readonly number[],
): Promise<{ facts: RingFacts[]; labels: Map<number, string> }> {
  if (rings.length === 0) return { facts: [], labels: new Map() };
  const { engine, tables, window } = run;
  const members = await tables.createEmpty('ring_members', 'ring UInt32, member String', 'member');
  const lines = rings.flatMap((ring, place) => ring.map((member) => JSON.stringify({ ring: place, member })));
  await engine.insertLines(members, lines.join('\n'));
  const events = await tables.create(
    'ring_events',
    `SELECT r.ring AS ring, e.* FROM (
       SELECT * EXCEPT (${unread}) FROM ${window.table} WHERE member IN (SELECT member FROM ${members}) AND ${windowSql(window)}
     ) AS e INNER JOIN ${members} AS r ON r.member = e.member
     SETTINGS asterisk_include_alias_columns = 1`,
    'ring',
  );
  const [sums, origins, clients, countries, days] = await Promise.all([
    engine.query<Sums>(sumsSql(events)),
    engine.query<OriginRow>(originsSql(events)),
    engine.query<{ ring: number; client: string; accounts: number }>(clientsSql(events)),
    engine.query<{ ring: number; country: string; numbers: number }>(countriesSql(events)),
    engine.query<RingDay & { ring: number }>(daysSql(events)),
  ]);
  const facts = rings.map((_, ring): RingFacts => {
    const sum = sums.find((row) => row.ring === ring);
    const mine = <T extends { ring: number }>(rows: readonly T[]): Omit<T, 'ring'>[] =>
      rows.filter((row) => row.ring === ring).map(({ ring: _ring, ...rest }) => rest);
    return {
      since: sum?.since ?? 0,
      until: sum?.until ?? 0,
      prefixes: sum?.prefixes ?? 0,
      devices: sum?.devices ?? 0,
      tried: {
        numbers: sum?.numbers ?? 0,
        rejected: sum?.rejected ?? 0,
        canaries: sum?.canaries ?? 0,
        countries: mine(countries),
      },
      got: { met: sum?.met ?? 0, reveals: sum?.revealed ?? 0 },
      origins: mine(origins) satisfies Origin[],
      clients: mine(clients),
      timeline: mine(days),
    };
  });
  return { facts, labels: await readLabels(run, events, blocks) };
}

/** What blocks are called: the address block, the operator, the device, the client, the moment. */
async function readLabels(run: Run, events: string, blocks: readonly number[]): Promise<Map<number, string>> {
  const labels = new Map<number, string>();
  for (const kind of kindsOf(run.signals.links)) {
    const mine = blocks.filter((block) => isOfKind(block, kind));
    if (mine.length === 0 || kind.blocks.of === 'features') continue;
    const rows = await run.engine.query<{ block: number; label: string }>(
      `SELECT ${blockSql(kind.blocks.hash, kind)} AS block, max(${kind.blocks.label}) AS label
       FROM ${events} WHERE ${kind.blocks.where} AND block IN {blocks:Array(UInt64)} GROUP BY block`,
      { blocks: [...new Set(mine)] },
    );
    for (const { block, label } of rows) labels.set(block, label);
  }
  return labels;
}

interface Sums {
  ring: number;
  since: number;
  until: number;
  prefixes: number;
  devices: number;
  numbers: number;
  rejected: number;
  canaries: number;
  met: number;
  revealed: number;
}

interface OriginRow extends Origin {
  ring: number;
  network: NetworkKind;
}

const sumsSql = (events: string): string => `
SELECT ring, min(at) AS since, max(at) AS until, uniqExactIf(prefix, prefix != '') AS prefixes,
  uniqExactIf(device, device != '') AS devices, sum(numbers_new) AS numbers, sum(numbers_rejected) AS rejected,
  sum(e.canaries) AS canaries, sum(slots_met) AS met, sum(reveals) AS revealed
FROM ${events} AS e GROUP BY ring ORDER BY ring`;

const originsSql = (events: string): string => `
SELECT ring, toString(country) AS country, asn, toString(max(e.operator)) AS operator, toString(network) AS network,
  uniqExact(member) AS accounts, count() AS syncs, sum(numbers_new) AS numbers
FROM ${events} AS e WHERE ${isSyncSql} GROUP BY ring, country, asn, network
ORDER BY ring, accounts DESC, numbers DESC, country, asn LIMIT ${listMax} BY ring`;

const clientsSql = (events: string): string => `
SELECT ring, toString(client) AS client, uniqExact(member) AS accounts
FROM ${events} WHERE client != '' GROUP BY ring, client ORDER BY ring, accounts DESC, client LIMIT ${listMax} BY ring`;

const countriesSql = (events: string): string => `
SELECT ring, toString(number_country) AS country, sum(number_country_count) AS numbers
FROM ${events} WHERE number_country != '' GROUP BY ring, number_country ORDER BY ring, numbers DESC, country LIMIT ${listMax} BY ring`;

const daysSql = (events: string): string => `
SELECT ring, intDiv(at, 86400000) * 86400000 AS day, uniqExact(member) AS accounts, countIf(${isSyncSql}) AS syncs,
  sum(numbers_new) AS numbers, sum(e.reveals) AS reveals
FROM ${events} AS e GROUP BY ring, day ORDER BY ring, day`;
