import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';

const preload = new URL('./end-with-parent.mjs', import.meta.url).href;

/** A command as bin/kith.mjs starts it; `listens` to signals, telling each, or leaves them their usual effect. */
async function command({ listens }) {
  const listen = `for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log(signal));`;
  const script = `${listens ? listen : ''} console.log('ready'); setTimeout(() => process.exit(7), 2500);`;
  const child = spawn(process.execPath, ['--import', preload, '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const lines = [];
  child.stdout.on('data', (chunk) => lines.push(...String(chunk).trim().split('\n')));
  await once(child.stdout, 'data');
  const ended = Promise.all([once(child, 'exit'), once(child.stdout, 'end')]).then(([[code, signal]]) => ({
    code,
    signal,
    heard: lines.slice(1),
  }));
  return { child, ended };
}

describe.skipIf(process.platform === 'win32')('a command started by bin/kith.mjs', () => {
  it('is told to stop when its parent is gone', async () => {
    const { child, ended } = await command({ listens: true });
    child.disconnect();
    expect(await ended).toEqual({ code: 7, signal: null, heard: ['SIGTERM'] });
  });

  it('ends of it if it does not listen', async () => {
    const { child, ended } = await command({ listens: false });
    child.disconnect();
    expect(await ended).toEqual({ code: null, signal: 'SIGTERM', heard: [] });
  });

  it('hears a signal that reached its parent alone', async () => {
    const { child, ended } = await command({ listens: true });
    child.send({ signal: 'SIGINT' });
    expect((await ended).heard).toEqual(['SIGINT']);
  });

  it('hears a Ctrl-C that reached both of them once', async () => {
    const { child, ended } = await command({ listens: true });
    child.kill('SIGINT');
    await delay(150);
    child.send({ signal: 'SIGINT' });
    expect((await ended).heard).toEqual(['SIGINT']);
  });
});
