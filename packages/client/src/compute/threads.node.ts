import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { StartThread } from './thread.ts';

/** Threads of Node. */
export const startThread: StartThread = () => {
  const worker = new Worker(new URL('./worker.node.ts', import.meta.url));
  return {
    post: (message) => worker.postMessage(message),
    listen: (onMessage) => {
      worker.on('message', onMessage);
      worker.on('error', () => onMessage(undefined));
      worker.on('exit', () => onMessage(undefined));
    },
    hold: (held) => (held ? worker.ref() : worker.unref()),
    end: () => void worker.terminate(),
  };
};

/** How many are worth starting. */
export const threadsDefault = (): number => Math.min(availableParallelism(), 4);
