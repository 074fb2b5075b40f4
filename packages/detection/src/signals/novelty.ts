import { aggregate } from './common.ts';
import { bounded, shareRatio } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const novelty: MemberSignal = {
  kind: 'member',
  id: 'novelty',
  family: 'novelty',
  title: 'Numbers nobody else asked about',
  means:
    'The share of the account’s numbers that no other address book holds. Friends have friends in common; a generated list has nobody’s. Fleets split the number space so as not to ask twice, and so make it worse.',
  blindSpots:
    'Needs the plain way. Where few people use the service, much of every book is unique. A list that others leaked or enumerate as well is not novel.',
  hardToEvade: true,
  needs: ['sketch'],
  aggregates: { sketched: aggregate.sketched, solitary: 'sum(solitary)' },
  features: {},
  references: {
    novelty: { kind: 'share', among: 'age', part: 'solitary', whole: 'sketched', where: 'sketched >= 20' },
  },
  weight: (reference) =>
    `if(sketched > 0, ${bounded(shareRatio('solitary', 'sketched', { a: 30, b: 1 }, reference.share('novelty')), 0.02, 0.1)}, 0)`,
  words: (row) => `held ${counted(number(row, 'solitary'))} numbers that no other address book holds`,
};
