import type { RingAccount } from '@kith/protocol/study';
import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { grouped } from '../../../words/counts.ts';
import { NetworkMark } from '../../pieces/network-mark.tsx';
import { countryWords } from '../../words/countries.ts';
import { dayWords } from '../../words/moments.ts';
import { Clipped } from '../clipped.tsx';
import type { AccountSort } from './use-accounts.ts';

export const features = tableFeatures({});
const column = createColumnHelper<typeof features, RingAccount>();

const states = { active: 'Active', suspended: 'Suspended', erased: 'Erased' } as const;

/** Columns that hold numbers, and those by which the service sorts. */
export const numberColumns = new Set(['evidence', 'own', 'syncs', 'numbers', 'met', 'reveals']);
export const sortOf: Partial<Record<string, AccountSort>> = {
  name: 'member',
  evidence: 'evidence',
  own: 'own',
  country: 'country',
  numbers: 'numbers',
  reveals: 'reveals',
  createdAt: 'createdAt',
};

export const accountColumns = column.columns([
  column.accessor('name', { header: 'Account', cell: ({ row }) => <Name account={row.original} /> }),
  column.accessor('evidence', { header: 'Evidence', cell: ({ getValue }) => getValue().toFixed(1) }),
  column.accessor('own', { header: 'Own', cell: ({ getValue }) => getValue().toFixed(1) }),
  column.accessor('state', {
    header: 'State',
    cell: ({ row }) => (row.original.isProtected ? 'Protected' : states[row.original.state]),
  }),
  column.accessor('country', { header: 'Country', cell: ({ getValue }) => countryWords(getValue()) }),
  column.accessor('operator', {
    header: 'Network',
    cell: ({ row: { original } }) => (
      <>
        <Clipped text={original.operator || 'unknown'} most={24} /> <NetworkMark kind={original.network} />
      </>
    ),
  }),
  column.accessor('syncs', { header: 'Syncs', cell: ({ getValue }) => grouped(getValue()) }),
  column.accessor('numbers', { header: 'Numbers', cell: ({ getValue }) => grouped(getValue()) }),
  column.accessor('met', { header: 'Met', cell: ({ getValue }) => grouped(getValue()) }),
  column.accessor('reveals', { header: 'Names got', cell: ({ getValue }) => grouped(getValue()) }),
  column.accessor('createdAt', {
    header: 'Signed up',
    cell: ({ getValue }) => {
      const at = getValue();
      return at ? dayWords(at) : 'unknown';
    },
  }),
]);

function Name({ account: { name, member, flagged } }: { account: RingAccount }) {
  return (
    <span className="account-name">
      <Clipped text={name || 'No name'} most={36} />
      <span className="account-name__id small soft">
        <Clipped text={member} most={28} />
        {!flagged && ' · near'}
      </span>
    </span>
  );
}
