/**
 * The process that holds chDB. The engine is native code: should it crash or eat the memory, it takes this process down and
 * no other. It serves its parent alone and ends when the parent does.
 */
import { createRequire } from 'node:module';
import {
  type ChildOptions,
  type ChildReply,
  type ChildRequest,
  childOptionsVariable,
} from './chdb-messages.ts';

type ChdbModule = typeof import('chdb');
type Session = InstanceType<ChdbModule['Session']>;

/** Queries that may run at once; each needs a connection of its own, or a short one waits behind a long one. */
const sessionsMax = 4;

const options = JSON.parse(process.env[childOptionsVariable] ?? '{}') as ChildOptions;
const send = (reply: ChildReply): void => {
  if (process.connected) process.send?.(reply);
};

/** Hands out connections: an idle one, a new one while there may be more, or the next to come free. */
class Sessions {
  readonly #open: () => Session;
  readonly #all: Session[] = [];
  readonly #idle: Session[] = [];
  readonly #waiting: ((session: Session) => void)[] = [];

  constructor(open: () => Session) {
    this.#open = open;
  }

  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.#take();
    try {
      return await work(session);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(session);
      else this.#idle.push(session);
    }
  }

  close(): void {
    for (const session of this.#all) session.close();
  }

  #take(): Promise<Session> | Session {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#all.length >= sessionsMax) return new Promise((resolve) => this.#waiting.push(resolve));
    const session = this.#open();
    this.#all.push(session);
    return session;
  }
}

async function serve(request: ChildRequest, sessions: Sessions): Promise<Uint8Array | undefined> {
  if (request.do === 'close') return;
  return sessions.use(async (session) => {
    if (request.do === 'insert') {
      const values = Buffer.from(request.lines.buffer, request.lines.byteOffset, request.lines.byteLength);
      await session.insert({ table: request.table, values, format: 'JSONEachRow' });
      return;
    }
    const format = request.do === 'query' ? 'JSONEachRow' : 'Null';
    // Queries with parameters wait for each other, on whatever connection, and all others for none.
    if (Object.keys(request.params).length === 0)
      return (await session.queryAsync(request.sql, { format })).bytes();
    return (await session.queryBindAsync(request.sql, request.params, { format })).bytes();
  });
}

async function answer(request: ChildRequest, sessions: Sessions): Promise<void> {
  try {
    const bytes = await serve(request, sessions);
    send({ id: request.id, ok: true, ...(bytes ? { bytes } : {}) });
  } catch (error) {
    send({ id: request.id, ok: false, message: error instanceof Error ? error.message : String(error) });
  }
  if (request.do === 'close') end(sessions);
}

function end(sessions: Sessions): void {
  sessions.close();
  process.exit(0);
}

function start(): void {
  const { Session } = createRequire(import.meta.url)('chdb') as ChdbModule;
  const connectionArgs = Object.entries(options.settings).map(([name, value]) => `--${name}=${value}`);
  const sessions = new Sessions(() => new Session(options.folder, { connectionArgs }));
  process.on('message', (request: ChildRequest) => void answer(request, sessions));
  process.on('disconnect', () => end(sessions));
  // A terminal's Ctrl-C goes to every process of the group; the parent decides when this one ends.
  process.on('SIGINT', () => {});
  sessions
    .use(async (session) => void (await session.queryAsync('SELECT 1')))
    .then(
      () => send({ ready: true }),
      (error: Error) => {
        send({ ready: false, message: error.message });
        end(sessions);
      },
    );
}

try {
  start();
} catch (error) {
  send({ ready: false, message: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  process.disconnect?.();
}
