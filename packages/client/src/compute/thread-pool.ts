import { CryptoError, type CryptoErrorCode } from '@kith/protocol/crypto';
import { KithError } from '../http/kith-error.ts';
import type { Backend } from './backends.ts';
import type { Compute } from './compute.ts';
import { inThread } from './in-thread.ts';
import type { TaskName, Tasks } from './tasks.ts';
import type { FromThread, StartThread, Thread } from './thread.ts';

interface Job {
  name: TaskName;
  given: unknown;
  signal: AbortSignal | undefined;
  resolve(result: never): void;
  reject(reason: unknown): void;
}

interface Member {
  thread: Thread;
  started: boolean;
  job: Job | undefined;
}

/** Threads that nobody has asked anything for so long are let go, ms. */
const idleMs = 30_000;

/**
 * Does the arithmetic in threads, started when there is something to do. Where threads turn out not to start, the work
 * goes on in the caller's own: a content policy or a bundler may be in the way.
 */
export class ThreadPool implements Compute {
  readonly contactsPerTask = 8;
  readonly width: number;
  readonly #backend: Backend;
  readonly #start: StartThread;
  readonly #members = new Set<Member>();
  readonly #queue: Job[] = [];
  #instead: Compute | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, width: number, start: StartThread) {
    this.#backend = backend;
    this.width = width;
    this.#start = start;
  }

  run<Name extends TaskName>(
    name: Name,
    given: Tasks[Name]['given'],
    signal?: AbortSignal,
  ): Promise<Tasks[Name]['result']> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      this.#queue.push({ name, given, signal, resolve: resolve as Job['resolve'], reject });
      this.#dispatch();
    });
  }

  close(): void {
    const left = [...this.#queue.splice(0), ...[...this.#members].flatMap(({ job }) => job ?? [])];
    for (const { thread } of this.#members) thread.end();
    this.#members.clear();
    this.#instead?.close();
    clearTimeout(this.#idle);
    for (const { reject } of left)
      reject(new KithError({ code: 'closed', status: 0, message: 'The client was closed' }));
  }

  #dispatch(): void {
    clearTimeout(this.#idle);
    while (this.#queue.length > 0) {
      const member = [...this.#members].find(({ job, started }) => started && job === undefined);
      if (member === undefined) break;
      this.#give(member, this.#queue.shift()!);
    }
    this.#enlist();
    if (this.#instead) this.#divert(this.#instead);
    if ([...this.#members].every(({ job }) => job === undefined)) this.#rest();
  }

  /** Starts a thread for each job that waits, less those that are starting already. */
  #enlist(): void {
    const starting = [...this.#members].filter(({ started }) => !started).length;
    const missing = Math.min(this.#queue.length - starting, this.width - this.#members.size);
    for (let left = missing; left > 0 && !this.#instead; left -= 1) this.#startOne();
  }

  #startOne(): void {
    const thread = this.#begin();
    if (thread === undefined) {
      this.#instead = inThread(this.#backend);
      return;
    }
    const member: Member = { thread, started: false, job: undefined };
    this.#members.add(member);
    thread.listen((message) => this.#hear(member, message));
    thread.post({ backend: this.#backend });
  }

  #give(member: Member, job: Job): void {
    if (job.signal?.aborted) {
      job.reject(job.signal.reason);
      return;
    }
    member.job = job;
    member.thread.hold(true);
    member.thread.post({ id: 0, name: job.name, given: job.given });
  }

  #begin(): Thread | undefined {
    try {
      return this.#start();
    } catch {
      return undefined;
    }
  }

  #hear(member: Member, message: FromThread | undefined): void {
    if (!this.#members.has(member)) return;
    if (message === undefined) {
      this.#lose(member);
      return;
    }
    const { job } = member;
    member.job = undefined;
    if ('started' in message) member.started = true;
    else if ('error' in message) job?.reject(errorOf(message.error));
    else job?.resolve(message.result as never);
    member.thread.hold(false);
    this.#dispatch();
  }

  /** A thread that died gives its job to another; one that never lived shows that there are none to be had. */
  #lose(member: Member): void {
    this.#members.delete(member);
    if (member.job) this.#queue.unshift(member.job);
    this.#instead ??= inThread(this.#backend);
    this.#dispatch();
  }

  #divert(instead: Compute): void {
    for (const { name, given, signal, resolve, reject } of this.#queue.splice(0))
      instead.run(name, given as never, signal).then(resolve as (result: unknown) => void, reject);
  }

  #rest(): void {
    this.#idle = setTimeout(() => this.close(), idleMs);
    // In Node a timer keeps the process alive; elsewhere it is a number.
    if (typeof this.#idle === 'object') this.#idle.unref?.();
  }
}

function errorOf({ code, message, at, issuers }: Extract<FromThread, { error: unknown }>['error']): Error {
  if (code === undefined) return new Error(message);
  return new CryptoError(code as CryptoErrorCode, {
    ...(at !== undefined && { at }),
    ...(issuers && { issuers }),
  });
}
