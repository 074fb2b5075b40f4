import { type BucketState, unitsBorrowed } from './gcra.ts';
import type { Policy } from './policy.ts';

/** Few, so that numbers sent one by one still share a wait with hundreds of others: time must not tell them apart. */
const steps = 4;

/**
 * How long what a member finds now ripens before it joins a batch, ms: nothing while little is borrowed, and step by step up to the
 * whole wait for a burst that takes all there is.
 *
 * @param lookups the member's own bucket of lookups, after what it finds was paid for
 */
export function burstWaitMs(
  { reveals: { promptLookups, burstWaitSecs }, budgets }: Policy,
  lookups: BucketState,
  nowMs: number,
): number {
  const limit = budgets.lookups.member;
  const borrowed = unitsBorrowed(lookups, limit, nowMs) - promptLookups;
  if (borrowed <= 0) return 0;
  const step = Math.ceil((steps * borrowed) / (limit.capacity - promptLookups));
  return (burstWaitSecs * 1_000 * step) / steps;
}
