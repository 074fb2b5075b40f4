import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useClock } from '../../ui/clock.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { counted } from '../../words/counts.ts';
import { waitingWords } from '../../words/meters.ts';
import { useBudget, usePeople } from '../data/queries.ts';
import { PersonCard } from './person-card.tsx';

/** Everyone found so far; it refreshes by itself. */
export function PeoplePage() {
  const people = usePeople();
  const found = people.data?.pages.flatMap((page) => page.people);
  useNewcomers(found?.length);
  return (
    <Page title="People found" lead="How each was found is said; which number led to them never is.">
      <Waiting />
      <Loaded query={{ ...people, data: found }} what="the people found">
        {(list) =>
          list.length === 0 ? (
            <NobodyYet />
          ) : (
            <>
              <ul className="people" aria-label={`${counted(list.length, 'person', 'people')} found`}>
                {list.map((person) => (
                  <PersonCard key={person.id} person={person} />
                ))}
              </ul>
              {people.hasNextPage && (
                <button
                  type="button"
                  className="button"
                  onClick={() => people.fetchNextPage()}
                  aria-busy={people.isFetchingNextPage}
                >
                  {people.isFetchingNextPage ? 'Loading …' : 'Show more people'}
                </button>
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

/** Says to screen readers that somebody has come, once the list has been there. */
function useNewcomers(count: number | undefined) {
  const announce = useAnnounce();
  const before = useRef(count);
  useEffect(() => {
    const last = before.current;
    before.current = count;
    if (last !== undefined && count !== undefined && count > last) {
      announce(`${counted(count - last, 'more person', 'more people')} in the list.`);
    }
  }, [count, announce]);
}

function Waiting() {
  const budget = useBudget();
  const clock = useClock();
  const words = budget.data && waitingWords(budget.data, clock);
  if (!words) return null;
  return (
    <Notice>
      <p>
        {words} <Link to="/budget">What I may look up</Link>
      </p>
    </Notice>
  );
}

function NobodyYet() {
  return (
    <section className="card empty">
      <h2>Nobody yet</h2>
      <p className="soft">
        People appear here when you both have saved each other’s number, or when somebody lets anyone with
        their number find them. The second kind comes a little later, in batches.
      </p>
      <Link to="/import" className="button button--primary">
        Import contacts
      </Link>
    </section>
  );
}
