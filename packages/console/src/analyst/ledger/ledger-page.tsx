import type { LedgerEntry } from '@kith/protocol/study';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useLedger } from '../data/queries.ts';
import { ScrollRegion } from '../pieces/scroll-region.tsx';
import { Sheet } from '../pieces/sheet.tsx';
import { EmptyState, Ready } from '../pieces/states.tsx';
import { Checkpoint } from './checkpoint.tsx';
import { EntryRow } from './entry-row.tsx';
import { LedgerForm } from './ledger-form.tsx';
import { type LedgerSearch, queryOf } from './ledger-search.ts';

/** Everything that happened, as it was sealed. */
export function LedgerPage() {
  const search = useSearch({ from: '/analyst/ledger' });
  const navigate = useNavigate();
  const change = (next: LedgerSearch) => void navigate({ to: '/analyst/ledger', search: next });
  return (
    <Sheet
      title="Ledger"
      lead="Every sync, reveal, setting, decision and look at somebody’s data. Nothing in it can be changed unseen: each entry can be checked here, by your own browser."
    >
      <Checkpoint />
      {/* The form begins anew with the address, so that the two never differ. */}
      <LedgerForm key={JSON.stringify(search)} search={search} onSearch={change} />
      <Entries search={search} />
    </Sheet>
  );
}

function Entries({ search }: { search: LedgerSearch }) {
  const ledger = useLedger(queryOf(search));
  return (
    <Ready query={ledger} what="the ledger" lines={10}>
      {({ pages }) => {
        const entries = pages.flatMap((page) => page.entries);
        if (entries.length === 0 && !ledger.hasNextPage) {
          return <Nothing isSearched={Object.keys(search).length > 0} />;
        }
        return (
          <>
            {entries.length > 0 && <EntryTable entries={entries} />}
            {ledger.hasNextPage && <Further query={ledger} isEmpty={entries.length === 0} />}
          </>
        );
      }}
    </Ready>
  );
}

/** A long ledger is searched a part at a time. */
function Further({ query, isEmpty }: { query: ReturnType<typeof useLedger>; isEmpty: boolean }) {
  return (
    <div className="row">
      {isEmpty && <p className="soft">Nothing like this in the newest part of the ledger.</p>}
      <button
        type="button"
        className="button"
        disabled={query.isFetchingNextPage}
        onClick={() => query.fetchNextPage()}
      >
        {query.isFetchingNextPage ? 'Loading …' : isEmpty ? 'Look further back' : 'Show more'}
      </button>
    </div>
  );
}

function Nothing({ isSearched }: { isSearched: boolean }) {
  return isSearched ? (
    <EmptyState title="No entry looks like this">
      <p>The ledger knows members by the ids that your app gave them, whole and exactly as they are.</p>
    </EmptyState>
  ) : (
    <EmptyState title="Nothing has happened yet">
      <p>The first sync of a member will be the first entry.</p>
    </EmptyState>
  );
}

function EntryTable({ entries }: { entries: LedgerEntry[] }) {
  return (
    <ScrollRegion className="card card--table scroller" label="Entries, newest first">
      <table className="table ledger">
        <thead>
          <tr>
            <th scope="col" className="table__number">
              Entry
            </th>
            <th scope="col">When</th>
            <th scope="col">Member</th>
            <th scope="col">What happened</th>
            <th scope="col">Proof</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
