import { aggregate } from './common.ts';
import { shareWeight } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const runs: MemberSignal = {
  kind: 'member',
  id: 'runs',
  family: 'shape',
  title: 'Runs of numbers',
  means:
    'The share of numbers that have a neighbour at most ten away in the same batch. Lists that are counted up have; books hardly.',
  blindSpots:
    'Needs the plain way. Shuffling across accounts breaks runs within a batch. Offices with their own exchange hold runs.',
  hardToEvade: false,
  needs: ['sketch'],
  aggregates: { sketched: aggregate.sketched, in_runs: 'sum(in_runs)' },
  features: {},
  references: {
    runs: {
      kind: 'share',
      among: 'age',
      part: 'in_runs',
      whole: 'sketched',
      alike: 'in_runs > 0.3 * sketched',
      where: 'sketched >= 20',
    },
  },
  weight: (reference) =>
    shareWeight('in_runs', 'sketched', reference.share('runs'), {
      enumerator: { a: 2, b: 1 },
      honestAlike: 0.005,
      evaders: 0.5,
    }),
  words: (row) =>
    `${counted(number(row, 'in_runs'))} of its ${counted(number(row, 'sketched'))} numbers stand in runs of neighbours`,
};
