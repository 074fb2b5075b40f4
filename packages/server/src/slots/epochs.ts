import type { Policy } from '../budgets/policy.ts';

const dayMs = 86_400_000;

/** The epoch that `now` lies in, counted from 1970. */
export function epochAt(policy: Policy, nowMs: number): number {
  return Math.floor(nowMs / (policy.slots.epochDays * dayMs));
}

/** The epochs that a sync writes now: the current one, and near its end the next one too. */
export function epochsToWrite(policy: Policy, nowMs: number): { current: number; next?: number } {
  const current = epochAt(policy, nowMs);
  const endsMs = (current + 1) * policy.slots.epochDays * dayMs;
  return endsMs - nowMs <= policy.slots.refreshAheadDays * dayMs
    ? { current, next: current + 1 }
    : { current };
}
