import { describe, expect, it } from 'vitest';
import { SyncLane } from './lane.ts';

/** Work that begins and ends when the test says so. */
function stage() {
  const log: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      log.push(name);
      ends.set(name, (error) => (error ? reject(error) : resolve(name)));
    });
  const end = async (name: string, error?: Error) => {
    ends.get(name)!(error);
    await settle();
  };
  return { log, work, end };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the lane of syncs', () => {
  it('lets a member’s syncs follow each other, whatever becomes of the one before', async () => {
    const [lane, { log, work, end }] = [new SyncLane(), stage()];
    const results = [1, 2, 3].map((nth) =>
      lane.run('ann', 10, work(`ann ${nth}`)).catch((error: Error) => error.message),
    );
    const other = lane.run('bob', 10, work('bob 1'));
    await settle();
    expect(log).toEqual(['ann 1', 'bob 1']);
    await end('ann 1', new Error('failed'));
    expect(log).toEqual(['ann 1', 'bob 1', 'ann 2']);
    await end('ann 2');
    await end('ann 3');
    await end('bob 1');
    expect(await Promise.all(results)).toEqual(['failed', 'ann 2', 'ann 3']);
    expect(await other).toBe('bob 1');
  });

  it('works on two large books at a time, and lets small ones pass', async () => {
    const [lane, { log, work, end }] = [new SyncLane(), stage()];
    for (const id of ['a', 'b', 'c', 'd']) void lane.run(id, 50_000, work(id));
    void lane.run('e', 100, work('small'));
    await settle();
    expect(log).toEqual(['a', 'b', 'small']);
    await end('b');
    expect(log).toEqual(['a', 'b', 'small', 'c']);
    await end('a');
    expect(log.at(-1)).toBe('d');
  });

  it('gives everyone who waits a turn before anyone has a second', async () => {
    const [lane, { log, work, end }] = [new SyncLane(), stage()];
    const done: Promise<unknown>[] = [];
    for (const id of ['greedy', 'keen'])
      for (const nth of [1, 2, 3, 4]) done.push(lane.run(id, 9_999, work(`${id} ${nth}`)));
    done.push(lane.run('patient', 9_999, work('patient')));
    await settle();
    await end('greedy 1');
    expect(log).toEqual(['greedy 1', 'keen 1', 'patient']);
    for (let left = 8; left > 0; left -= 1) await end(log[9 - left]!);
    expect(log).toHaveLength(9);
    await Promise.all(done);
  });

  it('goes on after a failure', async () => {
    const [lane, { log, work, end }] = [new SyncLane(), stage()];
    const failing = ['a', 'b'].map((id) => lane.run(id, 50_000, work(id)).catch(() => 'failed'));
    const next = lane.run('c', 50_000, work('c'));
    await settle();
    await end('a', new Error('x'));
    await end('b', new Error('x'));
    await end('c');
    expect(await Promise.all([...failing, next])).toEqual(['failed', 'failed', 'c']);
    // Both places are free again.
    for (const id of ['d', 'e']) void lane.run(id, 50_000, work(id));
    await settle();
    expect(log.slice(3)).toEqual(['d', 'e']);
  });
});
