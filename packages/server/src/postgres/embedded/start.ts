import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { prepareBinaries } from './binaries.ts';
import { ensureCluster, role } from './cluster.ts';
import { chooseEndpoint, type Endpoint } from './endpoint.ts';
import { EmbeddedPostgresError, fileSystemError } from './error.ts';
import { readOrMakePassword } from './password.ts';
import { type Postmaster, type PostmasterPlan, startPostmaster } from './postmaster.ts';
import { removeOwner, settlePredecessor, writeOwner } from './predecessor.ts';
import { delay } from './processes.ts';
import { chooseRunAs } from './run-as.ts';
import { settingArguments } from './settings.ts';

export interface EmbeddedPostgresOptions {
  /** The folder for everything of the database; made if missing. */
  dataDir: string;
  /** Told in a line what happens; never secrets. */
  log?: (line: string) => void;
  /** Settings that win over ours, as in postgresql.conf. */
  settings?: Record<string, string>;
  /** False gives up durability for speed: for throwaway clusters of tests alone. Default true. */
  durable?: boolean;
}

export interface EmbeddedPostgres {
  /** The address of the database, password included; the same through restarts of the server. */
  readonly url: string;
  /** Process id of the server; another after it had to be restarted. */
  readonly pid: number;
  /** Stops the server and waits until it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL on `dataDir`, making it at the first start, and keeps it running until `stop`: a server
 * that dies is started again. It never outlives this process, however this process ends.
 *
 * @throws EmbeddedPostgresError with a code and one clear line
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = await makeDataDir(options.dataDir);
  try {
    return await startIn(dataDir, options);
  } catch (error) {
    throw fileSystemError(error, dataDir);
  }
}

async function startIn(dataDir: string, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const durable = options.durable ?? true;
  const clusterDir = join(dataDir, 'cluster');
  const runAs = await chooseRunAs(clusterDir);
  const binaries = await prepareBinaries(dataDir, runAs);
  const password = await readOrMakePassword(dataDir);
  await ensureCluster({ dataDir, clusterDir, binaries, runAs, password, durable });
  const endpoint = await chooseEndpoint(dataDir, runAs);
  const settings = settingArguments(durable, { ...endpoint.settings, ...options.settings });
  const start = () => startAlone({ dataDir, clusterDir, binaries, runAs, settings }, endpoint);
  const first = await start();
  await ensureDatabase(endpoint.url(password, 'postgres')).catch(async (error) => {
    await first.stop();
    throw error;
  });
  const keeper = keepRunning(first, start, options.log ?? (() => undefined));
  return {
    url: endpoint.url(password, role),
    get pid() {
      return keeper.current().pid;
    },
    stop: async () => {
      await keeper.stop();
      await endpoint.close();
      await removeOwner(dataDir);
    },
  };
}

async function makeDataDir(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    return await realpath(path);
  } catch (error) {
    throw fileSystemError(error, path);
  }
}

/** Milliseconds for the last server's orphaned workers to notice that it is gone. */
const orphanPatienceMs = 10_000;

/**
 * Starts the server once nobody else runs on the cluster. PostgreSQL's own lock has the last word, and what it says
 * may have changed a moment later: orphans end, and of two that start at once the other has become the owner.
 */
async function startAlone(plan: PostmasterPlan, endpoint: Endpoint): Promise<Postmaster> {
  const startedAt = Date.now();
  for (;;) {
    await settlePredecessor(plan.dataDir, plan.clusterDir);
    await endpoint.open();
    try {
      const postmaster = await startPostmaster(plan);
      await writeOwner(plan.dataDir, postmaster.pid);
      return postmaster;
    } catch (error) {
      const held = error instanceof EmbeddedPostgresError && error.code === 'data_in_use';
      if (!held || Date.now() - startedAt > orphanPatienceMs) throw error;
      await delay(100);
    }
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [role]);
    if (found.rowCount === 0) await client.query(`create database ${role}`);
  } finally {
    await client.end();
  }
}

/** Starts the server again whenever it ends without being asked to, ever more slowly while that fails. */
function keepRunning(first: Postmaster, start: () => Promise<Postmaster>, log: (line: string) => void) {
  let current = first;
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();
  const watch = (postmaster: Postmaster) =>
    void postmaster.exited.then(() => {
      if (!stopping) restarting = restart();
    });
  async function restart(): Promise<void> {
    log('the embedded PostgreSQL ended unexpectedly; starting it again');
    for (let pauseMs = 100; !stopping; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      try {
        current = await start();
        return watch(current);
      } catch (error) {
        log(error instanceof EmbeddedPostgresError ? error.message : String(error));
        await delay(pauseMs);
      }
    }
  }
  watch(first);
  return {
    current: () => current,
    stop: async () => {
      stopping = true;
      await restarting;
      await current.stop();
    },
  };
}
