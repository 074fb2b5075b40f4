import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { errorFromOutput } from './error.ts';
import { placeOf } from './place.ts';
import { delay, sendSignal } from './processes.ts';
import { childEnvironment, type RunAs } from './run-as.ts';
import { keepWatch } from './watchdog.ts';

export interface PostmasterPlan {
  dataDir: string;
  clusterDir: string;
  binaries: Binaries;
  runAs: RunAs;
  /** `-c name=value`, all of them. */
  settings: string[];
}

/** A server that takes connections. */
export interface Postmaster {
  pid: number;
  /** Resolves when the process has ended, whoever ended it. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

const logBytesMax = 10_000_000;

/**
 * Starts the server and waits until it takes connections.
 *
 * It gets a session of its own: Ctrl-C reaches every process of the terminal's group at once, and the service must
 * finish what it accepted before its database goes.
 *
 * @throws EmbeddedPostgresError from the server's own log
 */
export async function startPostmaster(plan: PostmasterPlan): Promise<Postmaster> {
  const logPath = join(plan.dataDir, 'postgres.log');
  const { size: logStart } = await rotate(logPath);
  const child = await spawnPostmaster(plan, logPath);
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const watchdog = keepWatch(child.pid!, plan.runAs);
  void exited.then(() => watchdog.dismiss());
  child.unref();
  const ready = waitUntilReady(plan.clusterDir, child);
  if (!(await Promise.race([ready, exited.then(() => false)]))) {
    const log = await readFile(logPath);
    throw errorFromOutput(log.subarray(logStart).toString(), plan.dataDir);
  }
  return { pid: child.pid!, exited, stop: () => stopPostmaster(plan, child, exited) };
}

/** Keeps one older log, so that a service that runs for years does not fill the disk. */
async function rotate(path: string): Promise<{ size: number }> {
  const current = await stat(path).catch(() => ({ size: 0 }));
  if (current.size <= logBytesMax) return current;
  await rename(path, `${path}.1`);
  return { size: 0 };
}

async function spawnPostmaster(plan: PostmasterPlan, logPath: string): Promise<ChildProcess> {
  const place = placeOf(plan.clusterDir, plan.runAs);
  // The log is opened by us and handed down: the server's user need not be able to reach it.
  const log = await open(logPath, 'a', 0o600);
  try {
    const child = spawn(plan.binaries.postgres, ['-D', place.argument, ...plan.settings], {
      ...plan.runAs,
      cwd: place.cwd,
      env: childEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      windowsHide: true,
    });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    return child;
  } finally {
    await log.close();
  }
}

/** The server writes its state in line 8 of its lock file, for pg_ctl and us. */
async function waitUntilReady(clusterDir: string, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const lines = (await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true;
    await delay(10);
  }
  return false;
}

/** Fast shutdown (clients are cut, a checkpoint is written), then ever less polite. */
async function stopPostmaster(
  plan: PostmasterPlan,
  child: ChildProcess,
  exited: Promise<void>,
): Promise<void> {
  child.ref();
  if (process.platform === 'win32') {
    execFile(plan.binaries.pgCtl, ['stop', '-m', 'fast', '-D', plan.clusterDir], () => undefined);
    return exited;
  }
  for (const [signal, patienceMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    sendSignal(child.pid!, signal);
    if (await endsWithin(exited, patienceMs)) return;
  }
}

async function endsWithin(exited: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const ended = await Promise.race([exited.then(() => true), late]);
  clearTimeout(timer);
  return ended;
}
