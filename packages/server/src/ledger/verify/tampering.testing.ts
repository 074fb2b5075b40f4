import { TreeEdge } from '@kith/protocol/ledger';
import { Database } from '../../postgres/database.ts';
import { sealOnce } from '../sealer.ts';
import { openTestLedger, type TestLedger, testKeys } from '../testing.ts';
import { readLeavesFrom, writeTiles } from '../tree/store.ts';
import { type VerifyOptions, type VerifyReport, verifyLedger } from '../verify.ts';

export const now = Date.UTC(2026, 10, 22);
const tables = ['ledger', 'ledger_leaves', 'ledger_tiles', 'ledger_checkpoints'];

/** A small sealed ledger that can be tampered with in SQL, as one does who has the database only, and put back. */
export interface Crime {
  test: TestLedger;
  /** Of all entries, in order; the last few are not sealed. */
  ids: string[];
  sealedCount: number;
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  verify(options?: VerifyOptions): Promise<VerifyReport>;
  /** As a sealer does that has just been started and remembers nothing. */
  seal(): Promise<void>;
  restore(): Promise<void>;
  /** Makes the stored tree fit the leaves as they stand now. */
  rebuildTiles(): Promise<void>;
}

/** @param batches entries in each sealed batch */
export async function openCrime(batches: readonly number[], unsealed = 3): Promise<Crime> {
  const test = await openTestLedger();
  const ids: string[] = [];
  for (const count of batches) {
    ids.push(...(await append(test, ids.length, count)));
    await sealOnce(test.database, testKeys, now);
  }
  const sealedCount = ids.length;
  ids.push(...(await append(test, ids.length, unsealed)));
  for (const table of tables) await test.database.query(`create table saved_${table} as table ${table}`);
  const sql: Crime['sql'] = (text, values = []) => test.database.query(text, values);
  return {
    test,
    ids,
    sealedCount,
    sql,
    verify: (options) => verifyLedger(test.database, testKeys, options),
    seal: async () => {
      const database = new Database({ url: test.url });
      await sealOnce(database, testKeys, now);
      await database.close();
    },
    restore: async () => {
      // Not truncated: for a few hundred rows that takes longer.
      await sql(
        tables.map((table) => `delete from ${table}; insert into ${table} table saved_${table}`).join(';'),
      );
    },
    rebuildTiles: async () => {
      const leaves = await readLeavesFrom(test.database, 0, 100_000);
      await sql('delete from ledger_tiles');
      await writeTiles(test.database, new TreeEdge().append(leaves.map(({ leafHash }) => leafHash)));
    },
  };
}

function append(test: TestLedger, from: number, count: number): Promise<string[]> {
  const entries = Array.from({ length: count }, (_, at) => {
    const number = from + at;
    const memberId = `member ${number % 5}`;
    if (number % 3 === 0) {
      return {
        memberId,
        kind: 'sync' as const,
        body: { new: number },
        context: { prefix: `192.0.${number}.0/24` },
      };
    }
    return { memberId, kind: 'reveal' as const, otherId: `viewer ${number}`, body: { how: 'number' } };
  });
  return test.append(entries, now + from);
}
