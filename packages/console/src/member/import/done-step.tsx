import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useClock } from '../../ui/clock.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { counted, grouped } from '../../words/counts.ts';
import { waitingWords } from '../../words/meters.ts';
import { reasonOf } from '../../words/reasons.ts';
import { useMe, usePeople } from '../data/queries.ts';
import type { Refused } from './import-state.ts';
import type { Sent } from './send-book.ts';
import type { ImportActions } from './use-import.ts';

interface DoneStepProps {
  sent: Sent;
  total: number;
  refused: readonly Refused[];
  actions: ImportActions;
}

/** What came of it: counts, what waits and until when, and where the people are. */
export function DoneStep({ sent, total, refused, actions }: DoneStepProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const waiting = waitingWords(sent, useClock());
  return (
    <div className="stack stack--wide">
      <section className="card stack" aria-labelledby="done-title">
        <h2 id="done-title" className="done" ref={title} tabIndex={-1}>
          <Icon name="check" className="done__icon" />
          {counted(total, 'number')} sent
        </h2>
        <dl className="facts numeric">
          <div>
            <dt>accepted</dt>
            <dd>{grouped(sent.accepted)}</dd>
          </div>
          <div>
            <dt>new to Kith from you</dt>
            <dd>{grouped(sent.new)}</dd>
          </div>
          <div>
            <dt>waiting</dt>
            <dd>{grouped(sent.waiting)}</dd>
          </div>
        </dl>
        {waiting && (
          <Notice>
            <p>
              {waiting} <Link to="/budget">Why?</Link>
            </p>
          </Notice>
        )}
        <FoundSoFar />
        <p className="row">
          <Link to="/people" className="button button--primary">
            See people found
          </Link>
          <button type="button" className="button" onClick={actions.again}>
            Import more
          </button>
        </p>
      </section>
      <NotFindable />
      {refused.length > 0 && <RefusedList refused={refused} />}
    </div>
  );
}

function FoundSoFar() {
  const people = usePeople();
  const found = people.data?.pages.flatMap((page) => page.people).length;
  return (
    <p role="status">
      {found !== undefined && found > 0 && (
        <>
          You have found <strong>{counted(found, 'person', 'people')}</strong> so far.{' '}
        </>
      )}
      <span className="soft">
        Those who have saved you too appear at once; open look-ups follow in batches.
      </span>
    </p>
  );
}

/** Meetings take both: a member whom nobody may find meets nobody either. */
function NotFindable() {
  const me = useMe();
  if (me.data?.discoverable !== 'nobody') return null;
  return (
    <Notice kind="warn" title="Nobody may find you now">
      <p>
        So you meet nobody either, even those who have saved you too.{' '}
        <Link to="/">Change who may find you</Link>
      </p>
    </Notice>
  );
}

function RefusedList({ refused }: { refused: readonly Refused[] }) {
  return (
    <details className="card more">
      <summary>{counted(refused.length, 'number was', 'numbers were')} not accepted by the service</summary>
      <ul className="list small numeric">
        {refused.map(({ name, number, code }) => (
          <li key={number}>
            {name && `${name}, `}
            {number}: {reasonOf(code)}
          </li>
        ))}
      </ul>
    </details>
  );
}
