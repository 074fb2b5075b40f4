import { aggregate } from './common.ts';
import { bounded, tailRatio } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const solitary: MemberSignal = {
  kind: 'member',
  id: 'solitary',
  family: 'novelty',
  title: 'Count of numbers nobody else asked about',
  means:
    'How many numbers the account asked about that no other address book holds. Of all numbers that operators may give out many are nobody’s; only who does not know that asks about them.',
  blindSpots:
    'Needs the plain way. Small lists, and lists of numbers known to be in use. Large books of customers hold some as well.',
  hardToEvade: true,
  needs: ['sketch'],
  aggregates: { solitary: aggregate.solitary },
  features: {},
  references: { solitary: { kind: 'tail', among: 'age', value: 'log1p(solitary)', where: 'solitary > 0' } },
  weight: (reference) =>
    `if(solitary > 0, ${bounded(tailRatio('log1p(solitary)', reference.tail('solitary')), 0.01, 0.2)}, 0)`,
  words: (row) => `held ${counted(number(row, 'solitary'))} numbers that no other address book holds`,
};
