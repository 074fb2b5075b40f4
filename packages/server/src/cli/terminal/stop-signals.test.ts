import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

/** A process that takes `takesMs` to stop when asked to, and says so. */
function service(takesMs: number): { child: ChildProcess; ready: Promise<void>; ended: Promise<Ending> } {
  const script = `
    import { stopRequested } from ${JSON.stringify(new URL('./stop-signals.ts', import.meta.url).href)};
    const work = setInterval(() => undefined, 1000);
    const asked = stopRequested();
    console.log('ready');
    await asked;
    await new Promise((resolve) => setTimeout(resolve, ${takesMs}));
    clearInterval(work);
    process.channel?.unref();
    console.log('stopped');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let output = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout!.on('data', (chunk) => {
      output += chunk;
      resolve();
    });
  });
  // Not 'close': it does not come to a parent that has disconnected.
  const ended = Promise.all([once(child, 'exit'), once(child.stdout!, 'end')]).then(([[code]]) => ({
    code: code as number | null,
    graceful: output.includes('stopped'),
  }));
  return { child, ready, ended };
}

interface Ending {
  code: number | null;
  graceful: boolean;
}

const delay = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.skipIf(process.platform === 'win32')('stopRequested', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('lets the service finish after %s', async (signal) => {
    const { child, ready, ended } = service(50);
    await ready;
    child.kill(signal);
    expect(await ended).toEqual({ code: 0, graceful: true });
  });

  it('lets it finish when its parent is gone', async () => {
    const { child, ready, ended } = service(50);
    await ready;
    child.disconnect();
    expect(await ended).toEqual({ code: 0, graceful: true });
  });

  it('takes one Ctrl-C that comes by several ways, and the end of npm after it, for one', async () => {
    const { child, ready, ended } = service(1_400);
    await ready;
    child.kill('SIGINT');
    await delay(50);
    child.kill('SIGINT');
    await delay(1_150);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, graceful: true });
  });

  it('ends at once for somebody who presses Ctrl-C again', async () => {
    const { child, ready, ended } = service(60_000);
    await ready;
    child.kill('SIGINT');
    await delay(1_100);
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 130, graceful: false });
  });
});
