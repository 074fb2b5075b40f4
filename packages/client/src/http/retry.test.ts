import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KithError, retryAfterOf } from './kith-error.ts';
import { pauseBefore, retryPolicyDefault as policy, wait } from './retry.ts';

const answered = (status: number, retryAfterSecs?: number) =>
  new KithError({ code: 'x', status, message: 'x', retryAfterSecs });

describe('pauseBefore', () => {
  it('grows from try to try, within half and the whole of the step, up to the longest pause', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, dice) => {
          const endless = { ...policy, attemptsMax: 100 };
          const pauseMs = pauseBefore(answered(503), attempt, endless, () => dice)!;
          const step = Math.min(policy.pauseMsMax, policy.baseMs * 2 ** (attempt - 1));
          expect(pauseMs).toBeGreaterThanOrEqual(step / 2);
          expect(pauseMs).toBeLessThanOrEqual(step);
        },
      ),
    );
  });

  it('never is shorter than the service asked', () => {
    expect(pauseBefore(answered(429, 7), 1, policy, () => 0)).toBeGreaterThanOrEqual(7000);
  });

  it.each([400, 401, 403, 404, 409, 413, 422, 500])('is none for %i', (status) => {
    expect(pauseBefore(answered(status), 1, policy, () => 0)).toBeUndefined();
  });

  it('is none for what is not an answer at all, such as an abort', () => {
    expect(pauseBefore(new DOMException('aborted', 'AbortError'), 1, policy, () => 0)).toBeUndefined();
  });
});

describe('retryAfterOf', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');
  it.each([
    ['120', 120],
    ['Sun, 22 Nov 2026 10:01:30 GMT', 90],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    [null, undefined],
  ])('reads %s as %s seconds', (header, secs) => {
    expect(retryAfterOf(header, now)).toBe(secs);
  });
});

describe('wait', () => {
  it('rejects with the reason of a signal that has aborted already', async () => {
    await expect(wait(10_000, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });
});
