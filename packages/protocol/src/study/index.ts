/** What analysts ask and are answered: rings, plans, cases, figures, the ledger. Times are ISO 8601 unless said. */
export * from './actions.ts';
export * from './analysts.ts';
export * from './cases.ts';
export { oneOf } from './common.ts';
export * from './figures.ts';
export * from './incident.ts';
export * from './ledger.ts';
export * from './overview.ts';
export * from './ring-accounts.ts';
export * from './rings.ts';
export * from './words.ts';
