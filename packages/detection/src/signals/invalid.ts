import { aggregate } from './common.ts';
import { shareWeight } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const invalid: MemberSignal = {
  kind: 'member',
  id: 'invalid',
  family: 'shape',
  title: 'Impossible numbers',
  means:
    'The share of numbers that no operator can have given out. Books hold typing errors; generators that do not know the numbering plan hold many more.',
  blindSpots: 'Generators that know the numbering plan. Old books with many short or internal numbers.',
  hardToEvade: false,
  needs: ['numbers_rejected', 'numbers_new'],
  aggregates: { rejected: 'sum(numbers_rejected)', fresh: aggregate.fresh },
  features: {},
  references: {
    invalid: {
      kind: 'share',
      among: 'age',
      part: 'rejected',
      whole: 'fresh + rejected',
      alike: 'rejected > 0.15 * (fresh + rejected)',
      where: 'fresh + rejected >= 20',
    },
  },
  weight: (reference) =>
    shareWeight('rejected', 'fresh + rejected', reference.share('invalid'), {
      enumerator: { a: 2, b: 4 },
      honestAlike: 0.01,
      evaders: 0.6,
    }),
  words: (row) =>
    `${counted(number(row, 'rejected'))} of ${counted(number(row, 'rejected') + number(row, 'fresh'))} numbers cannot exist`,
};
