import { join } from 'node:path';
import { startEmbeddedPostgres } from '../postgres/embedded/index.ts';
import type { Config } from './environment.ts';

export interface OpenDatabase {
  url: string;
  stop(): Promise<void>;
}

/** The user's PostgreSQL, or the embedded one. */
export async function openDatabase(config: Config, log?: (line: string) => void): Promise<OpenDatabase> {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => undefined };
  return startEmbeddedPostgres({ dataDir: join(config.home, 'postgres'), ...(log && { log }) });
}
