import type { StartThread } from './thread.ts';

/** For platforms without threads, such as React Native: the work is done between two frames. */
export const startThread: StartThread = () => undefined;

export const threadsDefault = (): number => 0;
