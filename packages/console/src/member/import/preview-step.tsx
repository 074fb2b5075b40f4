import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { Trouble } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { counted, grouped } from '../../words/counts.ts';
import { Unreadable } from './choose-step.tsx';
import { ContactsTable } from './contacts-table.tsx';
import { type Draft, type ImportState, numbersToSend } from './import-state.ts';
import { privateTroubleOf } from './private-words.ts';
import { RegionField } from './region-field.tsx';
import { filterRows, type Show, tallyOf } from './selection.ts';
import { SendPanel } from './send-panel.tsx';
import type { ImportActions } from './use-import.ts';
import type { SendingWay } from './way.ts';

interface PreviewStepProps {
  state: Extract<ImportState, { step: 'preview' }>;
  way: SendingWay;
  actions: ImportActions;
}

/** What was understood and what was not, before anything is sent. */
export function PreviewStep({ state, way, actions }: PreviewStepProps) {
  const { draft, rereading, error, stopped } = state;
  const numbers = useMemo(() => numbersToSend(draft), [draft]);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <div className="stack stack--wide" aria-busy={rereading}>
      {error !== undefined && <WhatFailed error={error} way={way} />}
      {stopped && <Stopped way={way} />}
      <section className="card stack" aria-labelledby="read-title">
        <div className="row row--spread">
          <h2 id="read-title" ref={title} tabIndex={-1}>
            What was understood in {draft.source.label}
          </h2>
          <button type="button" className="button button--small" onClick={actions.again}>
            Choose another
          </button>
        </div>
        <Tallies draft={draft} />
        <RegionField draft={draft} rereading={rereading} setRegion={actions.setRegion} />
        <FileProblems problems={draft.problems} />
      </section>
      {draft.rows.length === 0 ? (
        <Notice kind="warn" title="No contact was found in it">
          <p>Is it the right file? Choose another, or paste numbers instead.</p>
        </Notice>
      ) : (
        <>
          <Contacts draft={draft} select={actions.select} />
          <SendPanel draft={draft} numbers={numbers} way={way} actions={actions} />
        </>
      )}
    </div>
  );
}

/** A failure of the way that was taken, or of reading the file. */
function WhatFailed({ error, way }: { error: unknown; way: SendingWay }) {
  const trouble = way === 'private' ? privateTroubleOf(error) : undefined;
  if (trouble)
    return (
      <Notice kind="danger" title={trouble.title} role="alert">
        <p>{trouble.advice}</p>
      </Notice>
    );
  return error instanceof Error && 'code' in error ? <Trouble error={error} /> : <Unreadable error={error} />;
}

function Stopped({ way }: { way: SendingWay }) {
  return (
    <Notice title="Stopped" role="status">
      <p>
        {way === 'private'
          ? 'What was done is kept on this device. Looking again goes on from there and costs nothing twice.'
          : 'What Kith had accepted by then stays. Sending again costs nothing twice.'}
      </p>
    </Notice>
  );
}

function Tallies({ draft }: { draft: Draft }) {
  const tally = useMemo(() => tallyOf(draft.rows), [draft.rows]);
  return (
    <dl className="facts numeric">
      <div>
        <dt>{tally.contacts === 1 ? 'contact' : 'contacts'}</dt>
        <dd>{grouped(tally.contacts)}</dd>
      </div>
      <div>
        <dt>{tally.understood === 1 ? 'number' : 'numbers'} understood</dt>
        <dd>{grouped(tally.understood)}</dd>
      </div>
      <div className={tally.notUnderstood > 0 ? 'facts__warn' : ''}>
        <dt>not understood</dt>
        <dd>{grouped(tally.notUnderstood)}</dd>
      </div>
    </dl>
  );
}

const problemsShown = 20;

/** Parts of the file that are not as its format says; what stands around them was read all the same. */
function FileProblems({ problems }: Pick<Draft, 'problems'>) {
  if (problems.length === 0) return null;
  return (
    <details className="more">
      <summary>{counted(problems.length, 'place')} in the file could not be read</summary>
      <ul className="list small">
        {problems.slice(0, problemsShown).map((problem) => (
          <li key={`${problem.line}:${problem.column}:${problem.code}`}>
            Line {grouped(problem.line)}: {problem.detail}
          </li>
        ))}
      </ul>
      {problems.length > problemsShown && (
        <p className="soft small">And {grouped(problems.length - problemsShown)} more.</p>
      )}
    </details>
  );
}

const shows: { value: Show; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'understood', label: 'Understood' },
  { value: 'not-understood', label: 'Not understood' },
];

function Contacts({ draft, select }: { draft: Draft; select: ImportActions['select'] }) {
  const [search, setSearch] = useState('');
  const [show, setShow] = useState<Show>('all');
  const text = useDeferredValue(search);
  const rows = useMemo(() => filterRows(draft.rows, text, show), [draft.rows, text, show]);
  const searchId = useId();
  return (
    <section className="card stack" aria-labelledby="contacts-title">
      <h2 id="contacts-title">Choose whom to look for</h2>
      <div className="row row--spread">
        <div className="search">
          <Icon name="search" />
          <label className="visually-hidden" htmlFor={searchId}>
            Search contacts
          </label>
          <input
            id={searchId}
            type="search"
            placeholder="Name or number"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
        <fieldset className="segments">
          <legend className="visually-hidden">Show</legend>
          {shows.map(({ value, label }) => (
            <label key={value}>
              <input
                type="radio"
                name={`${searchId}-show`}
                checked={show === value}
                onChange={() => setShow(value)}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      </div>
      <ContactsTable key={`${show} ${text}`} rows={rows} deselected={draft.deselected} select={select} />
    </section>
  );
}
