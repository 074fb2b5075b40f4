import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';

const name = `test-${process.pid}`;
const path = join(root, '.kith', `${name}.lock`);

describe('withLock', () => {
  it('lets one work after the other, and leaves no lock', async () => {
    const events = [];
    const work = (who) => () =>
      delay(50, events.push(`${who} begins`)).then(() => {
        events.push(`${who} ends`);
      });
    await Promise.all([withLock(name, work('first')), withLock(name, work('second'))]);
    expect(events).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    expect(existsSync(path)).toBe(false);
  });

  it('lets go when the work fails', async () => {
    await expect(withLock(name, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(path)).toBe(false);
  });

  it('takes over from a start that was killed', async () => {
    mkdirSync(join(root, '.kith'), { recursive: true });
    writeFileSync(path, '2000000000');
    expect(await withLock(name, async () => 'done')).toBe('done');
  });

  it('waits while a process that the killed one started is still at it', async () => {
    writeFileSync(path, `2000000000 ${process.pid}`);
    let done = false;
    const waiting = withLock(name, async () => {
      done = true;
    });
    await delay(500);
    expect(done).toBe(false);
    writeFileSync(path, '2000000000');
    await waiting;
    expect(done).toBe(true);
  });
});
