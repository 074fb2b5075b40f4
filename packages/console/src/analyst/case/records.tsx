import type { CaseDetail, CaseRecord } from '@kith/protocol/study';
import { useId, useState } from 'react';
import { LoadError } from '../pieces/states.tsx';
import { Clipped } from '../ring/clipped.tsx';
import { Section } from '../ring/section.tsx';
import { useMay } from '../session/session-context.tsx';
import { exactWords } from '../words/moments.ts';
import { useAddEvidence, useAddNote } from './case-queries.ts';

/** Notes, decisions in words, and evidence. */
export function Records({ found }: { found: CaseDetail }) {
  const isAnalyst = useMay('analyst');
  const { evidence } = found;
  return (
    <Section title="Notes and evidence">
      {found.notes.length + evidence.length === 0 && (
        <p className="soft">Nothing has been written down yet.</p>
      )}
      <ul className="records">
        {[...found.notes, ...evidence]
          .toSorted((x, y) => x.at.localeCompare(y.at))
          .map((one) => (
            <RecordItem key={one.id} record={one} />
          ))}
      </ul>
      {isAnalyst && <AddNote id={found.id} />}
      {isAnalyst && <AddEvidence id={found.id} />}
    </Section>
  );
}

function RecordItem({ record }: { record: CaseRecord }) {
  return (
    <li>
      {record.name && (
        <p>
          <strong>
            <Clipped text={record.name} most={80} />
          </strong>
        </p>
      )}
      <p className="records__text">
        <Clipped text={record.text} most={400} canOpen />
      </p>
      <p className="small soft">
        <bdi>{record.by}</bdi>, {exactWords(record.at)}
      </p>
    </li>
  );
}

function AddNote({ id }: { id: string }) {
  const add = useAddNote(id);
  const [text, setText] = useState('');
  const [isDecision, setDecision] = useState(false);
  const field = useId();
  const save = () =>
    add.mutate(
      { text: text.trim(), ...(isDecision && { decision: true }) },
      { onSuccess: () => setText('') },
    );
  return (
    <form
      className="stack stack--tight"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="field">
        <label htmlFor={field}>A note</label>
        <textarea id={field} rows={2} value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      <label className="option">
        <input type="checkbox" checked={isDecision} onChange={(event) => setDecision(event.target.checked)} />
        It is a decision, and stands in the report
      </label>
      {add.error && <LoadError error={add.error} />}
      <button
        type="submit"
        className="button button--small records__add"
        disabled={text.trim() === '' || add.isPending}
      >
        Write it down
      </button>
    </form>
  );
}

function AddEvidence({ id }: { id: string }) {
  const add = useAddEvidence(id);
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const field = useId();
  const clear = () => {
    setName('');
    setText('');
  };
  return (
    <details className="more">
      <summary>Add a piece of evidence</summary>
      <form
        className="stack stack--tight"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ name: name.trim(), text }, { onSuccess: clear });
        }}
      >
        <div className="field">
          <label htmlFor={`${field}-name`}>What it is</label>
          <input
            id={`${field}-name`}
            value={name}
            maxLength={1_000}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${field}-text`}>Its text: a log, a message, an address where it is kept</label>
          <textarea
            id={`${field}-text`}
            rows={4}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        {add.error && <LoadError error={add.error} />}
        <button
          type="submit"
          className="button button--small records__add"
          disabled={name.trim() === '' || text.trim() === '' || add.isPending}
        >
          Add it
        </button>
      </form>
    </details>
  );
}
