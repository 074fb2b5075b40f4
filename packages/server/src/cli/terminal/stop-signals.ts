import { exitCodes } from './exit-codes.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * npm, the shell and the terminal may each pass one Ctrl-C on; what comes within this time is the same one.
 */
const sameMs = 1_000;

/**
 * Resolves at the first signal to stop. A later one, by somebody who will not wait, ends the process at once.
 *
 * @returns the signal
 */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const heard = (signal: NodeJS.Signals) => {
      const at = performance.now();
      if (firstAt !== undefined && at - firstAt > sameMs) process.exit(exitCodes.interrupted);
      firstAt ??= at;
      resolve(signal);
    };
    for (const signal of signals) process.on(signal, heard);
  });
}
