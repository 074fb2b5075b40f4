import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@kith/server';

/** A PostgreSQL database of one's own, gone when done with. */
export interface ThrowawayDatabase {
  url: string;
  drop(): Promise<void>;
}

export interface ThrowawayOptions {
  /** False, which is the default, gives up fsync for speed; shared clusters of tests never have it. */
  durable?: boolean | undefined;
  /** Inside tests, the tables are there already, which is quicker than making them. */
  withTables?: boolean;
}

/**
 * Inside tests, a database on the cluster that the whole run shares; elsewhere, a cluster of its own in a temporary
 * folder.
 */
export async function createThrowawayDatabase({
  durable = false,
  withTables = false,
}: ThrowawayOptions = {}): Promise<ThrowawayDatabase> {
  if (process.env.VITEST !== undefined) {
    const { createTestDatabase } = await import('@kith/server/testing');
    return createTestDatabase({ withTables });
  }
  const folder = await mkdtemp(join(tmpdir(), 'kith-lab-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder, durable });
  return {
    url: postgres.url,
    drop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
