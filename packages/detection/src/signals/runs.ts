import { aggregate } from './common.ts';
import { bounded, tailRatio } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

/**
 * Chance neighbours grow with the square of the list's length (every pair has its chance), so the count is taken against the
 * sum of squares: a large book is not a run.
 */
const density = 'log((in_runs + 0.5) / sketched_squares)';

export const runs: MemberSignal = {
  kind: 'member',
  id: 'runs',
  family: 'shape',
  title: 'Runs of numbers',
  means:
    'How many numbers have a neighbour at most ten away in the same batch, for the size of the batch. Lists that are counted up have; books hardly.',
  blindSpots:
    'Needs the plain way. Shuffling across accounts breaks runs within a batch. Offices with their own exchange hold runs.',
  hardToEvade: false,
  needs: ['sketch', 'shape'],
  aggregates: {
    sketched: aggregate.sketched,
    in_runs: 'sum(in_runs)',
    sketched_squares: 'sum(toFloat64(sketched) * sketched)',
  },
  features: {},
  references: {
    runs: { kind: 'tail', among: 'age', value: density, where: 'sketched >= 50 AND in_runs > 0' },
  },
  weight: (reference) =>
    `if(sketched >= 50 AND in_runs >= 4, ${bounded(tailRatio(density, reference.tail('runs')), 0.01, 0.5)}, 0)`,
  words: (row) =>
    `${counted(number(row, 'in_runs'))} of its ${counted(number(row, 'sketched'))} numbers stand in runs of neighbours`,
};
