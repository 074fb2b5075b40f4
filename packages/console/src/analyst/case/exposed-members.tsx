import { counted } from '../../words/counts.ts';
import { Ready } from '../pieces/states.tsx';
import { Clipped } from '../ring/clipped.tsx';
import { exactWords } from '../words/moments.ts';
import { useMembers } from './case-queries.ts';
import type { ExposedMember, Figures } from './case-types.ts';
import { RecordedView } from './recorded-view.tsx';
import { settingWords } from './setting-words.ts';

const timesShown = 5;

/** Each member whose card was shown, with every time and viewer. */
export function ExposedMembers({ id, figures }: { id: string; figures: Figures }) {
  if (figures.membersExposed === 0) return <p>Nobody: no account of the case was ever shown a card.</p>;
  return (
    <RecordedView words={`Show the ${counted(figures.membersExposed, 'member')}`}>
      <List id={id} computedAt={figures.computedAt} />
    </RecordedView>
  );
}

function List({ id, computedAt }: { id: string; computedAt: string }) {
  const query = useMembers<ExposedMember>(id, 'exposure/members', computedAt);
  return (
    <Ready query={query} what="those exposed" lines={6}>
      {() => (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section className="grid-scroll people-list" aria-label="Members exposed" tabIndex={0}>
            <table className="grid">
              <thead>
                <tr>
                  <th scope="col">Member</th>
                  <th scope="col">Their setting then</th>
                  <th scope="col">When, and to whom</th>
                </tr>
              </thead>
              <tbody>
                {query.members.map((one) => (
                  <Row key={one.member} exposed={one} />
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

function Row({ exposed: { member, name, setting, times } }: { exposed: ExposedMember }) {
  return (
    <tr>
      <th scope="row">
        {name === null ? <span className="soft">left since</span> : <Clipped text={name} most={60} canOpen />}
        <br />
        <span className="small soft">
          <Clipped text={member} most={40} />
        </span>
      </th>
      <td>{settingWords(setting)}</td>
      <td>
        <ul className="plain-list small numeric">
          {times.slice(0, timesShown).map(({ at, viewer }) => (
            <li key={`${at} ${viewer}`}>
              {exactWords(at)} to <Clipped text={viewer} most={30} />
            </li>
          ))}
          {times.length > timesShown && <li>and {counted(times.length - timesShown, 'more time')}</li>}
        </ul>
      </td>
    </tr>
  );
}
