import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affordableAtMs, afterJump, type BucketState, fullAtMs, spend, unitMs, unitsLeft } from './gcra.ts';
import type { Limit } from './policy.ts';

const dayMs = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const untouched: BucketState = { tatMs: 0 };

const limits = fc.record({
  capacity: fc.integer({ min: 0, max: 50_000 }),
  perDay: fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0.5, max: 100, noNaN: true })),
});
/** Waits, in ms, and how much is then asked for. */
const requests = fc.array(
  fc.record({ waitMs: fc.integer({ min: 0, max: 3 * dayMs }), wanted: fc.integer({ min: 0, max: 60_000 }) }),
  { minLength: 1, maxLength: 40 },
);

/** Takes as much of what is wanted as is left. */
function take(state: BucketState, limit: Limit, nowMs: number, wanted: number) {
  const granted = Math.min(wanted, Math.max(unitsLeft(state, limit, nowMs), 0));
  return { granted, state: granted > 0 ? spend(state, limit, nowMs, granted) : state };
}

/** Every grant with its time, one request after the other. */
function grants(limit: Limit, asked: readonly { waitMs: number; wanted: number }[]) {
  let state = untouched;
  let nowMs = start;
  return asked.map(({ waitMs, wanted }) => {
    nowMs += waitMs;
    const taken = take(state, limit, nowMs, wanted);
    state = taken.state;
    return { nowMs, granted: taken.granted };
  });
}

describe('a leaky bucket', () => {
  it('never gives more than its capacity and what flowed back, over any interval', () => {
    fc.assert(
      fc.property(limits, requests, (limit, asked) => {
        const given = grants(limit, asked);
        for (let from = 0; from < given.length; from += 1) {
          let sum = 0;
          for (const { nowMs, granted } of given.slice(from)) {
            sum += granted;
            const flowedBack = ((nowMs - given[from]!.nowMs) / dayMs) * limit.perDay;
            expect(sum).toBeLessThanOrEqual(limit.capacity + flowedBack + 1e-5);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives all that it promises: what is left can be spent, one by one or at once', () => {
    fc.assert(
      fc.property(limits, requests, fc.integer({ min: 0, max: dayMs }), (limit, asked, laterMs) => {
        let state = untouched;
        let nowMs = start;
        for (const { waitMs, wanted } of asked) {
          nowMs += waitMs;
          ({ state } = take(state, limit, nowMs, wanted));
        }
        nowMs += laterMs;
        const left = unitsLeft(state, limit, nowMs);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(limit.capacity);
        expect(unitsLeft(left > 0 ? spend(state, limit, nowMs, left) : state, limit, nowMs)).toBe(0);
      }),
    );
  });

  it('begins full, empties to nothing, and is full again when it says so', () => {
    fc.assert(
      fc.property(limits, (limit) => {
        expect(unitsLeft(untouched, limit, start)).toBe(limit.capacity);
        const empty = spend(untouched, limit, start, limit.capacity);
        expect(unitsLeft(empty, limit, start)).toBe(0);
        const fullAt = fullAtMs(empty, limit, start);
        expect(fullAt - start).toBeCloseTo(limit.capacity * unitMs(limit), 0);
        expect(unitsLeft(empty, limit, fullAt)).toBe(limit.capacity);
      }),
    );
  });

  it('says truly when so many units will have been affordable, and not too late', () => {
    fc.assert(
      fc.property(limits, fc.nat(), fc.nat(), (limit, spentSeed, countSeed) => {
        fc.pre(limit.capacity > 0);
        const spent = spentSeed % (limit.capacity + 1);
        const count = 1 + (countSeed % limit.capacity);
        const state = spent > 0 ? spend(untouched, limit, start, spent) : untouched;
        const at = affordableAtMs(state, limit, start, count);
        expect(unitsLeft(state, limit, at)).toBeGreaterThanOrEqual(count);
        if (at > start) expect(unitsLeft(state, limit, at - unitMs(limit) / 2)).toBeLessThan(count);
      }),
    );
  });
});

describe('a clock that jumps back', () => {
  const limit: Limit = { capacity: 50, perDay: 20 };
  const jumps = fc.integer({ min: 0, max: 365 * dayMs });

  it('gives nothing for free', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), jumps, (spent, jumpMs) => {
        const state = spent > 0 ? spend(untouched, limit, start, spent) : untouched;
        const back = start - jumpMs;
        const after = afterJump(state, limit, back) ?? state;
        if (spent > 0) expect(unitsLeft(after, limit, back)).toBeLessThanOrEqual(50 - spent);
      }),
    );
  });

  it('locks nobody out for longer than an empty bucket would, give or take what clocks differ', () => {
    fc.assert(
      fc.property(jumps, (jumpMs) => {
        const back = start - jumpMs;
        const empty = spend(untouched, limit, start, limit.capacity);
        const state = afterJump(empty, limit, back) ?? empty;
        expect(unitsLeft(state, limit, back + unitMs(limit) + 600_000)).toBeGreaterThanOrEqual(1);
        expect(unitsLeft(state, limit, back + 50 * unitMs(limit) + 600_000)).toBe(50);
      }),
    );
  });

  it('pays nothing to those who ask two servers in turn whose clocks differ by seconds', () => {
    let state = spend(untouched, limit, start, limit.capacity);
    let granted = 0;
    for (let turn = 0; turn < 2_000; turn += 1) {
      const nowMs = start + turn - (turn % 2) * 30_000;
      state = afterJump(state, limit, nowMs) ?? state;
      const taken = take(state, limit, nowMs, 1);
      state = taken.state;
      granted += taken.granted;
    }
    expect(granted).toBe(0);
  });
});
