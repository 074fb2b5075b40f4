import { bounded } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

/** One honest account in ten thousand mistypes its way into a canary; a second one is as unlikely again. */
const perCanary = 6;

export const canaries: MemberSignal = {
  kind: 'member',
  id: 'canaries',
  family: 'canaries',
  title: 'Canaries',
  means: 'How many numbers the account asked about that no honest book contains.',
  blindSpots:
    'Silent until somebody touches one: with few canaries among many numbers, small fleets miss them all. A canary that gets known is none.',
  hardToEvade: true,
  needs: ['canaries'],
  aggregates: { canaries: 'sum(canaries)' },
  features: {},
  references: {},
  weight: () => `if(canaries > 0, ${bounded(`(${perCanary} * least(canaries, 3))`, 0.0002, 0.5)}, 0)`,
  words: (row) => `touched ${counted(number(row, 'canaries'))} canaries`,
};
