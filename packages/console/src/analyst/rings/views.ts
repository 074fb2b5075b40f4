import { ringStates } from '@kith/protocol/study';
import { useState } from 'react';
import { type RingsSearch, ringsSearch } from './rings-search.ts';

export interface View {
  name: string;
  search: RingsSearch;
}

/** Views that everybody has. */
export const commonViews: readonly View[] = [
  { name: 'Waiting', search: {} },
  { name: 'Newest', search: { sort: 'updatedAt', order: 'desc' } },
  { name: 'Suspended', search: { state: ['suspended'] } },
  { name: 'Dismissed', search: { state: ['dismissed'] } },
  { name: 'All', search: { state: [...ringStates] } },
];

const shelfKey = 'kith-study-ring-views';

/** The reader's own views, kept in this browser; a view is sent to others by its address. */
export function useSavedViews() {
  const [views, setViews] = useState(() => parseViews(read()));
  const change = (next: View[]) => {
    setViews(next);
    write(JSON.stringify(next));
  };
  return {
    views,
    save: (view: View) => change([...views.filter(({ name }) => name !== view.name), view]),
    remove: (name: string) => change(views.filter((view) => view.name !== name)),
  };
}

/** What was kept, with all left out that is not a view. */
export function parseViews(text: string | null): View[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept)
      ? kept.filter(isView).map(({ name, search }) => ({ name, search: ringsSearch({ ...search }) }))
      : [];
  } catch {
    return [];
  }
}

/** Whether two addresses show the same. */
export function sameView(one: RingsSearch, other: RingsSearch): boolean {
  const canonical = (search: RingsSearch) => JSON.stringify(Object.entries(ringsSearch({ ...search })));
  return canonical(one) === canonical(other);
}

function isView(kept: unknown): kept is View {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    'name' in kept &&
    typeof kept.name === 'string' &&
    'search' in kept &&
    typeof kept.search === 'object' &&
    kept.search !== null
  );
}

function read(): string | null {
  try {
    return localStorage.getItem(shelfKey);
  } catch {
    return null;
  }
}

function write(text: string): void {
  try {
    localStorage.setItem(shelfKey, text);
  } catch {
    // Storage may be forbidden; the views then last as long as the page.
  }
}
