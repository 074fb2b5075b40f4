/** SQL for the week in which a member was first seen in the window. */
export const weekSql = 'intDiv(first_at, 604800000)';

/** Fewer members than this say nothing of a week, fewer weeks nothing of what is usual. */
const weekMembersMin = 60;
const weeksMin = 4;

/** One group of members, in one week or (`week` 0) in all together. */
export interface WeekRow {
  week: number;
}

/**
 * What is normal, measured so that an attack does not become it: a service grows by the month, a network arrives within weeks, and
 * then may well outnumber the honest newcomers of those weeks. So each week has one vote, and the median week counts (a median of
 * means, after Nemirovsky and Yudin 1983): attackers must fill half of the weeks to be taken for normal. Where weeks are few or
 * small, all members together count.
 *
 * @param rows of one group: its weeks, and the row of all.
 * @param share of the weeks that may lie below; one half where either error costs the same.
 */
export function typical<Row extends WeekRow>(
  rows: readonly Row[],
  count: (row: Row) => number,
  value: (row: Row) => number,
  share = 0.5,
): number {
  const weeks = voting(rows, count);
  if (weeks.length > 0) return quantile(weeks.map(value), share);
  const all = rows.find(({ week }) => week === 0);
  return all ? value(all) : 0;
}

/** The weeks that have a vote; none where they are few or small. */
export function voting<Row extends WeekRow>(rows: readonly Row[], count: (row: Row) => number): Row[] {
  const weeks = rows.filter((row) => row.week !== 0 && count(row) >= weekMembersMin);
  return weeks.length >= weeksMin ? weeks : [];
}

function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const [below = 0, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}
