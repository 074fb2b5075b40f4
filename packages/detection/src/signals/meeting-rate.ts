import { aggregate, feature } from './common.ts';
import { shareWeight } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const meetingRate: MemberSignal = {
  kind: 'member',
  id: 'meeting-rate',
  family: 'answers',
  title: 'Meetings',
  means:
    'Of the numbers the account asked about, how many belong to people who hold its number, against its cohort. Bought and made accounts have no friends to lend them.',
  blindSpots:
    'Where a service is young, nobody meets anyone, and this says nothing. Half a real address book brings half of its friends.',
  hardToEvade: true,
  needs: ['slots_met', 'numbers_new'],
  aggregates: { met: aggregate.met, fresh: aggregate.fresh },
  features: { acquainted: feature.acquainted },
  references: {
    meeting_rate: {
      kind: 'share',
      among: 'age',
      part: 'met',
      whole: 'acquainted',
      alike: 'met <= 0.01 * acquainted',
      where: 'fresh >= 20',
    },
  },
  weight: (reference) =>
    shareWeight('met', 'acquainted', reference.share('meeting_rate'), {
      enumerator: { a: 0.3, b: 30 },
      honestAlike: 0.01,
      evaders: 0.05,
    }),
  words: (row) => `met ${counted(number(row, 'met'))} people among ${counted(number(row, 'fresh'))} numbers`,
};
