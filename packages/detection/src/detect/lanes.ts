import { quoted } from '../engine/sql-text.ts';

/** Reading less than this in a lane of its own takes longer to begin than it saves. */
const eventsOfLaneMin = 250_000;
const lanesMax = 16;

/** How many lanes a table of so many events is read in. */
export function laneCount(events: number, threads: number): number {
  return Math.max(1, Math.min(threads, lanesMax, Math.floor(events / eventsOfLaneMin)));
}

/**
 * Conditions that part a table along its sort key. Whatever is grouped by that key needs no other lane then, so each is read by
 * one thread alone: threads that share a table hand each other half-made groups, which costs as much again as reading it.
 *
 * @param sample values of the sort key, as text, in its order.
 * @returns as many conditions as `count`, or fewer where the sample has fewer values; every row meets exactly one.
 */
export function lanesOf(sortKey: string, sample: readonly string[], count: number): string[] {
  const places = Array.from(
    { length: count - 1 },
    (_, i) => sample[Math.floor(((i + 1) * sample.length) / count)],
  );
  const bounds = [...new Set(places)].filter((bound) => bound !== undefined).map(quoted);
  return Array.from({ length: bounds.length + 1 }, (_, i) => {
    const from = i === 0 ? [] : [`${sortKey} >= ${bounds[i - 1]}`];
    const to = i === bounds.length ? [] : [`${sortKey} < ${bounds[i]}`];
    return [...from, ...to].join(' AND ') || '1';
  });
}
