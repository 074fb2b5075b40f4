import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useClock } from '../../ui/clock.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { counted, grouped } from '../../words/counts.ts';
import { waitingWords } from '../../words/meters.ts';
import { reasonOf } from '../../words/reasons.ts';
import { untilWords } from '../../words/times.ts';
import { useMe, usePeople } from '../data/queries.ts';
import { useSession } from '../session/session-context.tsx';
import type { ImportState, Outcome, Refused } from './import-state.ts';
import type { ImportActions } from './use-import.ts';

interface DoneStepProps {
  state: Extract<ImportState, { step: 'done' }>;
  actions: ImportActions;
}

/** What came of it: counts, what waits and until when, and where the people are. */
export function DoneStep({ state: { outcome, total, refused }, actions }: DoneStepProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const words = counted(total, 'number');
  return (
    <div className="stack stack--wide">
      <section className="card stack" aria-labelledby="done-title">
        <h2 id="done-title" className="done" ref={title} tabIndex={-1}>
          <Icon name="check" className="done__icon" />
          {outcome.way === 'plain' ? `${words} sent` : `Looked for ${words}`}
        </h2>
        <Facts facts={outcome.way === 'plain' ? plainFacts(outcome) : privateFacts(outcome, total)} />
        {outcome.way === 'plain' ? (
          <Waits outcome={outcome} />
        ) : (
          <WaitsHere outcome={outcome} actions={actions} />
        )}
        {outcome.way === 'private' && <LyingIssuers issuers={outcome.lyingIssuers} />}
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

type Plain = Extract<Outcome, { way: 'plain' }>;
type Private = Extract<Outcome, { way: 'private' }>;
type Fact = [name: string, count: number];

const plainFacts = ({ accepted, new: fresh, waiting }: Plain): Fact[] => [
  ['accepted', accepted],
  ['new to Kith from you', fresh],
  ['waiting', waiting],
];

const privateFacts = ({ waiting, rejected }: Private, total: number): Fact[] => [
  ['looked for', total - waiting - rejected.length],
  ['numbers that Kith received', 0],
  ['waiting', waiting],
];

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts numeric">
      {facts.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{grouped(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Waits({ outcome }: { outcome: Plain }) {
  const words = waitingWords(outcome, useClock());
  return words && <WaitingNotice words={words} />;
}

/** In the private way nobody else has the numbers: they wait on this device, in this page. */
function WaitsHere({ outcome, actions }: { outcome: Private; actions: ImportActions }) {
  const clock = useClock();
  const session = useSession();
  const { waiting, waitingUntil } = outcome;
  if (waiting === 0) return null;
  const until = waitingUntil === undefined ? 'later' : untilWords(waitingUntil, clock);
  const number = (session.signedIn && session.number) || null;
  return (
    <WaitingNotice
      words={`${counted(waiting, 'number')} of yours ${waiting === 1 ? 'waits' : 'wait'} for budget. Kith does not have them, so this page must go on: ${until}, or by importing the same file again then.`}
    >
      <button type="button" className="button button--small" onClick={() => actions.send('private', number)}>
        Go on
      </button>
    </WaitingNotice>
  );
}

function WaitingNotice({ words, children }: { words: string; children?: ReactNode }) {
  return (
    <Notice>
      <p>
        {words} <Link to="/budget">Why?</Link>
      </p>
      {children}
    </Notice>
  );
}

function LyingIssuers({ issuers = [] }: { issuers: readonly number[] | undefined }) {
  if (issuers.length === 0) return null;
  return (
    <Notice kind="warn" title="A key issuer gave false keys">
      <p>
        {counted(issuers.length, 'issuer')} (number {issuers.join(', ')}) did. The others sufficed, and yours
        are good. The people who run your app should know.
      </p>
    </Notice>
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
