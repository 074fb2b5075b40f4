import type { Queryable } from '../postgres/database.ts';

/** "Who else did this", as it was answered: `nobody` is an answer, and not having searched is none. */
export interface OthersFigure {
  searchedAt: string | null;
  found: number;
  nobody: boolean;
}

export async function othersOf(_db: Queryable, _ringIds: readonly string[]): Promise<OthersFigure> {
  return { searchedAt: null, found: 0, nobody: false };
}
