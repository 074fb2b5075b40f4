import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

const databases: TestDatabase[] = [];

async function create(options = {}): Promise<TestDatabase> {
  const database = await createTestDatabase(options);
  databases.push(database);
  return database;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe('createTestDatabase', () => {
  afterEach(async () => {
    for (const database of databases.splice(0)) await database.drop();
  });

  it('gives each caller a database that no other sees', async () => {
    const [first, second] = [await create(), await create()];
    await query(first.url, 'create table mine (id int)');
    const tables = await query(second.url, `select 1 from pg_tables where schemaname = 'public'`);
    expect(tables).toEqual([]);
  });

  it('has every table and no row where tables are asked for', async () => {
    const { url } = await create({ withTables: true });
    const database = new Database({ url });
    const { applied } = await migrate(database);
    await database.close();
    expect(applied).toEqual([]);
    expect(await query(url, 'select count(*)::int as count from members')).toEqual([{ count: 0 }]);
  });

  it('drops a database even while somebody is connected', async () => {
    const database = await create();
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    await database.drop();
    await expect(query(database.url, 'select 1')).rejects.toMatchObject({ code: '3D000' });
  });
});
