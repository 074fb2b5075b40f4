import { aggregate, feature } from './common.ts';
import { bounded, tailRatio } from './likelihood.ts';
import { counted, type MemberSignal, number, percent } from './signal.ts';

export const batchRegularity: MemberSignal = {
  kind: 'member',
  id: 'batch-regularity',
  family: 'rhythm',
  title: 'Even batches',
  means:
    'How alike the account’s batches of new numbers are in size. People add friends one by one; programs cut lists into equal pieces.',
  blindSpots: 'Programs that draw their batch sizes from a distribution.',
  hardToEvade: false,
  needs: ['numbers_new'],
  aggregates: { ats: aggregate.ats, sizes: aggregate.sizes },
  features: {
    batches: feature.batches,
    batch_count: feature.batch_count,
    batch_variation:
      'if(batch_count >= 4, sqrt(greatest(arrayAvg(n -> toFloat64(n) * n, batches) - pow(arrayAvg(batches), 2), 0)) / arrayAvg(batches), -1)',
  },
  references: {
    batch_regularity: {
      kind: 'tail',
      among: 'age',
      value: '-log(batch_variation + 0.02)',
      where: 'batch_variation >= 0',
    },
  },
  weight: (reference) =>
    `if(batch_variation >= 0, ${bounded(tailRatio('-log(batch_variation + 0.02)', reference.tail('batch_regularity')), 0.03, 0.4)}, 0)`,
  words: (row) =>
    `sent ${counted(number(row, 'batch_count'))} batches whose sizes differ by only ${percent(number(row, 'batch_variation'))}`,
};
