import { KithError } from './kith-error.ts';

/** How a call is repeated. Every call of this client may be: repeating a sync is free and changes nothing. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  attemptsMax: number;
  /** First pause; each further one doubles. */
  baseMs: number;
  /** Longest pause that is made up here. */
  pauseMsMax: number;
  /** A `Retry-After` longer than this is handed to the caller instead of being waited for. */
  retryAfterSecsMax: number;
}

export const retryPolicyDefault: RetryPolicy = {
  attemptsMax: 4,
  baseMs: 250,
  pauseMsMax: 8_000,
  retryAfterSecsMax: 30,
};

/** Statuses that ask for another try, and the lack of an answer (0). */
const retried = new Set([0, 429, 502, 503, 504]);

/**
 * The pause in ms before the next try, or undefined when there shall be none.
 * Exponential with equal jitter, so that a crowd of clients does not return in step; never shorter than the service asked.
 */
export function pauseBefore(
  error: unknown,
  attempt: number,
  policy: RetryPolicy,
  random: () => number,
): number | undefined {
  if (!(error instanceof KithError) || !retried.has(error.status)) return undefined;
  if (attempt >= policy.attemptsMax) return undefined;
  const asked = error.retryAfterSecs ?? 0;
  if (asked > policy.retryAfterSecsMax) return undefined;
  const grown = Math.min(policy.pauseMsMax, policy.baseMs * 2 ** (attempt - 1));
  const jitter = (grown / 2) * (1 + random());
  return asked > 0 ? asked * 1000 + jitter : jitter;
}

/** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
