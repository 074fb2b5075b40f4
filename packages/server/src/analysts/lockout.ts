/**
 * How long a name, an address or a browser has to wait after so many failures. Delays grow and end: whoever fails on
 * purpose can slow the owner of a name down, never shut it out for good, and not at all in a browser that the owner has
 * signed in with before (OWASP's device cookies).
 */
export interface LockoutRule {
  /** Failures that cost nothing yet. */
  freeMax: number;
  /** The first delay; each failure doubles it. */
  firstMs: number;
  delayMsMax: number;
  /** After so long without a failure, all is forgiven. */
  forgetMs: number;
}

export const lockoutRules = {
  name: { freeMax: 5, firstMs: 5_000, delayMsMax: 15 * 60_000, forgetMs: 60 * 60_000 },
  // An office shares an address.
  address: { freeMax: 30, firstMs: 5_000, delayMsMax: 15 * 60_000, forgetMs: 60 * 60_000 },
} as const satisfies Record<string, LockoutRule>;

export interface Failures {
  failures: number;
  /** ms since 1970 */
  lastAt: number;
  lockedUntil: number;
}

/** Milliseconds to wait, 0 where a guess is allowed now. */
export function waitOf(state: Failures | undefined, now: number): number {
  return Math.max((state?.lockedUntil ?? 0) - now, 0);
}

/** The state with one more failure. */
export function afterFailure(rule: LockoutRule, state: Failures | undefined, now: number): Failures {
  const remembered = state && now - state.lastAt < rule.forgetMs ? state.failures : 0;
  const failures = remembered + 1;
  const beyond = failures - rule.freeMax;
  const delay = beyond < 0 ? 0 : Math.min(rule.firstMs * 2 ** beyond, rule.delayMsMax);
  // Without a delay nothing is locked, not even for a clock that is a little behind.
  return { failures, lastAt: now, lockedUntil: delay === 0 ? 0 : now + delay };
}
