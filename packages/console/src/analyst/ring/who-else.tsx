import type { Lookalike, WhoElse as Result } from '@kith/protocol/study';
import { Notice } from '../../ui/notice.tsx';
import { counted, grouped } from '../../words/counts.ts';
import { LoadError, Ready } from '../pieces/states.tsx';
import { useMay } from '../session/session-context.tsx';
import { dayWords, exactWords } from '../words/moments.ts';
import { Clipped } from './clipped.tsx';
import { useSearchWhoElse, useWhoElse } from './ring-queries.ts';

/** Whether anybody outside the ring did the same; that nobody did is an answer too. */
export function WhoElse({ ring }: { ring: string }) {
  const query = useWhoElse(ring);
  const search = useSearchWhoElse(ring);
  const isAnalyst = useMay('analyst');
  return (
    <Ready query={query} what="who else did this">
      {(result) => (
        <div className="stack">
          {result ? <Found result={result} /> : <p>Nobody has looked for others yet.</p>}
          {search.error && <LoadError error={search.error} />}
          {isAnalyst ? (
            <p className="row">
              <button
                type="button"
                className="button"
                disabled={search.isPending}
                onClick={() => search.mutate()}
              >
                {search.isPending ? 'Searching all events…' : result ? 'Search again' : 'Search for others'}
              </button>
              <span className="soft small">The search and its answer stand in the ledger.</span>
            </p>
          ) : (
            !result && <p className="soft small">An analyst can start the search.</p>
          )}
        </div>
      )}
    </Ready>
  );
}

function Found({ result }: { result: Result }) {
  const { searchedAt, events, from, to, found, near, nobody } = result;
  return (
    <>
      {nobody ? (
        <Notice kind="good" title="Searched, nobody">
          <p>No other account did what these did.</p>
        </Notice>
      ) : (
        <List title={`${counted(found.length, 'other account')} did the same`} accounts={found} />
      )}
      {near.length > 0 && <List title="Near misses, below the bar" accounts={near} />}
      <p className="soft small">
        {grouped(events)} events from {dayWords(from)} to {dayWords(to)}, searched {exactWords(searchedAt)}.
      </p>
    </>
  );
}

function List({ title, accounts }: { title: string; accounts: readonly Lookalike[] }) {
  return (
    <details className="more" open={accounts.length <= 8}>
      <summary>{title}</summary>
      <ul className="lookalikes">
        {accounts.map(({ member, score, why }) => (
          <li key={member}>
            <strong>
              <Clipped text={member} most={40} />
            </strong>{' '}
            <span className="soft small numeric">score {score.toFixed(1)}</span>
            <p className="small">{why.join(' · ')}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}
