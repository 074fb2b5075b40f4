import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the administrative database of the one throwaway cluster that all tests of a run share. */
    testClusterUrl: string;
    /** Name of a database there that holds every table and no row, to be copied. */
    testTables: string;
  }
}

export interface TestDatabase {
  url: string;
  /** Drops the database, cutting whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * A fresh, empty database on the run's shared cluster: about 50 ms. With tables, it has what `migrate` makes, for half
 * the work or less; whoever tests a first start takes one without.
 *
 * The cluster is started by `vitest-global-setup.ts`, which the vitest project must name as its `globalSetup`. It is
 * a throwaway: fsync is off, so nothing measured on it says how fast durable writes are.
 */
export async function createTestDatabase({ withTables = false } = {}): Promise<TestDatabase> {
  const clusterUrl = inject('testClusterUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  // Copied as files: with nothing to lose, writing every page to the log would take twice as long.
  const source = withTables ? inject('testTables') : 'template1';
  await administer(clusterUrl, `create database ${name} template ${source} strategy file_copy`);
  return {
    url: clusterUrl.replace('/postgres?', `/${name}?`).replace(/\/postgres$/, `/${name}`),
    drop: () => administer(clusterUrl, `drop database if exists ${name} with (force)`),
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
