import { bounded, tailRatio } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const saturation: MemberSignal = {
  kind: 'member',
  id: 'saturation',
  family: 'volume',
  title: 'Budget saturation',
  means:
    'How often a spent budget made the account’s numbers wait. Budgets are set so that people seldom meet them.',
  blindSpots: 'Fleets that read their own budget and stay just below it. People with very large books, once.',
  hardToEvade: true,
  needs: ['numbers_waiting'],
  aggregates: { waited: 'countIf(numbers_waiting > 0)' },
  features: {},
  references: { saturation: { kind: 'tail', among: 'age', value: 'log1p(waited)', where: '1' } },
  weight: (reference) =>
    `if(waited > 1, ${bounded(tailRatio('log1p(waited)', reference.tail('saturation')), 0.02, 0.5)}, 0)`,
  words: (row) => `ran into its budget ${counted(number(row, 'waited'))} times`,
};
