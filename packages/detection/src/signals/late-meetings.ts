import { aggregate, feature } from './common.ts';
import { shareWeight } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const lateMeetings: MemberSignal = {
  kind: 'member',
  id: 'late-meetings',
  family: 'answers',
  title: 'Meetings after the first day',
  means:
    'The same as meetings, for numbers asked about after the account’s first day. An account that was taken over has honest friends from before and none among what it asks about since.',
  blindSpots: 'The same as meetings; and accounts whose whole life lies within a day.',
  hardToEvade: true,
  needs: ['slots_met', 'numbers_new'],
  aggregates: {
    ats: aggregate.ats,
    sizes: aggregate.sizes,
    meetings: aggregate.meetings,
    fresh: aggregate.fresh,
    met: aggregate.met,
  },
  features: {
    late_fresh: feature.late_fresh,
    late_met: feature.late_met,
    late_acquainted: feature.late_acquainted,
  },
  references: {
    late_meetings: {
      kind: 'share',
      among: 'age',
      part: 'late_met',
      whole: 'late_acquainted',
      alike: 'late_met <= 0.01 * late_acquainted',
      where: 'late_fresh >= 20',
    },
  },
  weight: (reference) =>
    shareWeight('late_met', 'late_acquainted', reference.share('late_meetings'), {
      enumerator: { a: 0.3, b: 30 },
      honestAlike: 0.01,
      evaders: 0.3,
    }),
  words: (row) =>
    `met ${counted(number(row, 'late_met'))} people among ${counted(number(row, 'late_fresh'))} numbers asked about after its first day`,
};
