import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start.ts';

const tables = 'test_tables';

interface SharedCluster {
  users: number;
  started: Promise<{ postgres: EmbeddedPostgres; folder: string }>;
}

/** Each vitest project loads this module anew, so what they share hangs on the process. */
const shared = globalThis as { kithTestCluster?: SharedCluster };

/** Starts the cluster for the first project that needs it, and gives every project its address. */
export async function setup(project: TestProject): Promise<void> {
  shared.kithTestCluster ??= { users: 0, started: start() };
  shared.kithTestCluster.users += 1;
  const { postgres } = await shared.kithTestCluster.started;
  project.provide('testClusterUrl', databaseAt(postgres, 'postgres'));
  project.provide('testTables', tables);
}

/** Stops the cluster after the last project, and leaves nothing. */
export async function teardown(): Promise<void> {
  const cluster = shared.kithTestCluster;
  if (!cluster) return;
  cluster.users -= 1;
  if (cluster.users > 0) return;
  delete shared.kithTestCluster;
  const { postgres, folder } = await cluster.started;
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

async function start(): Promise<{ postgres: EmbeddedPostgres; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder, durable: false });
  await makeTables(postgres);
  return { postgres, folder };
}

/** Tests copy these tables: making them anew was most of what a database cost. */
async function makeTables(postgres: EmbeddedPostgres): Promise<void> {
  const administration = new Database({ url: databaseAt(postgres, 'postgres') });
  await administration.query(`create database ${tables}`);
  await administration.close();
  const database = new Database({ url: databaseAt(postgres, tables) });
  await migrate(database);
  await database.close();
}

const databaseAt = ({ url }: EmbeddedPostgres, name: string) => url.replace(/\/kith(?=\?|$)/, `/${name}`);
