import { aggregate, feature } from './common.ts';
import { bounded, tailRatio } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const lateVolume: MemberSignal = {
  kind: 'member',
  id: 'late-volume',
  family: 'growth',
  title: 'New numbers after the first day',
  means:
    'New numbers in the busiest month after the account’s first day of syncing. A book comes once and then grows by friends; an enumerator, and whoever has taken over an old account, goes on asking.',
  blindSpots:
    'An enumerator that throws each account away after a day. People who change telephones or import a second book.',
  hardToEvade: true,
  needs: ['numbers_new'],
  aggregates: { fresh: aggregate.fresh, ats: aggregate.ats, sizes: aggregate.sizes },
  features: {
    late_fresh: feature.late_fresh,
    late_months: feature.late_months,
    late_sizes: feature.late_sizes,
    late_peak: feature.late_peak,
    span_days: feature.span_days,
  },
  references: {
    late_volume: { kind: 'tail', among: 'age', value: 'log1p(late_peak)', where: 'span_days > 1' },
  },
  weight: (reference) =>
    `if(span_days > 1, ${bounded(tailRatio('log1p(late_peak)', reference.tail('late_volume')), 0.01, 0.3)}, 0)`,
  words: (row) =>
    `asked about ${counted(number(row, 'late_peak'))} new numbers in a month, after its first day`,
};
