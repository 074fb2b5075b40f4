import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError, errorFromOutput, fileSystemError, useOwnDatabase } from './error.ts';
import { placeOf } from './place.ts';
import { isAlive } from './processes.ts';
import { childEnvironment, type RunAs } from './run-as.ts';
import { ownTemporaryFolder } from './short-folder.ts';

const run = promisify(execFile);

/** The role that owns everything in the cluster, and its database. */
export const role = 'kith';

export interface ClusterPlan {
  dataDir: string;
  clusterDir: string;
  binaries: Binaries;
  runAs: RunAs;
  password: string;
  /** False only for throwaway clusters of tests. */
  durable: boolean;
}

/**
 * Makes the cluster if there is none. initdb works in a folder of its own that is renamed when it is done: a
 * cluster under its final name is always whole, however the first start ended.
 *
 * @throws EmbeddedPostgresError
 */
export async function ensureCluster(plan: ClusterPlan): Promise<void> {
  await removeAbandoned(plan.dataDir);
  if ((await clusterVersion(plan.clusterDir)) === undefined) await makeCluster(plan);
  const version = await clusterVersion(plan.clusterDir);
  if (version === plan.binaries.major) return;
  throw new EmbeddedPostgresError(
    'data_version',
    `The data folder ${plan.dataDir} was made by PostgreSQL ${version}, and this is ${plan.binaries.major}: ` +
      `move it away, dump and load it with the older one, ${useOwnDatabase}`,
  );
}

async function clusterVersion(clusterDir: string): Promise<string | undefined> {
  try {
    return (await readFile(join(clusterDir, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fileSystemError(error, clusterDir);
  }
}

async function makeCluster(plan: ClusterPlan): Promise<void> {
  const staging = join(plan.dataDir, `cluster.new-${process.pid}-${randomUUID().slice(0, 8)}`);
  try {
    await mkdir(staging, { mode: 0o700 });
    if (plan.runAs) await chown(staging, plan.runAs.uid, plan.runAs.gid);
    await runInitdb(plan, staging);
    await rename(staging, plan.clusterDir);
    await syncFolder(plan.dataDir);
  } catch (error) {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
    // Another first start was quicker: its cluster is as good as ours.
    if (['ENOTEMPTY', 'EEXIST'].includes(String((error as NodeJS.ErrnoException).code))) return;
    throw fileSystemError(error, plan.dataDir);
  }
}

async function runInitdb(plan: ClusterPlan, clusterDir: string): Promise<void> {
  const place = placeOf(clusterDir, plan.runAs);
  const passwordFile = join(await ownTemporaryFolder(), `init-${randomUUID()}`);
  await writeFile(passwordFile, plan.password, { mode: 0o600 });
  try {
    if (plan.runAs) await chown(passwordFile, plan.runAs.uid, plan.runAs.gid);
    await run(
      plan.binaries.initdb,
      [
        ...['-D', place.argument, '-U', role, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        ...['--encoding=UTF8', '--locale=C', '--no-instructions'],
        ...(plan.durable ? [] : ['--no-sync']),
      ],
      { ...plan.runAs, cwd: place.cwd, env: childEnvironment() },
    );
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw stderr ? errorFromOutput(stderr, plan.dataDir) : error;
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Throws away what first starts that were killed have left. */
async function removeAbandoned(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const maker = /^cluster\.new-(\d+)-/.exec(name)?.[1];
    if (!maker || (Number(maker) !== process.pid && isAlive(Number(maker)))) continue;
    await rm(join(dataDir, name), { recursive: true, force: true });
  }
}

/** A rename survives a power cut only once its folder is on the disk. Windows has no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
