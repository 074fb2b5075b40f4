import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A service in a process of its own: it can be killed as a whole. */
export interface Spawned {
  readonly origin: string;
  readonly pid: number;
  /** Everything it has written to stdout and stderr so far. */
  output(): string;
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>;
  /** SIGTERM, and the exit code that followed. */
  stop(): Promise<number | null>;
}

type Environment = Record<string, string | undefined>;

const serveEntry = fileURLToPath(new URL('../../../server/src/cli/main.ts', import.meta.url));
const bareEntry = fileURLToPath(new URL('./bare-hall.ts', import.meta.url));

/** Runs the real `kith serve` on a free port. */
export function spawnKith(env: Environment): Promise<Spawned> {
  return spawnService([serveEntry, 'serve', '--port', '0', '--json'], env);
}

/** Runs the real `kith issuer` with these flags. */
export function spawnIssuer(flags: readonly string[]): Promise<Spawned> {
  return spawnService([serveEntry, 'issuer', '--json', ...flags], {});
}

/** Runs the hall alone: what `kith serve` runs, without loading the tables of networks, in half a second. */
export function spawnBareHall(env: Environment): Promise<Spawned> {
  return spawnService([bareEntry], env, ['ipc']);
}

/** Runs a `kith` command to its end. */
export async function runKith(
  args: readonly string[],
  env: Environment,
): Promise<{ code: number | null; output: string }> {
  const child = spawnNode([serveEntry, ...args], env);
  const output = collect(child);
  return { code: await ended(child), output: output() };
}

async function spawnService(
  args: readonly string[],
  env: Environment,
  channel: readonly 'ipc'[] = [],
): Promise<Spawned> {
  const child = spawnNode(args, env, channel);
  const output = collect(child);
  const over = ended(child);
  const origin = await Promise.race([
    listening(child, output),
    over.then((code) => {
      throw new Error(`the service ended with ${code} before it listened:\n${output()}`);
    }),
  ]);
  return {
    origin,
    pid: child.pid as number,
    output,
    kill: async () => {
      child.kill('SIGKILL');
      await over;
    },
    stop: async () => {
      child.kill('SIGTERM');
      return over;
    },
  };
}

/** With a channel, the child learns that its parent is gone, however that ended, and ends too. */
function spawnNode(args: readonly string[], env: Environment, channel: readonly 'ipc'[] = []): ChildProcess {
  return spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...channel],
  });
}

function collect(child: ChildProcess): () => string {
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  }
  return () => parts.join('');
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve));
}

/** Both entries print one JSON document with their origin when they listen. */
function listening(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      const [, origin] = /"origin":"([^"]+)"/.exec(output()) ?? [];
      if (origin === undefined) return;
      child.stdout?.off('data', look);
      resolve(origin);
    };
    child.stdout?.on('data', look);
  });
}
