import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CryptoError, type CryptoErrorCode } from '@kith/protocol/crypto';
import type { TaskName, Tasks } from './tasks.ts';

interface Job {
  name: TaskName;
  given: unknown;
  resolve: (result: never) => void;
  reject: (error: Error) => void;
}

interface Thread {
  worker: Worker;
  job: Job | undefined;
}

/**
 * Threads for arithmetic, one a core. Jobs of one owner queue behind each other, owners take turns: a batch of five
 * thousand elements, cut into small jobs, delays nobody else's by more than one of them.
 */
export class ComputePool {
  readonly #size: number;
  readonly #threads: Thread[] = [];
  readonly #queues = new Map<string, Job[]>();
  #closed = false;

  constructor(size: number = availableParallelism()) {
    this.#size = size;
  }

  /** @throws CryptoError of the task */
  run<Name extends TaskName>(
    owner: string,
    name: Name,
    given: Tasks[Name]['given'],
  ): Promise<Tasks[Name]['result']> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(owner) ?? [];
      queue.push({ name, given, resolve: resolve as Job['resolve'], reject });
      this.#queues.set(owner, queue);
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    while (this.#queues.size > 0 && !this.#closed) {
      const thread = this.#idleThread();
      if (!thread) return;
      thread.job = this.#next();
      thread.worker.ref();
      thread.worker.postMessage({ name: thread.job.name, given: thread.job.given });
    }
  }

  /** The next job of the owner whose turn it is; the owner goes to the end of the line. */
  #next(): Job {
    const [owner, queue] = this.#queues.entries().next().value!;
    const job = queue.shift()!;
    this.#queues.delete(owner);
    if (queue.length > 0) this.#queues.set(owner, queue);
    return job;
  }

  #idleThread(): Thread | undefined {
    const idle = this.#threads.find((thread) => !thread.job);
    if (idle || this.#threads.length === this.#size) return idle;
    const thread: Thread = { worker: new Worker(new URL('./worker.ts', import.meta.url)), job: undefined };
    // An idle thread keeps nobody from exiting.
    thread.worker.unref();
    thread.worker.on('message', (answer: Answer) => this.#finish(thread, answer));
    thread.worker.on('error', (error: Error) => this.#lose(thread, error));
    this.#threads.push(thread);
    return thread;
  }

  #finish(thread: Thread, { result, error }: Answer): void {
    const { job } = thread;
    thread.job = undefined;
    thread.worker.unref();
    if (error) job?.reject(error.code ? new CryptoError(error.code, at(error)) : new Error(error.message));
    else job?.resolve(result as never);
    this.#dispatch();
  }

  /** A thread that died takes its job with it and is replaced. */
  #lose(thread: Thread, error: Error): void {
    this.#threads.splice(this.#threads.indexOf(thread), 1);
    thread.job?.reject(error);
    this.#dispatch();
  }
}

interface Answer {
  result?: unknown;
  error?: { code?: CryptoErrorCode; message: string; at?: number };
}

const at = (error: { at?: number }) => (error.at === undefined ? {} : { at: error.at });
