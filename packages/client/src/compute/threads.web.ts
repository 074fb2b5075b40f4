import type { StartThread } from './thread.ts';
import { webThread } from './web-thread.ts';

/** Web Workers, where the browser has them. */
export const startThread: StartThread = () => {
  if (typeof Worker === 'undefined') return undefined;
  return webThread(new Worker(new URL('./worker.web.ts', import.meta.url), { type: 'module' }));
};

/** How many are worth starting. */
export const threadsDefault = (): number =>
  Math.min(Math.max((globalThis.navigator?.hardwareConcurrency ?? 2) - 1, 1), 4);
