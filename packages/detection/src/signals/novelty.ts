import { aggregate } from './common.ts';
import { shareWeight } from './likelihood.ts';
import { counted, type MemberSignal, number, percent } from './signal.ts';

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
  needs: ['sketch', 'number_country'],
  aggregates: {
    sketched: aggregate.sketched,
    solitary: aggregate.solitary,
    number_country: aggregate.number_country,
  },
  features: {},
  references: {
    novelty: {
      kind: 'share',
      among: 'number_country',
      part: 'solitary',
      whole: 'sketched',
      alike: 'solitary > 0.5 * sketched',
      where: 'sketched >= 20',
    },
  },
  weight: (reference) =>
    shareWeight('solitary', 'sketched', reference.share('novelty'), {
      enumerator: { a: 2, b: 1 },
      honestAlike: 0.01,
      evaders: 0.1,
    }),
  words: (row) =>
    `held ${counted(number(row, 'solitary'))} numbers that no other address book holds, ${percent(number(row, 'solitary') / Math.max(number(row, 'sketched'), 1))} of its list`,
};
