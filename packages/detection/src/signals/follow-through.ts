import { aggregate } from './common.ts';
import { shareWeight } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const followThrough: MemberSignal = {
  kind: 'member',
  id: 'follow-through',
  family: 'follow-through',
  title: 'Follow-through',
  means:
    'Of the people found, how many the account then wrote to, called or added, as the host reports. People look for friends in order to talk to them.',
  blindSpots:
    'Silent unless the host reports it. Programs can write to people, at the price of being reported by them. Shy people.',
  hardToEvade: true,
  needs: ['followed'],
  aggregates: { met: aggregate.met, revealed: aggregate.revealed, followed: 'sum(followed)' },
  features: {},
  references: {
    follow_through: {
      kind: 'share',
      among: 'age',
      part: 'least(followed, met + revealed)',
      whole: 'met + revealed',
      alike: 'followed <= 0.02 * (met + revealed)',
      where: 'met + revealed >= 10',
    },
  },
  weight: (reference) =>
    shareWeight('least(followed, met + revealed)', 'met + revealed', reference.share('follow_through'), {
      enumerator: { a: 0.3, b: 15 },
      honestAlike: 0.03,
      evaders: 0.1,
    }),
  words: (row) =>
    `approached ${counted(number(row, 'followed'))} of the ${counted(number(row, 'met') + number(row, 'revealed'))} people it found`,
};
