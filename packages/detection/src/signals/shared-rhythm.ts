import { aggregate, feature } from './common.ts';
import { counted, type LinkSignal } from './signal.ts';

export const sharedRhythm: LinkSignal = {
  kind: 'link',
  id: 'shared-rhythm',
  family: 'rhythm-link',
  title: 'Shared rhythm',
  means:
    'Accounts that cut their lists into the same largest batch, or keep the same even pause, where suspicious accounts are many among all that do.',
  blindSpots:
    'Fleets that vary both. Pages of an app’s own batch size are shared by everyone with a large book, and link nobody.',
  hardToEvade: false,
  needs: ['numbers_new'],
  aggregates: { ats: aggregate.ats, sizes: aggregate.sizes },
  features: {
    gaps: feature.gaps,
    gap_mean: feature.gap_mean,
    gap_variation: feature.gap_variation,
    batch_max: feature.batch_max,
    batch_max_count: feature.batch_max_count,
  },
  blocks: [
    {
      of: 'features',
      hashes: `arrayConcat(
    if(batch_max >= 5 AND batch_max_count >= 3, [cityHash64('batch', batch_max)], []),
    if(gap_variation >= 0 AND gap_variation < 0.3, [cityHash64('gap', round(4 * log2(greatest(gap_mean, 1000))))], []))`,
    },
  ],
  implies: ['rhythm', 'volume', 'growth'],
  words: (members) => `keep the same batch size or pause as ${counted(members)} others of them`,
};
