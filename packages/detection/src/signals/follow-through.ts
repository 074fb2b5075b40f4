import { aggregate } from './common.ts';
import { bounded, shareRatio } from './likelihood.ts';
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
      where: 'met + revealed >= 10',
    },
  },
  weight: (reference) =>
    `if(met + revealed > 0, ${bounded(shareRatio('least(followed, met + revealed)', 'met + revealed', { a: 0.3, b: 15 }, reference.share('follow_through')), 0.03, 0.1)}, 0)`,
  words: (row) =>
    `approached ${counted(number(row, 'followed'))} of the ${counted(number(row, 'met') + number(row, 'revealed'))} people it found`,
};
