import { counted, grouped } from '../../words/counts.ts';
import { Ready } from '../pieces/states.tsx';
import { Clipped } from '../ring/clipped.tsx';
import { exactWords } from '../words/moments.ts';
import { useMembers } from './case-queries.ts';
import type { Figures, ProtectedMember } from './case-types.ts';
import { RecordedView } from './recorded-view.tsx';
import { settingWords } from './setting-words.ts';

/** Members whose number was tried and whose card stayed hidden, by what hid it. */
export function ProtectedMembers({ id, figures }: { id: string; figures: Figures }) {
  const { total, ...kinds } = figures.membersProtected;
  const rows = Object.entries(kinds).filter(([, count]) => count > 0);
  if (total === 0) return <p>Nobody whose number was tried was protected by a setting.</p>;
  return (
    <>
      <ul className="ranks ranks--wide">
        {rows.map(([kind, count]) => (
          <li key={kind}>
            <span>{settingWords(kind)}</span>
            <svg width="100%" height="8" aria-hidden="true" focusable="false" className="weight">
              <rect className="weight__bar" width={`${(count / total) * 100}%`} height="8" rx="4" />
            </svg>
            <span className="numeric">{grouped(count)}</span>
          </li>
        ))}
      </ul>
      <RecordedView words={`Show the ${counted(total, 'member')}`}>
        <List id={id} computedAt={figures.computedAt} />
      </RecordedView>
    </>
  );
}

function List({ id, computedAt }: { id: string; computedAt: string }) {
  const query = useMembers<ProtectedMember>(id, 'protected', computedAt);
  return (
    <Ready query={query} what="those protected" lines={6}>
      {() => (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section className="grid-scroll people-list" aria-label="Members protected" tabIndex={0}>
            <table className="grid">
              <thead>
                <tr>
                  <th scope="col">Member</th>
                  <th scope="col">What protected them</th>
                  <th scope="col">First tried</th>
                </tr>
              </thead>
              <tbody>
                {query.members.map(({ member, setting, at }) => (
                  <tr key={member}>
                    <th scope="row">
                      <Clipped text={member} most={40} />
                    </th>
                    <td>{settingWords(setting)}</td>
                    <td className="numeric">{exactWords(at)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {query.hasNextPage && (
            <button
              type="button"
              className="button button--small"
              disabled={query.isFetching}
              onClick={() => query.fetchNextPage()}
            >
              {query.isFetching ? 'Fetching…' : 'The next 100'}
            </button>
          )}
        </>
      )}
    </Ready>
  );
}
