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
