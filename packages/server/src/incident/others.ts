import type { Queryable } from '../postgres/database.ts';

/** "Who else did this", as it was answered: `nobody` is an answer, and not having searched is none. */
export interface OthersFigure {
  /** When the last of the rings was searched for; null while any of them has not been. */
  searchedAt: string | null;
  /** Accounts outside the case that did the same. */
  found: number;
  nobody: boolean;
}

/** What detection keeps with a ring of its last search. */
interface Search {
  searchedAt: string;
  found: { member: string }[];
}

/** @param isAccount accounts of the case, which are nobody else */
export async function othersOf(
  db: Queryable,
  ringIds: readonly string[],
  isAccount: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<OthersFigure> {
  const rows = await db.query<{ search: Search | null }>(
    `select who_else as search from rings where ring_id = any($1)`,
    [ringIds],
  );
  const searches = rows.flatMap(({ search }) => (search?.searchedAt ? [search] : []));
  if (searches.length === 0 || searches.length < ringIds.length)
    return { searchedAt: null, found: 0, nobody: false };
  const found = [...new Set(searches.flatMap((search) => search.found.map(({ member }) => member)))];
  const own = await isAccount(found);
  const others = found.filter((member) => !own.has(member)).length;
  const searchedAt = searches
    .map((search) => new Date(search.searchedAt).toISOString())
    .sort()
    .at(-1)!;
  return { searchedAt, found: others, nobody: others === 0 };
}
