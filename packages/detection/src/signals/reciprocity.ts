import { aggregate } from './common.ts';
import { shareWeight } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const reciprocity: MemberSignal = {
  kind: 'member',
  id: 'reciprocity',
  family: 'answers',
  title: 'Reciprocity of finds',
  means:
    'Of the members the account found, how many hold its number too. People who know each other mostly hold each other’s numbers; nobody holds the number of an account made to enumerate.',
  blindSpots:
    'It varies widely among honest people (in real graphs a tenth of them see 14 % or less returned), so it is compared with the cohort and bounded. Hijacked accounts bring real friends.',
  hardToEvade: true,
  needs: ['slots_met', 'reveals'],
  aggregates: { met: aggregate.met, revealed: aggregate.revealed },
  features: {},
  references: {
    reciprocity: {
      kind: 'share',
      among: 'age',
      part: 'met',
      whole: 'met + revealed',
      alike: 'met <= 0.02 * (met + revealed)',
      where: 'met + revealed >= 10',
    },
  },
  weight: (reference) =>
    shareWeight('met', 'met + revealed', reference.share('reciprocity'), {
      enumerator: { a: 0.3, b: 15 },
      honestAlike: 0.01,
      evaders: 0.05,
    }),
  words: (row) =>
    `found ${counted(number(row, 'met') + number(row, 'revealed'))} members, of whom ${counted(number(row, 'met'))} hold its number`,
};
