import { aggregate } from './common.ts';
import { bounded, tailRatio } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const volume: MemberSignal = {
  kind: 'member',
  id: 'volume',
  family: 'volume',
  title: 'New numbers',
  means:
    'How many new numbers the account asked about, against accounts of its age. To learn names is to ask; nothing else is so dear to avoid.',
  blindSpots:
    'Slow fleets ask no more than people do. Sales teams, shops and importers ask more: address books differ by a factor of ten among honest people.',
  hardToEvade: true,
  needs: ['numbers_new'],
  aggregates: { fresh: aggregate.fresh },
  features: {},
  references: { volume: { kind: 'tail', among: 'age', value: 'log1p(fresh)', where: 'fresh > 0' } },
  weight: (reference) =>
    `if(fresh > 0, ${bounded(tailRatio('log1p(fresh)', reference.tail('volume')), 0.01, 0.2)}, 0)`,
  words: (row) => `asked about ${counted(number(row, 'fresh'))} new numbers`,
};
