import { counted } from './counts.ts';
import { monthLetters, monthWords } from './times.ts';

export interface MonthBar {
  month: string;
  /** "Mar" */
  letters: string;
  /** "March 2026" */
  words: string;
  times: number;
}

/** The last `count` months up to now, oldest first, those without reveals included. */
export function monthBars(
  byMonth: readonly { month: string; times: number }[],
  now: number,
  locale: string,
  count = 12,
): MonthBar[] {
  const times = new Map(byMonth.map((entry) => [entry.month, entry.times]));
  return lastMonths(now, count).map((month) => ({
    month,
    letters: monthLetters(month, locale),
    words: monthWords(month, locale),
    times: times.get(month) ?? 0,
  }));
}

/** Months are counted in UTC, as the service counts them. */
function lastMonths(now: number, count: number): string[] {
  const today = new Date(now);
  return Array.from({ length: count }, (_, i) => {
    const first = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - (count - 1 - i), 1);
    return new Date(first).toISOString().slice(0, 7);
  });
}

/** The chart in a sentence, for those who do not see it. */
export function chartWords(bars: readonly MonthBar[]): string {
  const most = bars.reduce((top, bar) => (bar.times > top.times ? bar : top));
  const sum = bars.reduce((total, bar) => total + bar.times, 0);
  const shown = `Your card was shown ${counted(sum, 'time')} in the last ${bars.length} months`;
  return most.times === 0
    ? `${shown}.`
    : `${shown}, most often in ${most.words}: ${counted(most.times, 'time')}.`;
}
