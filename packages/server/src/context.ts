import type { Policy } from './budgets/policy.ts';
import type { ComputePool } from './compute/pool.ts';
import type { Attestor } from './issuing/attestation.ts';
import type { Issuer } from './issuing/issuer.ts';
import type { Keyring } from './keys/keyring.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { OprfKeys } from './oprf/keys.ts';
import type { Database } from './postgres/database.ts';

/** What every concept works with; handed down, never looked up. */
export interface Context {
  database: Database;
  keyring: Keyring;
  ledger: Ledger;
  policy: Policy;
  compute: ComputePool;
  oprf: OprfKeys;
  issuer: Issuer;
  attestor: Attestor;
  /** Members that are never flagged, whatever they do. */
  protectedMembers: readonly string[];
  /** Whether webhooks may lead to addresses that are not of the public internet. */
  privateWebhooks: boolean;
  /** Milliseconds since 1970; virtual in the lab. */
  now: () => number;
}
