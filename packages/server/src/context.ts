import type { Policy } from './budgets/policy.ts';
import type { Keyring } from './keys/keyring.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Database } from './postgres/database.ts';

/** What every concept works with; handed down, never looked up. */
export interface Context {
  database: Database;
  keyring: Keyring;
  ledger: Ledger;
  policy: Policy;
  /** Milliseconds since 1970; virtual in the lab. */
  now: () => number;
}
