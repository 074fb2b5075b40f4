import { createHash } from 'node:crypto';
import { Database } from '../postgres/database.ts';
import { createTestDatabase } from '../postgres/embedded/testing.ts';
import type { NewLedgerEntry } from './entry.ts';
import { Ledger, type LedgerKeys } from './ledger.ts';

export const testKeys: LedgerKeys = {
  macKey: createHash('sha256').update('mac').digest(),
  signingSeed: createHash('sha256').update('sign').digest(),
  origin: 'ledger.test/kith',
};

export interface TestLedger {
  url: string;
  database: Database;
  ledger: Ledger;
  append(entries: readonly NewLedgerEntry[], now: number): Promise<string[]>;
  close(): Promise<void>;
}

/** A ledger in a database of its own. */
export async function openTestLedger(): Promise<TestLedger> {
  const { url, drop } = await createTestDatabase({ withTables: true });
  const database = new Database({ url });
  const ledger = new Ledger(testKeys);
  return {
    url,
    database,
    ledger,
    append: (entries, now) => database.transaction((tx) => ledger.append(tx, entries, now)),
    close: async () => {
      await database.close();
      await drop();
    },
  };
}
