import { bounded, tailRatio } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const activity: MemberSignal = {
  kind: 'member',
  id: 'activity',
  family: 'volume',
  title: 'Number of syncs',
  means:
    'How many syncs the account made. Where a log does not say how many numbers were asked about, requests stand for them.',
  blindSpots: 'Large batches: one request may carry thousands of numbers. Apps that sync too often.',
  hardToEvade: false,
  needs: [],
  standsInFor: 'numbers_new',
  aggregates: {},
  features: {},
  references: { activity: { kind: 'tail', among: 'age', value: 'log(events)', where: '1' } },
  weight: (reference) => bounded(tailRatio('log(events)', reference.tail('activity')), 0.02, 0.3),
  words: (row) => `synced ${counted(number(row, 'events'))} times`,
};
