import { startThread, threadsDefault } from '#threads';
import type { Backend } from './backends.ts';
import type { Compute } from './compute.ts';
import { inThread } from './in-thread.ts';
import { ThreadPool } from './thread-pool.ts';
import { webThread } from './web-thread.ts';

export interface ComputeOptions {
  backend?: Backend;
  /** 0 for the app's own thread alone; default what the device has, less one in a browser, at most 4. */
  threads?: number;
  /** Starts a Web Worker from `@kith/client/worker`, where the app's bundler does not find it by itself. */
  startWorker?: () => Worker;
}

/** Threads where there are any. */
export function createCompute({ backend = 'auto', threads, startWorker }: ComputeOptions): Compute {
  const width = threads ?? (startWorker ? Math.max(threadsDefault(), 1) : threadsDefault());
  if (width < 1) return inThread(backend);
  return new ThreadPool(backend, width, startWorker ? () => webThread(startWorker()) : startThread);
}
