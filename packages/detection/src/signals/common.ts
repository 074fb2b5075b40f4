import { isSyncSql } from '../events/event.ts';

/** Aggregates and features that several signals share; one definition each, so that equal names mean equal SQL. */
export const aggregate = {
  fresh: 'sum(numbers_new)',
  met: 'sum(slots_met)',
  revealed: 'sum(reveals)',
  ats: `groupArrayIf(at, ${isSyncSql})`,
  sizes: `groupArrayIf(numbers_new, ${isSyncSql})`,
  meetings: `groupArrayIf(slots_met, ${isSyncSql})`,
  sketched: 'sum(sketched)',
  solitary: 'sum(solitary)',
  home_country: `argMax(country, toUInt64(numbers_new) * 65536 + reinterpretAsUInt16(toString(country)))`,
  number_country: `argMax(number_country, toUInt64(number_country_count) * 65536 + reinterpretAsUInt16(toString(number_country)))`,
} as const;

/**
 * What came after the first day. An honest book arrives at once and then grows by a few friends; whoever enumerates must go
 * on asking, and an account taken over starts to.
 */
export const feature = {
  late_fresh: 'fresh - arraySum((t, n) -> if(t < first_at + 86400000, n, 0), ats, sizes)',
  /** People know a few hundred others: beyond that, a longer list is no longer list of friends. */
  acquainted: 'least(fresh, 300)',
  late_acquainted: 'least(late_fresh, 300)',
  late_months:
    'arrayMap(t -> intDiv(t - first_at - 86400000, 2592000000), arrayFilter(t -> t >= first_at + 86400000, ats))',
  late_sizes: 'arrayFilter((n, t) -> t >= first_at + 86400000, sizes, ats)',
  late_peak:
    'if(late_fresh < 10, late_fresh, arrayMax(arrayMap(x -> arraySum((m, n) -> if(m = x, n, 0), late_months, late_sizes), arrayDistinct(late_months))))',
  late_met: 'met - arraySum((t, n) -> if(t < first_at + 86400000, n, 0), ats, meetings)',
  span_days: '(last_at - first_at) / 86400000',
  /** Let nobody find it for most of the window. */
  hides: 'toUInt8(hidden * 2 > events)',
  gaps: 'arrayPopFront(arrayDifference(arraySort(ats)))',
  gap_mean: 'if(events > 1, (last_at - first_at) / (events - 1), 0)',
  gap_variation:
    'if(events > 6, sqrt(greatest(arrayAvg(g -> g * g, gaps) - gap_mean * gap_mean, 0)) / greatest(gap_mean, 1), -1)',
  batches: 'arrayFilter(n -> n >= 5, sizes)',
  batch_count: 'length(batches)',
  batch_max: 'arrayMax(sizes)',
  batch_max_count: 'countEqual(sizes, batch_max)',
} as const;
