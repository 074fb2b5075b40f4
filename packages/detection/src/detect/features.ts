import { type EventColumn, isSyncSql } from '../events/event.ts';
import { feature } from '../signals/common.ts';
import { dayMs, type LinkSignal, type SignalBase } from '../signals/signal.ts';
import { blockSql, kindsOf } from './blocks.ts';
import type { ChosenSignals } from './options.ts';

/** Which events a run reads, and what their source lacks. */
export interface Window {
  table: string;
  /** What the table is sorted by; it follows from the member. */
  sortKey: string;
  from?: number | undefined;
  to?: number | undefined;
  missing: ReadonlySet<EventColumn>;
}

/** Arrays that features are computed from and nobody keeps. */
const scratch = new Set(['ats', 'sizes', 'meetings', 'gaps', 'batches', 'late_months', 'late_sizes']);

/** Facts about every member that need no signal. */
const basics = {
  events: `countIf(${isSyncSql})`,
  first_at: 'min(at)',
  last_at: 'max(at)',
  created: 'max(created)',
  hidden: "countIf(discoverable = 'nobody')",
} as const;

/** Cohorts: new, older and unknown accounts, each apart for members who hide from everybody (and so can meet nobody). */
export const cohorts = 6;
const cohortSql = `multiIf(created = 0, 3, first_at - created < ${30 * dayMs}, 1, 2) + if(${feature.hides}, 3, 0)`;

/**
 * Whoever asked about fewer numbers than this is not judged: ten answers say too little to accuse anyone, and harm hardly
 * anyone. Where numbers are not known, everybody is judged.
 */
const judgedNumbersMin = 10;

/**
 * One row a member: its facts and features, the blocks that its events put it in, and whether it is judged; from one pass over the
 * events in the order in which they are stored.
 *
 * @param lane condition that picks the members; one thread reads them.
 */
export function featuresSql(window: Window, signals: ChosenSignals, lane: string): string {
  const used: readonly SignalBase[] = [...signals.members, ...signals.links];
  const judged = window.missing.has('numbers_new')
    ? {}
    : { fresh: 'sum(numbers_new)', canaries: 'sum(canaries)' };
  const aggregates = { ...basics, ...judged, ...merged(used.map((signal) => signal.aggregates)) };
  const features = merged(used.map((signal) => signal.features));
  const kept = [...Object.keys(aggregates), ...Object.keys(features)].filter((name) => !scratch.has(name));
  const isJudged = window.missing.has('numbers_new') ? '1' : `fresh >= ${judgedNumbersMin} OR canaries > 0`;
  return `
SELECT member, toUInt8(${isJudged}) AS judged, ${cohortSql} AS cohort, blocks, ${kept.join(', ')}
FROM (
  SELECT *, ${listed(features) || '0 AS no_features'}
  FROM (
    SELECT member, arrayFilter(b -> b != 0, ${eventBlocksSql(signals.links)}) AS blocks, ${listed(aggregates)}
    FROM ${window.table}
    WHERE ${lane} AND ${windowSql(window)}
    GROUP BY ${[...new Set([window.sortKey, 'member'])].join(', ')}
  )
)
SETTINGS optimize_aggregation_in_order = 1, prefer_column_name_to_alias = 1, max_threads = 1, max_insert_threads = 1`;
}

/** All blocks that a member's events are in, each once; 0 where an event lacks the value. */
function eventBlocksSql(links: readonly LinkSignal[]): string {
  const each = kindsOf(links).flatMap((kind) =>
    kind.blocks.of === 'events' ? [`if(${kind.blocks.where}, ${blockSql(kind.blocks.hash, kind)}, 0)`] : [],
  );
  return each.length === 0 ? 'emptyArrayUInt64()' : `groupUniqArrayArray([${each.join(', ')}])`;
}

export function windowSql(window: Window): string {
  const from = window.from === undefined ? [] : [`at >= ${Math.floor(window.from)}`];
  const to = window.to === undefined ? [] : [`at < ${Math.floor(window.to)}`];
  return [...from, ...to].join(' AND ') || '1';
}

function merged(maps: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const all: Record<string, string> = {};
  for (const map of maps) {
    for (const [name, sql] of Object.entries(map)) {
      if (all[name] !== undefined && all[name] !== sql) throw new TypeError(`two meanings for ${name}`);
      all[name] = sql;
    }
  }
  return all;
}

function listed(map: Readonly<Record<string, string>>): string {
  return Object.entries(map)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(', ');
}
