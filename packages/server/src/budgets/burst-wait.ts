import { type BucketState, unitsBorrowed } from './gcra.ts';
import type { Policy } from './policy.ts';
import { reciprocityOf } from './reciprocity.ts';

/** Few, so that numbers sent one by one still share a wait with hundreds of others: time must not tell them apart. */
const steps = 4;

/**
 * How long what a member finds now ripens before it joins a batch, ms: nothing while little is borrowed, and step by step up to the
 * whole wait for a burst that takes all there is. Reciprocity pays here too: whoever has met established members has a real book.
 *
 * @param lookups the member's own bucket of lookups, after what it finds was paid for
 * @param allies established members whom it has met
 */
export function burstWaitMs(policy: Policy, lookups: BucketState, allies: number, nowMs: number): number {
  const { promptLookups, burstWaitSecs } = policy.reveals;
  const limit = policy.budgets.lookups.member;
  const borrowed =
    unitsBorrowed(lookups, limit, nowMs) - promptLookups - reciprocityOf(policy, 'lookups', allies);
  if (borrowed <= 0) return 0;
  const step = Math.ceil((steps * borrowed) / (limit.capacity - promptLookups));
  return (burstWaitSecs * 1_000 * step) / steps;
}
