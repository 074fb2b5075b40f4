import type { Thread } from './thread.ts';

/** A Web Worker as a thread. */
export function webThread(worker: Worker): Thread {
  return {
    post: (message) => worker.postMessage(message),
    listen: (onMessage) => {
      worker.onmessage = (event) => onMessage(event.data);
      worker.onerror = (event) => {
        // Said once, to the caller; the console need not know.
        event.preventDefault();
        onMessage(undefined);
      };
    },
    hold: () => undefined,
    end: () => worker.terminate(),
  };
}
