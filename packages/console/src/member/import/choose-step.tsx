import { type DragEvent, type FormEvent, useId, useRef, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { Trouble } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SourceRefused } from './source.ts';
import type { ImportActions } from './use-import.ts';

interface ChooseStepProps {
  /** What is being read now. */
  busy: string | undefined;
  error: unknown;
  actions: ImportActions;
}

/** Three ways to bring an address book: drop or pick a file, paste, or the sample of a demo member. */
export function ChooseStep({ busy, error, actions }: ChooseStepProps) {
  return (
    <div className="stack stack--wide">
      {error !== undefined && <Unreadable error={error} />}
      <div role="status">{busy && <p className="soft">Reading {busy} …</p>}</div>
      <DropZone openFiles={actions.openFiles} />
      {actions.openSample && (
        <section className="card row row--spread">
          <p className="row__words">
            <strong>Only trying it out?</strong>{' '}
            <span className="soft">Take the invented address book of this demo member.</span>
          </p>
          <button type="button" className="button" onClick={actions.openSample}>
            Use the sample address book
          </button>
        </section>
      )}
      <PasteForm openText={actions.openText} />
      <HowToExport />
    </div>
  );
}

/** A file that could not be taken or read; a sample that could not be fetched. */
export function Unreadable({ error }: { error: unknown }) {
  if (error instanceof Error && 'code' in error) return <Trouble error={error} />;
  const detail =
    error instanceof SourceRefused
      ? error.message
      : 'It is neither a vCard nor a CSV file that we understand.';
  return (
    <Notice kind="danger" title="This could not be read" role="alert">
      <p>{detail}</p>
    </Notice>
  );
}

function DropZone({ openFiles }: Pick<ImportActions, 'openFiles'>) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    openFiles([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra for pointers; the button inside does the same.
    <div
      className={`drop ${over ? 'drop--over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      data-testid="drop"
    >
      <Icon name="file" className="drop__icon" />
      <p className="drop__title">Drop your address book here</p>
      <p className="soft small" id={hintId}>
        vCard (.vcf), or CSV from Google or Outlook
      </p>
      <button
        type="button"
        className="button button--primary"
        onClick={() => input.current?.click()}
        aria-describedby={hintId}
      >
        Choose a file
      </button>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-label="Address book file"
        accept=".vcf,.vcard,.csv,.txt,text/vcard,text/csv,text/plain"
        onChange={(event) => {
          openFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <p className="drop__lock small">
        <Icon name="lock" />
        It is read on this device. Names never leave it.
      </p>
    </div>
  );
}

function PasteForm({ openText }: Pick<ImportActions, 'openText'>) {
  const fieldId = useId();
  const hintId = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('numbers') ?? '');
    if (text.trim()) openText(text);
    else document.getElementById(fieldId)?.focus();
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <label className="h2" htmlFor={fieldId}>
        Or paste numbers
      </label>
      <p className="soft small" id={hintId}>
        One on each line, with or without a name, or the text of a vCard.
      </p>
      <textarea
        id={fieldId}
        name="numbers"
        rows={4}
        aria-describedby={hintId}
        autoComplete="off"
        spellCheck={false}
      />
      <p>
        <button type="submit" className="button">
          Read these
        </button>
      </p>
    </form>
  );
}

function HowToExport() {
  return (
    <details className="more">
      <summary>How to get a file from your phone</summary>
      <dl className="ways small">
        <dt>iPhone</dt>
        <dd>Contacts → Lists → hold “All Contacts” → Export. You get a .vcf file.</dd>
        <dt>Android</dt>
        <dd>Contacts → Organise or Fix &amp; manage → Export to file. You get a .vcf file.</dd>
        <dt>Google</dt>
        <dd>contacts.google.com → Export → Google CSV or vCard.</dd>
        <dt>Outlook</dt>
        <dd>People → Manage contacts → Export contacts. You get a .csv file.</dd>
      </dl>
    </details>
  );
}
