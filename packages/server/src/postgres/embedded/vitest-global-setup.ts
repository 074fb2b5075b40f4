import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start.ts';

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
  project.provide('testClusterUrl', postgres.url.replace(/\/kith(?=\?|$)/, '/postgres'));
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
  return { postgres: await startEmbeddedPostgres({ dataDir: folder, durable: false }), folder };
}
