import { type RingState, ringStates } from '@kith/protocol/study';
import { type RefObject, useEffect, useId, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { namedRegions } from '../../words/regions.ts';
import { useOverview } from '../data/queries.ts';
import { ringStateWords } from '../words/ring-states.ts';
import type { RingsSearch } from './rings-search.ts';

const typingPauseMs = 250;

interface FiltersProps {
  search: RingsSearch;
  onChange: (search: RingsSearch) => void;
  field: RefObject<HTMLInputElement | null>;
}

/** What is shown of the queue. */
export function Filters({ search, onChange, field }: FiltersProps) {
  return (
    <div className="filters">
      <Words search={search} onChange={onChange} field={field} />
      <Country search={search} onChange={onChange} />
      <States search={search} onChange={onChange} />
    </div>
  );
}

/** The address follows once typing pauses; an address that changes otherwise fills the field. */
function Words({ search, onChange, field }: FiltersProps) {
  const [text, setText] = useState(search.q ?? '');
  useEffect(() => setText(search.q ?? ''), [search.q]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait
  useEffect(() => {
    if (text === (search.q ?? '')) return;
    const timer = setTimeout(() => onChange(without(search, 'q', text && { q: text })), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className="search">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        aria-label="Search rings"
        placeholder="Search id, reason or operator"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}

/** Countries from which there is traffic, and the chosen one whether there is or not. */
function Country({ search, onChange }: Omit<FiltersProps, 'field'>) {
  const id = useId();
  const { data } = useOverview(false);
  const seen = new Set((data?.countries ?? []).map(({ country }) => country).filter(Boolean));
  if (search.country) seen.add(search.country);
  return (
    <div className="filters__country">
      <label htmlFor={id} className="visually-hidden">
        Country
      </label>
      <select
        id={id}
        value={search.country ?? ''}
        onChange={({ target: { value } }) =>
          onChange(without(search, 'country', value && { country: value }))
        }
      >
        <option value="">All countries</option>
        {namedRegions([...seen]).map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function States({ search, onChange }: Omit<FiltersProps, 'field'>) {
  const chosen = search.state ?? ['open', 'throttled'];
  const toggle = (state: RingState) => {
    const next = ringStates.filter((one) => (one === state ? !chosen.includes(one) : chosen.includes(one)));
    const isDefault = next.length === 0 || next.join() === 'open,throttled';
    onChange(without(search, 'state', !isDefault && { state: next }));
  };
  return (
    <fieldset className="filters__states">
      <legend className="visually-hidden">State</legend>
      {ringStates.map((state) => (
        <label key={state} className="chip">
          <input type="checkbox" checked={chosen.includes(state)} onChange={() => toggle(state)} />
          {ringStateWords[state].title}
        </label>
      ))}
    </fieldset>
  );
}

/** A view with one part replaced, or dropped. */
function without(
  search: RingsSearch,
  part: keyof RingsSearch,
  by: Partial<RingsSearch> | false | '',
): RingsSearch {
  const { [part]: _, ...rest } = search;
  return { ...rest, ...(by || {}) };
}
