import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { Icon } from '../../../ui/icon.tsx';
import { counted, grouped } from '../../../words/counts.ts';
import { EmptyState, Ready } from '../../pieces/states.tsx';
import type { Span } from '../span.ts';
import { AccountsTable } from './accounts-table.tsx';
import { type AccountsView, useAccounts } from './use-accounts.ts';

interface RingAccountsProps {
  ring: string;
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string>) => void;
  /** Chosen on the timeline: only accounts that synced in it. */
  span: Span | undefined;
  onSpan: (span: undefined) => void;
}

const mostEvidenceFirst: AccountsView = { sort: 'evidence', order: 'desc', q: '' };

/** All accounts of a ring, to be sorted, searched, and chosen from. */
export function RingAccounts({ ring, chosen, onChosen, span, onSpan }: RingAccountsProps) {
  const [view, setView] = useState(mostEvidenceFirst);
  const [isOnlyChosen, setOnlyChosen] = useState(false);
  const q = useDeferredValue(view.q);
  const accounts = useAccounts(ring, { ...view, q, span });
  const only = isOnlyChosen && chosen.size > 0;
  const rows = useMemo(
    () => (only ? accounts.rows.filter(({ member }) => chosen.has(member)) : accounts.rows),
    [only, accounts.rows, chosen],
  );
  const { hasNextPage, isFetching, fetchNextPage } = accounts;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const isLooking = only && rows.length < chosen.size && hasNextPage;
  useEffect(() => {
    if (isLooking) more();
  }, [isLooking, more]);

  const choose = (member: string, isIn: boolean) => {
    const next = new Set(chosen);
    if (isIn) next.add(member);
    else next.delete(member);
    onChosen(next);
  };
  return (
    <div className="stack">
      <div className="row">
        <div className="search">
          <Icon name="search" />
          <input
            type="search"
            aria-label="Find an account by name or id"
            placeholder="Name or id"
            value={view.q}
            onChange={(event) => setView({ ...view, q: event.target.value })}
          />
        </div>
        {span && (
          <button type="button" className="button button--small" onClick={() => onSpan(undefined)}>
            Synced {span.words} ✕<span className="visually-hidden"> Show all times</span>
          </button>
        )}
        {chosen.size > 0 && (
          <>
            <button
              type="button"
              className="button button--small"
              aria-pressed={only}
              onClick={() => setOnlyChosen(!only)}
            >
              Only the {grouped(chosen.size)} chosen
            </button>
            <button
              type="button"
              className="button button--small button--quiet"
              onClick={() => onChosen(new Set())}
            >
              Choose none
            </button>
          </>
        )}
        <span className="soft small numeric" role="status">
          {accounts.data && counted(only ? rows.length : accounts.total, 'account')}
          {isLooking && ', looking for the others…'}
        </span>
      </div>
      <Ready query={accounts} what="the accounts" lines={6}>
        {() =>
          accounts.total === 0 ? (
            <EmptyState title="No account fits">
              <p>Look for something else, or at another time.</p>
            </EmptyState>
          ) : (
            <AccountsTable
              rows={rows}
              total={only ? rows.length : accounts.total}
              onNeed={more}
              view={view}
              onView={setView}
              chosen={chosen}
              onChoose={choose}
            />
          )
        }
      </Ready>
    </div>
  );
}
