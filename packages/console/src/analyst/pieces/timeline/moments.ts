import type { Moment } from './scale.ts';

const dayMs = 24 * 60 * 60_000;

/** Every day from the first to the last, those on which nothing happened as well. */
export function everyDay(days: readonly { day: number; value: number }[]): Moment[] {
  if (days.length === 0) return [];
  const values = new Map(days.map(({ day, value }) => [day, value]));
  const first = Math.min(...values.keys());
  const count = Math.round((Math.max(...values.keys()) - first) / dayMs) + 1;
  return Array.from({ length: count }, (_, i) => {
    const at = first + i * dayMs;
    return { at, value: values.get(at) ?? 0 };
  });
}
