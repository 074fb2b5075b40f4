import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../harness/clock.ts';
import { startKith, type TestKith } from '../harness/start-kith.ts';

const numbersFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, n) => `+4479460${String(first + n).padStart(5, '0')}`);

describe('a clock that jumps', () => {
  let kith: TestKith;
  beforeAll(async () => {
    kith = await startKith();
    await kith.host.putMember('ann', { card: { name: 'Ann', handle: 'ann' } });
    await kith.host.putMember('bob', {
      card: { name: 'Bob', handle: 'bob' },
      phone: '+447946099999',
      discoverable: 'anyone',
    });
  });
  afterAll(() => kith.stop());

  it('back a week: nothing is given, nobody is locked out for longer than an empty bucket takes', async () => {
    const ann = kith.as('ann');
    await ann.patchContacts({ add: numbersFrom(0, 400) });
    const before = await ann.budget();
    kith.clock.advance(-7 * dayMs);
    const back = await kith.as('ann').budget();
    expect(back.lookups.left).toBeLessThanOrEqual(before.lookups.left);
    const daysToFull = (Date.parse(back.lookups.fullAt) - kith.clock.now()) / dayMs;
    expect(daysToFull).toBeLessThanOrEqual(back.lookups.capacity / back.lookups.perDay);
    const answer = await kith.as('ann').patchContacts({ add: numbersFrom(1_000, 10) });
    expect(answer.accepted).toBe(10);
  });

  it('forward again: what was spent is spent, what had come back has come back once', async () => {
    kith.clock.advance(7 * dayMs);
    const { lookups } = await kith.as('ann').budget();
    // 410 spent, and seven days at most have flowed back.
    expect(lookups.left).toBeGreaterThanOrEqual(lookups.capacity - 410);
    expect(lookups.left).toBeLessThanOrEqual(lookups.capacity - 410 + 7 * lookups.perDay);
  });

  it('back while a reveal waits: it comes when its batch comes, once', async () => {
    await kith.as('ann').patchContacts({ add: ['+447946099999'] });
    await kith.work();
    kith.clock.advance(-2 * hourMs);
    await kith.work();
    // Enough was asked for before that what is found ripens for up to two days.
    await kith.elapse(2 * dayMs + 3 * hourMs, hourMs);
    expect((await kith.as('ann').allPeople()).map(({ id }) => id)).toEqual(['bob']);
    expect(await kith.as('bob').exposure()).toMatchObject({ times: 1 });
  });
});
