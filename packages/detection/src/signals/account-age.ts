import { bounded } from './likelihood.ts';
import { counted, dayMs, type MemberSignal, number } from './signal.ts';

/** Accounts made to enumerate are taken to be young in three cases out of four; bought and stolen ones are old. */
const enumeratorsYoung = 0.75;

export const accountAge: MemberSignal = {
  kind: 'member',
  id: 'account-age',
  family: 'age',
  title: 'Age of the account',
  means: 'Whether the account was younger than thirty days when it first asked, against how many here were.',
  blindSpots:
    'Bought, stolen and aged accounts. When a service is launched everybody is young, and this says nothing.',
  hardToEvade: false,
  needs: ['created'],
  aggregates: {},
  features: {
    age_known: 'toUInt8(created > 0)',
    young: `toUInt8(created > 0 AND first_at - created < ${30 * dayMs})`,
  },
  references: {
    young: {
      kind: 'share',
      among: 'everyone',
      part: 'young',
      whole: 'age_known',
      alike: '0',
      where: 'age_known > 0',
    },
  },
  weight: (reference) => {
    const honest = `least(greatest(${reference.share('young').mean}, 0.1), 0.9)`;
    return `if(age_known = 0, 0, if(young = 1, ${bounded(`log(${enumeratorsYoung} / ${honest})`, 0.1, 0.2)}, ${bounded(`log(${1 - enumeratorsYoung} / (1 - ${honest}))`, 0.1, 0.2)}))`;
  },
  words: (row) =>
    `was ${counted((number(row, 'first_at') - number(row, 'created')) / dayMs)} days old when it first asked`,
};
