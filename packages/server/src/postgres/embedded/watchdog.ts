import { spawn } from 'node:child_process';
import { sendSignal } from './processes.ts';
import { childEnvironment, type RunAs } from './run-as.ts';

/**
 * Waits at its standard input, whose other end we hold. However we end, SIGKILL included, the kernel closes our end,
 * `read` returns, and the server is shut down fast; after 20 seconds at once, after 30 for good.
 */
const script = `
read -r never
kill -INT "$1" 2>/dev/null || exit 0
n=0
while kill -0 "$1" 2>/dev/null && [ $n -lt 400 ]; do
  # Where init does not bury the dead, a zombie answers to signals for ever.
  read -r state <"/proc/$1/stat"
  case "$state" in *') Z '*) exit ;; esac
  n=$((n + 1))
  [ $n -eq 200 ] && kill -QUIT "$1"
  [ $n -eq 300 ] && kill -KILL "$1"
  sleep 0.1
done`;

export interface Watchdog {
  dismiss(): void;
}

/** Sees to it that the server does not outlive us. */
export function keepWatch(postmasterPid: number, runAs: RunAs): Watchdog {
  // Windows has no sh; there the next start stops what this one left.
  if (process.platform === 'win32') return { dismiss: () => undefined };
  const watchdog = spawn('/bin/sh', ['-c', script, 'kith-watchdog', String(postmasterPid)], {
    ...runAs,
    cwd: '/',
    env: childEnvironment(),
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchdog.on('error', () => undefined);
  watchdog.unref();
  (watchdog.stdin as unknown as { unref(): void }).unref();
  return {
    dismiss: () => {
      if (watchdog.pid !== undefined && watchdog.exitCode === null) sendSignal(watchdog.pid, 'SIGKILL');
    },
  };
}
