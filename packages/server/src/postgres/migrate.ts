import { readdir, readFile } from 'node:fs/promises';
import type { Database } from './database.ts';
import { distributeTables } from './distribution.ts';

const folder = new URL('./migrations/', import.meta.url);

/** Any number that no other program is likely to lock: "kith" in ASCII. */
const migrationLock = 0x6b_69_74_68;

export interface MigrationReport {
  applied: string[];
  distributed: string[];
}

/**
 * Brings the tables up to date, one file a transaction, in the order of their names. Two servers that start together
 * wait for each other.
 */
export async function migrate(database: Database): Promise<MigrationReport> {
  return database.connected(async (connection) => {
    await connection.query('select pg_advisory_lock($1)', [migrationLock]);
    try {
      const applied: string[] = [];
      for (const name of await pending(connection)) {
        const sql = await readFile(new URL(name, folder), 'utf8');
        await connection.query('begin');
        await connection.query(sql);
        await connection.query('insert into migrations (name, applied_at) values ($1, now())', [name]);
        await connection.query('commit');
        applied.push(name);
      }
      const queryable = {
        query: async (text: string, values?: readonly unknown[]) =>
          (await connection.query(text, values as unknown[])).rows,
      };
      return { applied, distributed: await distributeTables(queryable as never) };
    } finally {
      await connection.query('select pg_advisory_unlock($1)', [migrationLock]);
    }
  });
}

async function pending(connection: {
  query(text: string): Promise<{ rows: { name: string }[] }>;
}): Promise<string[]> {
  await connection.query(
    'create table if not exists migrations (name text primary key, applied_at timestamptz not null)',
  );
  const { rows } = await connection.query('select name from migrations');
  const done = new Set(rows.map((row) => row.name));
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return names.filter((name) => !done.has(name));
}
