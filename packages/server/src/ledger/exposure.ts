import type { Queryable } from '../postgres/database.ts';
import { countReveals } from './store.ts';

/** How often a member's card was shown, and to how many different accounts. */
export interface ExposureCounts {
  revealedTo: number;
  times: number;
  /** Months in UTC, oldest first, without those in which nothing was shown. */
  byMonth: { month: string; times: number }[];
}

/** Exact, from the ledger: no card is shown without an entry. */
export async function exposureOf(database: Queryable, subjectId: string): Promise<ExposureCounts> {
  const rows = await countReveals(database, subjectId);
  const total = rows.find((row) => row.month === null);
  return {
    revealedTo: total?.viewers ?? 0,
    times: total?.times ?? 0,
    byMonth: rows.flatMap(({ month, times }) => (month === null ? [] : [{ month, times }])),
  };
}
