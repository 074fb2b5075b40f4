import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';
import { commandLine, delay } from './processes.ts';

let root: string;
let dataDir: string;
const running: EmbeddedPostgres[] = [];
const owners: ChildProcess[] = [];

async function start(folder = dataDir, log?: (line: string) => void): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir: folder, durable: false, ...(log && { log }) });
  running.push(postgres);
  return postgres;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that starts the database and then does nothing; resolves with the server's process id. */
async function startInAnotherProcess(): Promise<{ owner: ChildProcess; postmasterPid: number }> {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false });
    console.log(postgres.pid);
    setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  owners.push(owner);
  const [line] = await new Promise<string[]>((resolve, reject) => {
    owner.stdout!.once('data', (chunk) => resolve(String(chunk).split('\n')));
    owner.once('exit', (code) => reject(new Error(`the owner ended with ${code}`)));
  });
  return { owner, postmasterPid: Number(line) };
}

async function eventually(condition: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not become true in time');
    await delay(20);
  }
}

/** A zombie that init has not yet buried has no command line. */
const isRunning = (pid: number) => commandLine(pid) !== '';

/** The process ids of children of init that wait for `postmasterPid`: its watchdog. */
async function watchdogsOf(postmasterPid: number): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc').catch(() => [])) {
    const command = /^\d+$/.test(name) ? await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '') : '';
    if (command.includes(`kith-watchdog\0${postmasterPid}\0`)) found.push(Number(name));
  }
  return found;
}

beforeAll(async () => {
  // Spaces, quotes, dollars and letters beyond ASCII: a checkout may lie anywhere.
  root = await mkdtemp(join(tmpdir(), `kith $HOME "é' `));
  dataDir = join(root, 'database');
  const postgres = await start();
  await query(postgres.url, 'create table kept (id int); insert into kept values (1)');
  await postgres.stop();
});

afterEach(async () => {
  for (const owner of owners.splice(0)) owner.kill('SIGKILL');
  for (const postgres of running.splice(0)) await postgres.stop();
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe('startEmbeddedPostgres', () => {
  it('keeps the data from one start to the next, and starts the second in under 3 seconds', async () => {
    const startedAt = Date.now();
    const postgres = await start();
    expect(Date.now() - startedAt).toBeLessThan(3_000);
    expect(await query(postgres.url, 'select id from kept')).toEqual([{ id: 1 }]);
  });

  it('speaks UTF-8, UTC and the C locale', async () => {
    const { url } = await start();
    const [row] = await query(
      url,
      `select current_setting('server_encoding') as encoding, current_setting('timezone') as zone,
         (select datcollate from pg_database where datname = current_database()) as locale`,
    );
    expect(row).toEqual({ encoding: 'UTF8', zone: 'UTC', locale: 'C' });
  });

  it('leaves no process behind after stop', async () => {
    const postgres = await start();
    const { pid } = postgres;
    await postgres.stop();
    expect(isRunning(pid)).toBe(false);
    await eventually(async () => (await watchdogsOf(pid)).length === 0);
  });

  it('leaves no socket and no folder of one behind after stop', async () => {
    const postgres = await start();
    const folder = new URLSearchParams(postgres.url.split('?')[1]).get('host')!;
    expect(await readdir(folder)).toContain('.s.PGSQL.5432');
    await postgres.stop();
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('lets nobody in without the password, which only its owner may read', async () => {
    const { url } = await start();
    await expect(query(url.replace(/:[^:@/]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({
      code: '28P01',
    });
    expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600);
  });

  it('writes no statement and no value of a failed one into its log', async () => {
    const { url } = await start();
    await expect(query(url, `select '+14155550123'::uuid`)).rejects.toThrow('invalid input');
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('4155550123');
  });

  it('starts the server again when it dies, at the same address', async () => {
    const lines: string[] = [];
    const postgres = await start(dataDir, (line) => lines.push(line));
    const before = postgres.pid;
    process.kill(before, 'SIGKILL');
    await eventually(() => postgres.pid !== before);
    expect(await query(postgres.url, 'select id from kept')).toEqual([{ id: 1 }]);
    expect(lines).toContain('the embedded PostgreSQL ended unexpectedly; starting it again');
  });
});

describe('a data folder that another process uses', () => {
  it('is refused, naming the process', async () => {
    const { owner } = await startInAnotherProcess();
    await expect(start()).rejects.toMatchObject({
      code: 'data_in_use',
      message: expect.stringContaining(`in use by process ${owner.pid}`),
    });
  });

  it('goes to one of two that start at once', async () => {
    const outcomes = await Promise.allSettled([start(), start()]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({
      code: 'data_in_use',
    });
  });

  it('goes to one of two that make it at once, and works', async () => {
    const folder = join(root, 'contested');
    const outcomes = await Promise.allSettled([start(folder), start(folder)]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await query(running[0]!.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe.skipIf(process.platform !== 'linux')('after the owner was killed', () => {
  it('the server stops by itself', async () => {
    const { owner, postmasterPid } = await startInAnotherProcess();
    owner.kill('SIGKILL');
    await eventually(() => !isRunning(postmasterPid));
  });

  it('the next start waits for that and goes on with the data', async () => {
    const { owner } = await startInAnotherProcess();
    owner.kill('SIGKILL');
    const postgres = await start();
    expect(await query(postgres.url, 'select id from kept')).toEqual([{ id: 1 }]);
  });

  it('the next start stops a server whose watchdog was killed too', async () => {
    const { owner, postmasterPid } = await startInAnotherProcess();
    for (const watchdog of await watchdogsOf(postmasterPid)) process.kill(watchdog, 'SIGKILL');
    owner.kill('SIGKILL');
    await delay(200);
    expect(isRunning(postmasterPid)).toBe(true);
    const postgres = await start();
    expect(isRunning(postmasterPid)).toBe(false);
    expect(await query(postgres.url, 'select id from kept')).toEqual([{ id: 1 }]);
  });
});

describe('what a bad end leaves', () => {
  it('a lock file of a process that is gone, or that is something else now, is cleared', async () => {
    for (const pid of [2_000_000_000, process.pid]) {
      await writeFile(
        join(dataDir, 'cluster', 'postmaster.pid'),
        `${pid}\n/elsewhere\n1\n5432\n/tmp/elsewhere\n\n\n`,
      );
      const postgres = await start();
      expect(await query(postgres.url, 'select id from kept')).toEqual([{ id: 1 }]);
      await postgres.stop();
    }
  });

  it('a cluster whose making was cut short is thrown away and made again', async () => {
    const folder = join(root, 'half-made');
    const half = join(folder, 'cluster.new-2000000000-abcdef01');
    await mkdir(half, { recursive: true });
    await writeFile(join(half, 'PG_VERSION'), '18\n');
    const postgres = await start(folder);
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await readdir(folder)).not.toContain('cluster.new-2000000000-abcdef01');
  });

  it('a cluster of another major version is refused, and left as it is', async () => {
    const folder = join(root, 'older');
    await cp(join(dataDir, 'cluster', 'PG_VERSION'), join(folder, 'cluster', 'PG_VERSION'));
    await writeFile(join(folder, 'cluster', 'PG_VERSION'), '9\n');
    await expect(start(folder)).rejects.toMatchObject({
      code: 'data_version',
      message: expect.stringMatching(/made by PostgreSQL 9, and this is \d+/),
    });
    expect(await readdir(join(folder, 'cluster'))).toEqual(['PG_VERSION']);
  });

  it('a folder that cannot be made is named in one line', async () => {
    await writeFile(join(root, 'a-file'), '');
    const error = await start(join(root, 'a-file', 'below')).catch((reason: Error) => reason);
    expect(error).toMatchObject({ code: 'data_unwritable' });
    expect((error as Error).message).toContain(join(root, 'a-file', 'below'));
    expect((error as Error).message).not.toContain('\n');
  });
});
