import type { SyncEvent } from '@kith/detection';
import { describe, expect, it } from 'vitest';
import { interval } from './intervals.ts';
import { dayMs, startMs } from './life.ts';
import { ringRecall } from './outcome.ts';
import { rocOf } from './roc.ts';
import { Totals, tune } from './thresholds.ts';

const asked = (member: string, numbersNew: number, day = 0, prefix = 'p'): SyncEvent => ({
  id: `${member}-${day}`,
  at: startMs + day * dayMs,
  member,
  numbersNew,
  prefix,
});

describe('the thresholds beside detection', () => {
  it('are the lowest that cost no more honest members than allowed', () => {
    const honest = new Totals('account');
    for (let i = 1; i <= 10; i++) honest.add(asked(`m${i}`, i * 10));
    const threshold = tune(honest, 'month', 2);
    expect([...honest.above('month', threshold)].sort()).toEqual(['m10', 'm9']);
  });

  it('see a day and a month apart, and everybody behind an address', () => {
    const totals = new Totals('address').with([
      asked('a', 50, 0, 'home'),
      asked('a', 60, 1, 'home'),
      asked('b', 100, 0, 'office'),
    ]);
    expect([...totals.above('month', 105)]).toEqual(['a']);
    expect([...totals.above('day', 60)]).toEqual(['b']);
  });

  it('leave the honest totals as they were', () => {
    const honest = new Totals('account');
    honest.add(asked('m', 5));
    honest.with([asked('m', 500)]);
    expect(honest.ranked('month').map(({ value }) => value)).toEqual([5]);
  });
});

describe('what a run is summed up in', () => {
  it('a network is found where one ring holds half of it and is half made of it', () => {
    const truth = [['a', 'b', 'c', 'd']];
    expect(ringRecall(truth, [[['a', 'b', 'x']]])).toBe(1);
    expect(ringRecall(truth, [[['a', 'b', 'x', 'y', 'z']]])).toBe(0);
    expect(ringRecall(truth, [[['a'], ['b']]])).toBe(0);
  });

  it('the curve counts accounts that stand above the honest members allowed', () => {
    const scores = new Map([
      ['bad1', 9],
      ['good', 8],
      ['bad2', 7],
    ]);
    const curve = rocOf(scores, new Set(['bad1', 'bad2', 'bad3', 'bad4']), 100_000);
    expect(curve[0]?.recall).toBe(0.25);
    expect(curve[1]?.recall).toBe(0.5);
  });

  it('an interval needs two seeds, and is as wide as they differ', () => {
    expect(interval([0.5])).toBeNull();
    expect(interval([0.5, 0.5, 0.5])).toEqual([0.5, 0.5]);
    const [low, high] = interval([0.8, 1, 0.9], [0, 1]) ?? [0, 0];
    expect(low).toBeCloseTo(0.652, 2);
    expect(high).toBe(1);
  });
});
