import type { OthersFigure } from '@kith/protocol/study';
import type { Queryable } from '../postgres/database.ts';

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
