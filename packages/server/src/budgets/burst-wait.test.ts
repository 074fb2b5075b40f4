import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burstWaitMs } from './burst-wait.ts';
import { spend } from './gcra.ts';
import { defaultPolicy } from './policy.ts';

const dayMs = 86_400_000;
const wholeMs = defaultPolicy.reveals.burstWaitSecs * 1_000;
const start = Date.UTC(2026, 0, 1);
const limit = defaultPolicy.budgets.lookups.member;
const { promptLookups } = defaultPolicy.reveals;
const after = (lookups: number) => spend({ tatMs: 0 }, limit, start, lookups);
const waitMs = (lookups: number, nowMs = start) => burstWaitMs(defaultPolicy, after(lookups), 0, nowMs);

describe('what a burst of lookups finds', () => {
  it('waits for nothing but the next batch while two days’ worth is borrowed', () => {
    expect(waitMs(0)).toBe(0);
    expect(waitMs(promptLookups)).toBe(0);
  });

  it('ripens for two days where all was taken at once, and for less where less was', () => {
    expect(waitMs(limit.capacity)).toBe(2 * dayMs);
    expect(waitMs((limit.capacity + promptLookups) / 2)).toBe(wholeMs / 2);
    expect(waitMs(promptLookups + 1)).toBe(wholeMs / 4);
  });

  it('has few waits: numbers sent one after the other cannot be told apart by when they ripen', () => {
    const waits = Array.from({ length: limit.capacity }, (_, sent) => waitMs(sent + 1));
    expect(new Set(waits).size).toBe(5);
  });

  it('never waits longer for fewer lookups, or later, or beyond the whole wait', () => {
    const lookups = fc.integer({ min: 0, max: limit.capacity });
    const days = fc.double({ min: 0, max: 40, noNaN: true });
    fc.assert(
      fc.property(lookups, lookups, days, (a, b, later) => {
        const [fewer, more] = [Math.min(a, b), Math.max(a, b)];
        expect(waitMs(fewer)).toBeLessThanOrEqual(waitMs(more));
        expect(waitMs(more, start + later * dayMs)).toBeLessThanOrEqual(waitMs(more));
        expect(waitMs(more)).toBeLessThanOrEqual(wholeMs);
      }),
    );
  });

  it('waits less for those who have met many: real address books are hardly slowed', () => {
    const { perAlly } = defaultPolicy.reciprocity.lookups;
    const allies = (400 - promptLookups) / perAlly;
    expect(burstWaitMs(defaultPolicy, after(400), allies, start)).toBe(0);
    expect(burstWaitMs(defaultPolicy, after(limit.capacity), allies, start)).toBeLessThan(wholeMs);
  });

  it('is prompt under a policy that gives no more than that', () => {
    const lookups = { ...defaultPolicy.budgets.lookups, member: { capacity: 40, perDay: 50 } };
    const policy = { ...defaultPolicy, budgets: { ...defaultPolicy.budgets, lookups } };
    expect(burstWaitMs(policy, spend({ tatMs: 0 }, lookups.member, start, 40), 0, start)).toBe(0);
  });
});
