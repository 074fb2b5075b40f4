import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allEnded, inBatches, inParallel } from './in-parallel.ts';
import { TakeTurns } from './take-turns.ts';

const pause = (ms = 1) => new Promise((resolve) => setTimeout(resolve, ms));

describe('work in parallel', () => {
  it('does everything once, never more than the width at a time', async () => {
    let atOnce = 0;
    let most = 0;
    const done: number[] = [];
    await inParallel([...Array(20).keys()], 3, async (item) => {
      most = Math.max(most, ++atOnce);
      await pause();
      done.push(item);
      atOnce -= 1;
    });
    expect(done.sort((a, b) => a - b)).toEqual([...Array(20).keys()]);
    expect(most).toBe(3);
  });

  it('begins nothing after a failure, and throws it once everything has ended', async () => {
    const [begun, ended]: [number[], number[]] = [[], []];
    const work = inParallel([...Array(20).keys()], 3, async (item) => {
      begun.push(item);
      if (item === 4) throw new Error('broke');
      await pause(item === 5 ? 20 : 1);
      ended.push(item);
    });
    await expect(work).rejects.toThrow('broke');
    expect(begun.length).toBeLessThan(9);
    expect(ended.length).toBe(begun.length - 1);
  });
});

describe('promises together', () => {
  it('give all results, or the first failure after the last has ended', async () => {
    expect(await allEnded([Promise.resolve(1), Promise.resolve('b')])).toEqual([1, 'b']);
    let ended = false;
    const slow = pause(10).then(() => {
      ended = true;
    });
    await expect(allEnded([Promise.reject(new Error('broke')), slow])).rejects.toThrow('broke');
    expect(ended).toBe(true);
  });
});

describe('batches', () => {
  it('hold everything in order, each of the size but the last', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), (items, size) => {
        const batches = inBatches(items, size);
        expect(batches.flat()).toEqual(items);
        for (const [at, batch] of batches.entries())
          expect(batch.length === size || at === batches.length - 1).toBe(true);
      }),
    );
  });
});

describe('turns', () => {
  it('come one after the other, failures included, and are passed over when aborted', async () => {
    const turns = new TakeTurns();
    const order: string[] = [];
    const first = turns.take(async () => {
      await pause(5);
      order.push('first');
      throw new Error('broke');
    });
    const abort = new AbortController();
    const second = turns.take(async () => order.push('second'), abort.signal);
    const third = turns.take(async () => order.push('third'));
    abort.abort(new Error('left'));
    await expect(first).rejects.toThrow('broke');
    await expect(second).rejects.toThrow('left');
    await third;
    expect(order).toEqual(['first', 'third']);
  });
});
