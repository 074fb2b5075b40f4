import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { dataInUse } from './error.ts';
import { commandLine, delay, isAlive, processMark, sendSignal } from './processes.ts';

/** Who started a postmaster; lies beside the cluster. */
interface Owner {
  postmasterPid: number;
  pid: number;
  mark: string | undefined;
}

interface RunningPostmaster {
  pid: number;
  socketDir: string;
}

const ownerFile = 'owner.json';

export async function writeOwner(dataDir: string, postmasterPid: number): Promise<void> {
  const owner: Owner = { postmasterPid, pid: process.pid, mark: processMark(process.pid) };
  const draft = join(dataDir, `${ownerFile}.${process.pid}`);
  await writeFile(draft, JSON.stringify(owner));
  await rename(draft, join(dataDir, ownerFile));
}

export async function removeOwner(dataDir: string): Promise<void> {
  await rm(join(dataDir, ownerFile), { force: true });
}

/** Milliseconds for a postmaster whose owner died: to end by itself, then by SIGINT, then by SIGQUIT. */
const patience = { unknownOwnerMs: 3_000, fastMs: 20_000, immediateMs: 30_000 };

/**
 * Makes sure that nobody runs on the cluster, and clears what the last one left.
 *
 * A postmaster whose Kith was killed is stopped rather than adopted: ours then has our settings and is our child.
 *
 * @throws EmbeddedPostgresError `data_in_use` when a postmaster runs whose owner lives, or that does not end
 */
export async function settlePredecessor(dataDir: string, clusterDir: string): Promise<void> {
  const startedAt = Date.now();
  let signalled: NodeJS.Signals | undefined;
  for (;;) {
    const running = await runningPostmaster(clusterDir);
    if (!running) return;
    const owner = await readOwner(dataDir, running.pid);
    if (owner && isOwnerAlive(owner)) throw dataInUse(dataDir, `process ${owner.pid}`);
    const waitedMs = Date.now() - startedAt;
    if (waitedMs > (owner ? patience.immediateMs : patience.unknownOwnerMs)) {
      throw dataInUse(dataDir, `process ${running.pid}`);
    }
    const wanted: NodeJS.Signals = waitedMs > patience.fastMs ? 'SIGQUIT' : 'SIGINT';
    if (owner && signalled !== wanted) sendSignal(running.pid, wanted);
    if (owner) signalled = wanted;
    await delay(50);
  }
}

/** The postmaster that runs on the cluster; a `postmaster.pid` that nobody stands behind any more is removed. */
async function runningPostmaster(clusterDir: string): Promise<RunningPostmaster | undefined> {
  const path = join(clusterDir, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text === '') return undefined;
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const socketDir = lines[4] ?? '';
  const command = isAlive(pid) ? commandLine(pid) : '';
  if (isPostgres(command)) {
    // Another cluster's server under the same id: the file is left for PostgreSQL itself to judge.
    return socketDir === '' || command.includes(socketDir) ? { pid, socketDir } : undefined;
  }
  await rm(path, { force: true });
  return undefined;
}

function isPostgres(command: string): boolean {
  return /^postgres(\.exe)?$/.test(basename(command.split(' -')[0] ?? '')) || command.startsWith('postgres:');
}

async function readOwner(dataDir: string, postmasterPid: number): Promise<Owner | undefined> {
  try {
    const owner = JSON.parse(await readFile(join(dataDir, ownerFile), 'utf8')) as Owner;
    return owner.postmasterPid === postmasterPid ? owner : undefined;
  } catch {
    return undefined;
  }
}

function isOwnerAlive(owner: Owner): boolean {
  return isAlive(owner.pid) && processMark(owner.pid) === owner.mark;
}
