import { exitCodes } from './exit-codes.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm, the shell and the terminal may each pass one Ctrl-C on; what comes within this time is the same one. */
const sameMs = 1_000;

/**
 * Resolves at the first request to stop: a signal, or a parent that is gone. Another Ctrl-C later on, by somebody who
 * will not wait, ends the process at once; other requests do not, since npm, a shell and a supervisor that all end
 * may each send one.
 */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const stop = (signal?: NodeJS.Signals) => {
      const at = performance.now();
      if (signal === 'SIGINT' && firstAt !== undefined && at - firstAt > sameMs) {
        process.exit(exitCodes.interrupted);
      }
      firstAt ??= at;
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
    process.once('disconnect', () => stop());
  });
}
