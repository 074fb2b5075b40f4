import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError, startEmbeddedPostgres } from '../postgres/embedded/index.ts';
import type { Config } from './environment.ts';

export interface OpenDatabase {
  url: string;
  stop(): Promise<void>;
}

interface OpenOptions {
  log?: (line: string) => void;
  /** Commands may use the embedded database of a service that runs; another service may not. */
  share?: boolean;
}

/** The user's PostgreSQL, or the embedded one. */
export async function openDatabase(config: Config, { log, share }: OpenOptions = {}): Promise<OpenDatabase> {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => undefined };
  const addressFile = join(config.home, 'database-url');
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir: join(config.home, 'postgres'),
      ...(log && { log }),
    });
    await writeFile(addressFile, postgres.url, { mode: 0o600 });
    return {
      url: postgres.url,
      stop: async () => {
        await rm(addressFile, { force: true });
        await postgres.stop();
      },
    };
  } catch (error) {
    const runs = error instanceof EmbeddedPostgresError && error.code === 'data_in_use';
    const url = share && runs ? await readFile(addressFile, 'utf8').catch(() => undefined) : undefined;
    if (url) return { url, stop: async () => undefined };
    throw error;
  }
}
