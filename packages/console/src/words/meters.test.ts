import { describe, expect, it } from 'vitest';
import { meterOf, waitingWords } from './meters.ts';

const clock = { now: Date.parse('2026-11-22T19:30:00Z'), locale: 'en-GB', timeZone: 'UTC' };
const bucket = (left: number, capacity = 1000) => ({
  capacity,
  left,
  perDay: 50,
  fullAt: '2026-11-23T08:15:00Z',
});

describe('a meter', () => {
  it('says what is left, what comes back, and when it is full', () => {
    expect(meterOf(bucket(640), clock)).toEqual({
      share: 0.64,
      state: 'some',
      left: '640 of 1,000 left',
      refill: '50 more each day',
      full: 'Full again tomorrow at 08:15',
    });
  });

  it.each([
    [1000, 'full', 'Full'],
    [1, 'low', 'Full again tomorrow at 08:15'],
    [0, 'empty', 'Full again tomorrow at 08:15'],
    [-3, 'empty', 'Full again tomorrow at 08:15'],
  ])('with %i left is %s', (left, state, full) => {
    expect(meterOf(bucket(left), clock)).toMatchObject({ state, full });
  });

  it('of no capacity is empty, not a division by zero', () => {
    expect(meterOf(bucket(0, 0), clock)).toMatchObject({ share: 0, state: 'empty' });
  });
});

describe('what waits', () => {
  it('is said with its number and its end', () => {
    expect(waitingWords({ waiting: 1312, waitingUntil: '2026-11-27T08:15:00Z' }, clock)).toBe(
      '1,312 numbers are waiting for their turn. The last one runs by itself on Friday 27 November at 08:15.',
    );
    expect(waitingWords({ waiting: 1, waitingUntil: '2026-11-22T19:40:00Z' }, clock)).toBe(
      '1 number is waiting for its turn. It runs by itself in 10 minutes.',
    );
  });

  it('is not mentioned when nothing waits', () => {
    expect(waitingWords({ waiting: 0 }, clock)).toBeUndefined();
  });

  it('needs no end', () => {
    expect(waitingWords({ waiting: 2 }, clock)).toBe(
      '2 numbers are waiting for their turn, which comes by itself.',
    );
  });
});
