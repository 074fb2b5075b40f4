import type { LedgerQuery } from '../data/queries.ts';

/** What is looked for in the ledger. */
export interface LedgerSearch {
  member?: string;
  kind?: string;
  ring?: string;
  /** Days, `2026-11-22`, the last one included. */
  from?: string;
  to?: string;
}

/** What an address says, with all left out that is not understood. */
export function ledgerSearch(given: Record<string, unknown>): LedgerSearch {
  const text = (name: string, pattern = /^.{1,200}$/su) => {
    // An id of digits alone arrives as a number.
    const value = typeof given[name] === 'number' ? String(given[name]) : given[name];
    return typeof value === 'string' && pattern.test(value) ? { [name]: value } : {};
  };
  const day = /^\d{4}-\d{2}-\d{2}$/;
  return {
    ...text('member'),
    ...text('kind', /^[a-z-]{1,40}$/),
    ...text('ring'),
    ...text('from', day),
    ...text('to', day),
  };
}

const dayMs = 24 * 60 * 60_000;

/** What the hall is asked: days become moments, in the reader's time zone, the last day whole. */
export function queryOf({ from, to, ...rest }: LedgerSearch): LedgerQuery {
  return {
    ...rest,
    ...(from && { from: new Date(startOf(from)).toISOString() }),
    ...(to && { to: new Date(startOf(to) + dayMs).toISOString() }),
  };
}

function startOf(day: string): number {
  return new Date(`${day}T00:00:00`).getTime();
}
