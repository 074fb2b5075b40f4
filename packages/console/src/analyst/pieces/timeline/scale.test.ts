import { describe, expect, it } from 'vitest';
import { edgeAt, shareOf, spanBetween, sumWithin, tickPlaces, wholeSpan } from './scale.ts';

const days = [0, 10, 20, 30].map((at, i) => ({ at, value: i + 1 }));
const whole = wholeSpan(days, 10);

describe('a stretch of a timeline', () => {
  it('reaches to the end of the last step', () => {
    expect(whole).toEqual({ from: 0, to: 40 });
    expect(shareOf(20, whole)).toBe(0.5);
    expect(shareOf(5, wholeSpan([], 0))).toBe(0);
  });

  it('snaps to the edges of steps', () => {
    expect([-1, 0.13, 0.4, 2].map((share) => edgeAt(share, whole, 10))).toEqual([0, 10, 20, 40]);
  });

  it('is never empty, never backwards and never outside', () => {
    expect(spanBetween(30, 10, whole, 10)).toEqual({ from: 10, to: 30 });
    expect(spanBetween(20, 20, whole, 10)).toEqual({ from: 20, to: 30 });
    expect(spanBetween(40, 40, whole, 10)).toEqual({ from: 30, to: 40 });
    expect(spanBetween(-50, 90, whole, 10)).toEqual(whole);
  });

  it('counts what begins within it', () => {
    expect(sumWithin(days, { from: 10, to: 30 })).toBe(5);
    expect(sumWithin(days, whole)).toBe(10);
  });

  it('has no more letters than there is room for', () => {
    expect(tickPlaces(4, 6)).toEqual([0, 1, 2, 3]);
    expect(tickPlaces(48, 8)).toEqual([0, 6, 12, 18, 24, 30, 36, 42]);
  });
});
