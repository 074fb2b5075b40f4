import { aggregate } from './common.ts';
import { bounded, tailRatio } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

/**
 * How many prefixes a book of a given size has grows with its size, so the count is taken against the size: the exponent
 * log(prefixes) / log(numbers), 1 where every number has its own.
 */
const exponent = 'log(number_prefixes) / log(sketched)';

export const prefixSpread: MemberSignal = {
  kind: 'member',
  id: 'prefix-spread',
  family: 'shape',
  title: 'Spread over the number space',
  means:
    'How evenly the numbers cover the number space. Books cluster in the prefixes of one’s town and operator; generated lists are uniform.',
  blindSpots:
    'Needs the plain way and dozens of numbers. Lists that follow the real distribution of subscribers look like books.',
  hardToEvade: false,
  needs: ['sketch', 'shape'],
  aggregates: { sketched: aggregate.sketched, number_prefixes: 'sum(number_prefixes)' },
  features: {},
  references: {
    prefix_spread: {
      kind: 'tail',
      among: 'age',
      value: exponent,
      where: 'sketched >= 20 AND number_prefixes > 0',
    },
  },
  weight: (reference) =>
    `if(sketched >= 20 AND number_prefixes > 0, ${bounded(tailRatio(exponent, reference.tail('prefix_spread')), 0.02, 0.4)}, 0)`,
  words: (row) =>
    `its ${counted(number(row, 'sketched'))} numbers are spread over ${counted(number(row, 'number_prefixes'))} prefixes`,
};
