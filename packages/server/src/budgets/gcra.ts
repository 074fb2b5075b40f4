import type { Limit } from './policy.ts';

/**
 * The generic cell rate algorithm (ITU-T I.371) on a scheduler's clock: one number, the theoretical arrival time `tat`,
 * says how full the bucket is. Each unit pushes it `dayMs / perDay` ahead; it may run ahead of now by the capacity.
 */
export interface BucketState {
  /** Theoretical arrival time, ms since 1970. */
  tatMs: number;
}

const dayMs = 86_400_000;

/** Milliseconds in which one unit flows back. */
export function unitMs(limit: Limit): number {
  return dayMs / limit.perDay;
}

/** By so much the clocks of two servers may differ, ms; more is a clock that jumped. */
const skewMsMax = 600_000;

/**
 * The state to go on with, where a clock that jumped back would lock the owner out for the length of the jump: an empty
 * bucket. Smaller differences stay, or whoever asks two servers in turn would be given them each time.
 */
export function afterJump(state: BucketState, limit: Limit, nowMs: number): BucketState | undefined {
  const emptyMs = nowMs + limit.capacity * unitMs(limit);
  return state.tatMs > emptyMs + skewMsMax ? { tatMs: emptyMs } : undefined;
}

/** How far the bucket runs ahead of now, ms; never more than an empty one does. */
function aheadMs(state: BucketState, limit: Limit, nowMs: number): number {
  return Math.min(Math.max(state.tatMs - nowMs, 0), limit.capacity * unitMs(limit));
}

/** Whole units that may be spent now. */
export function unitsLeft(state: BucketState, limit: Limit, nowMs: number): number {
  // The small term forgives floating point, so that a bucket that is exactly full counts as full.
  return Math.floor(limit.capacity - aheadMs(state, limit, nowMs) / unitMs(limit) + 1e-6);
}

/** Units taken in advance of what has flowed in since: 0 for a full bucket, the capacity for an empty one. */
export function unitsBorrowed(state: BucketState, limit: Limit, nowMs: number): number {
  return aheadMs(state, limit, nowMs) / unitMs(limit);
}

/** The state after spending `count` units; the caller has made sure that they are left. */
export function spend(state: BucketState, limit: Limit, nowMs: number, count: number): BucketState {
  return { tatMs: nowMs + aheadMs(state, limit, nowMs) + count * unitMs(limit) };
}

/** When nothing more will flow back, ms since 1970; now when the bucket is full. */
export function fullAtMs(state: BucketState, limit: Limit, nowMs: number): number {
  return nowMs + aheadMs(state, limit, nowMs);
}

/** When `count` units will have been affordable one after the other, ms since 1970. */
export function affordableAtMs(state: BucketState, limit: Limit, nowMs: number, count: number): number {
  const shortMs = aheadMs(state, limit, nowMs) + count * unitMs(limit) - limit.capacity * unitMs(limit);
  return nowMs + Math.max(shortMs, 0);
}
