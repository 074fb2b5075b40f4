import { type FormEvent, useId, useState } from 'react';
import { entryKinds } from './entry-words.ts';
import type { LedgerSearch } from './ledger-search.ts';

interface LedgerFormProps {
  search: LedgerSearch;
  onSearch: (search: LedgerSearch) => void;
}

/** What to look for: by whom, what and when. */
export function LedgerForm({ search, onSearch }: LedgerFormProps) {
  const id = useId();
  const [draft, setDraft] = useState(search);
  const set = (part: keyof LedgerSearch) => (value: string) => setDraft({ ...draft, [part]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(filled(draft));
  };
  const field = { draft, set };
  return (
    <form className="card ledger-form" onSubmit={submit}>
      <Text {...field} part="member" label="Member id" />
      <Text {...field} part="ring" label="Ring id" />
      <div className="field">
        <label htmlFor={id}>What happened</label>
        <select id={id} value={draft.kind ?? ''} onChange={(event) => set('kind')(event.target.value)}>
          <option value="">Anything</option>
          {Object.entries(entryKinds).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <Text {...field} part="from" label="From" type="date" />
      <Text {...field} part="to" label="Until" type="date" />
      <div className="ledger-form__buttons">
        <button type="submit" className="button button--primary">
          Search
        </button>
        {Object.keys(search).length > 0 && (
          <button type="button" className="button button--quiet" onClick={() => onSearch({})}>
            Everything
          </button>
        )}
      </div>
    </form>
  );
}

interface TextProps {
  draft: LedgerSearch;
  set: (part: keyof LedgerSearch) => (value: string) => void;
  part: keyof LedgerSearch;
  label: string;
  type?: 'text' | 'date';
}

function Text({ draft, set, part, label, type = 'text' }: TextProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={draft[part] ?? ''}
        onChange={(event) => set(part)(event.target.value)}
      />
    </div>
  );
}

function filled(draft: LedgerSearch): LedgerSearch {
  const given = Object.entries(draft).map(([part, value]) => [part, value.trim()] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}
