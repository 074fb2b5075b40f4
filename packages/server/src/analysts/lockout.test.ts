import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, type Failures, lockoutRules, waitOf } from './lockout.ts';

const rule = lockoutRules.name;
const start = 1_700_000_000_000;

function fail(times: number, at = start): Failures {
  let state: Failures | undefined;
  for (let count = 0; count < times; count += 1) state = afterFailure(rule, state, at);
  return state!;
}

describe('the delay after failures', () => {
  it('is none up to the limit, then doubles, and never grows beyond its end', () => {
    expect([1, 4, 5, 6, 7, 20, 1_000].map((times) => waitOf(fail(times), start))).toEqual([
      0, 0, 5_000, 10_000, 20_000, 900_000, 900_000,
    ]);
  });

  it('does not hold up one whose clock is a little behind, before anything is locked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: rule.freeMax - 1 }), fc.nat(60_000), (times, behindMs) => {
        expect(waitOf(fail(times), start - behindMs)).toBe(0);
      }),
    );
  });

  it('is forgotten in time, so that nobody is shut out for good', () => {
    const locked = fail(1_000);
    expect(waitOf(locked, start + rule.delayMsMax)).toBe(0);
    expect(afterFailure(rule, locked, start + rule.forgetMs).failures).toBe(1);
    expect(afterFailure(rule, locked, start + rule.forgetMs - 1).failures).toBe(1_001);
  });
});
