import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { WatchError } from '../errors.ts';
import { type ChildReply, type ChildRequest, childOptionsVariable } from './chdb-messages.ts';
import { defaultLimits, type Engine, type EngineLimits, engineSettings, type SqlParams } from './engine.ts';

export interface ChdbOptions {
  /** Where the tables live; without it, a temporary folder that `close` removes. */
  folder?: string;
  limits?: EngineLimits;
  /** The tables die with the run: nothing waits for the disk to have them. */
  isScratch?: boolean;
  /** Told of every loss of the child: a line for the log. */
  onLost?: (message: string) => void;
}

const startTimeoutMs = 30_000;
const backoffMsMax = 10_000;

/** Whether the optional package is installed for this platform. */
export function chdbInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve('chdb');
    createRequire(createRequire(import.meta.url).resolve('chdb')).resolve(
      `@chdb/lib-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`,
    );
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts chDB in a child process and supervises it: a child that dies is started anew, with growing pauses where it keeps
 * dying; what was under way fails with `event_store_unavailable`, and may be tried again.
 *
 * @throws WatchError `event_store_missing` where the optional package is absent, `event_store_unavailable` where the folder
 *   cannot be opened (another process may hold it).
 */
export async function openChdb(
  options: ChdbOptions = {},
): Promise<Engine & { readonly pid: number | undefined }> {
  if (!chdbInstalled()) {
    throw new WatchError(
      'event_store_missing',
      'The embedded event store needs the optional package "chdb" (about 550 MB), which is not installed for this platform. ' +
        'Install it (npm install chdb); a service can use a ClickHouse server instead (CLICKHOUSE_URL).',
    );
  }
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'kith-events-')));
  await mkdir(folder, { recursive: true });
  const engine = new ChdbEngine(folder, options.folder === undefined, options);
  await engine.start();
  return engine;
}

interface Pending {
  resolve: (bytes: Uint8Array | undefined) => void;
  reject: (error: WatchError) => void;
}

type RequestBody = ChildRequest extends infer Each
  ? Each extends { id: number }
    ? Omit<Each, 'id'>
    : never
  : never;

class ChdbEngine implements Engine {
  readonly kind = 'chdb';
  generation = 0;
  readonly #folder: string;
  readonly #temporary: boolean;
  readonly #settings: Record<string, number | string>;
  readonly #onLost: (message: string) => void;
  readonly #pending = new Map<number, Pending>();
  #child: ChildProcess | undefined;
  #ready: Promise<ChildProcess> | undefined;
  #requests = 0;
  #closed = false;

  constructor(folder: string, temporary: boolean, options: ChdbOptions) {
    this.#folder = folder;
    this.#temporary = temporary;
    this.#settings = {
      ...engineSettings(options.limits ?? defaultLimits),
      ...(options.isScratch ? { fsync_metadata: 0 } : {}),
    };
    this.#onLost = options.onLost ?? (() => {});
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async start(): Promise<void> {
    this.#ready = this.#spawn();
    await this.#ready;
  }

  async query<Row>(sql: string, params: SqlParams = {}): Promise<Row[]> {
    const bytes = await this.#request({ do: 'query', sql, params });
    return bytes && bytes.length > 0 ? parseLines<Row>(bytes) : [];
  }

  async command(sql: string, params: SqlParams = {}): Promise<void> {
    await this.#request({ do: 'command', sql, params });
  }

  async insertLines(table: string, lines: string): Promise<void> {
    if (lines !== '') await this.#request({ do: 'insert', table, lines: Buffer.from(lines) });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    const child = await this.#ready?.catch(() => undefined);
    this.#closed = true;
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.send({ id: 0, do: 'close' } satisfies ChildRequest);
      if ((await Promise.race([gone.then(() => true), wait(5_000, false, { ref: false })])) === false)
        child.kill('SIGKILL');
    }
    if (this.#temporary) await rm(this.#folder, { recursive: true, force: true });
  }

  async #request(body: RequestBody): Promise<Uint8Array | undefined> {
    if (this.#closed || !this.#ready) throw unavailable('The event store is closed');
    const child = await this.#ready;
    const id = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      child.send({ ...body, id }, (error) => {
        if (error) this.#settle(id)?.reject(unavailable('The event store process is gone'));
      });
    });
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #spawn(): Promise<ChildProcess> {
    const child = fork(new URL('./chdb-child.ts', import.meta.url), {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {
        ...process.env,
        [childOptionsVariable]: JSON.stringify({ folder: this.#folder, settings: this.#settings }),
      },
    });
    this.#child = child;
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-2_000);
    });
    child.on('message', (reply: ChildReply) => this.#receive(reply));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), startTimeoutMs);
      child.once('message', (reply: ChildReply) => {
        clearTimeout(timer);
        if ('ready' in reply && reply.ready) return resolve(child);
        const message = 'message' in reply ? firstLine(reply.message) : 'it did not start';
        reject(unavailable(`The event store cannot be opened in ${this.#folder}: ${message}`));
      });
      child.once('error', (cause) => reject(unavailable('The event store process cannot be started', cause)));
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        reject(unavailable(`The event store process ended (${signal ?? code}) ${firstLine(complaint)}`));
        this.#lost(child, signal ?? String(code));
      });
    });
  }

  #receive(reply: ChildReply): void {
    if (!('id' in reply)) return;
    const pending = this.#settle(reply.id);
    if (reply.ok) pending?.resolve(reply.bytes);
    else pending?.reject(new WatchError('event_store_query_failed', firstLine(reply.message)));
  }

  #lost(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    const wasReady = this.#ready;
    const under = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of under) pending.reject(unavailable(`The event store process ended (${how})`));
    if (this.#closed) return;
    void wasReady?.then(
      () => this.#restart(how),
      () => {},
    );
  }

  #restart(how: string): void {
    this.generation++;
    this.#onLost(`The event store process ended (${how}); starting it again`);
    const ready = this.#startAgain();
    ready.catch(() => {});
    this.#ready = ready;
  }

  /** Tries until it runs or the engine is closed: a full disk may be emptied while the service goes on without us. */
  async #startAgain(): Promise<ChildProcess> {
    for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, backoffMsMax)) {
      await wait(pauseMs, undefined, { ref: false });
      if (this.#closed) throw unavailable('The event store is closed');
      try {
        return await this.#spawn();
      } catch (error) {
        this.#onLost(error instanceof Error ? error.message : String(error));
      }
    }
  }
}

function unavailable(message: string, cause?: unknown): WatchError {
  return new WatchError(
    'event_store_unavailable',
    message.trim(),
    cause === undefined ? undefined : { cause },
  );
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').slice(0, 500);
}

function parseLines<Row>(bytes: Uint8Array): Row[] {
  const rows: Row[] = [];
  const text = new TextDecoder().decode(bytes);
  for (let from = 0; from < text.length; ) {
    const to = text.indexOf('\n', from);
    const end = to === -1 ? text.length : to;
    if (end > from) rows.push(JSON.parse(text.slice(from, end)) as Row);
    from = end + 1;
  }
  return rows;
}
