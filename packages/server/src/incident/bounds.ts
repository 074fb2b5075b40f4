import type { Bound } from '@kith/protocol/study';

export interface Known {
  numbersTried: number;
  numbersPrivate: number;
  accounts: { erased: number; kept: number };
  changed: number;
  imported: number;
}

/** Why exposure itself is exact: no card is shown without an entry in the ledger. What is not exact is named here. */
export function boundsOf(known: Known): Bound[] {
  const all: Bound[] = [
    {
      what: 'private_numbers',
      atMost: known.numbersPrivate,
      why: 'Numbers asked about in the private way reach Kith blinded: which they were, and which members were protected among them, it cannot know. Whose card was shown is exact all the same.',
    },
    {
      what: 'numbers_forgotten',
      atMost: Math.max(known.numbersTried - known.numbersPrivate - known.accounts.kept, 0),
      why: 'Numbers that the accounts had removed from their books, or whose books were erased: members protected among them are not counted. Whose card was shown is exact all the same.',
    },
    {
      what: 'settings_changed',
      atMost: known.changed,
      why: 'Protected members who changed their setting while the accounts were sending numbers: counted under the setting when the first numbers came.',
    },
    {
      what: 'accounts_erased',
      atMost: known.accounts.erased,
      why: 'Accounts of the case that have been erased: where their traffic left from is erased with them.',
    },
    {
      what: 'reveals_imported',
      atMost: known.imported,
      why: 'Reveals in logs from elsewhere that this ledger does not have: when and to whom is as exact as those logs.',
    },
  ];
  return all.filter(({ atMost }) => atMost > 0);
}
