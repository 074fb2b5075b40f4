import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, hourMs, number, startTestHall, type TestHall } from '../testing.ts';

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall();
});
afterAll(() => hall.stop());

const iso = (ms: number) => new Date(ms).toISOString();

async function setting(id: string, at: number, knownAt?: number) {
  const query = new URLSearchParams({ at: iso(at), ...(knownAt !== undefined && { knownAt: iso(knownAt) }) });
  return (await hall.host('GET', `/v1/members/${id}/setting?${query}`)).body;
}

describe('what a member had chosen', () => {
  it('can be asked for any moment since it was created', async () => {
    const created = hall.clock.now;
    await hall.member('ann', { phone: number(0), discoverable: 'anyone' });
    hall.clock.advance(dayMs);
    const chosen = hall.clock.now;
    await hall.as('ann')('PATCH', '/v1/me', { discoverable: 'nobody' });
    hall.clock.advance(dayMs);
    const lost = hall.clock.now;
    await hall.host('PUT', '/v1/members/ann', { card: { name: 'Ann', handle: 'ann' }, phone: null });
    expect(await setting('ann', created - 1)).toMatchObject({ code: 'member_unknown' });
    expect(await setting('ann', created)).toEqual({
      discoverable: 'anyone',
      hasPhone: true,
      validFrom: iso(created),
      recordedAt: iso(created),
    });
    expect(await setting('ann', chosen - 1)).toMatchObject({ discoverable: 'anyone' });
    expect(await setting('ann', chosen)).toMatchObject({ discoverable: 'nobody', hasPhone: true });
    expect(await setting('ann', lost + hourMs)).toMatchObject({ discoverable: 'nobody', hasPhone: false });
  });

  it('can be asked as it was known at an earlier moment', async () => {
    const created = hall.clock.now;
    await hall.member('bob', { discoverable: 'mutual' });
    hall.clock.advance(hourMs);
    await hall.as('bob')('PATCH', '/v1/me', { discoverable: 'anyone' });
    expect(await setting('bob', hall.clock.now)).toMatchObject({ discoverable: 'anyone' });
    expect(await setting('bob', hall.clock.now, created)).toMatchObject({ discoverable: 'mutual' });
    expect(await setting('bob', hall.clock.now, created - 1)).toMatchObject({ code: 'member_unknown' });
  });

  it('remembers that a recycled number was taken away by someone else’s verification', async () => {
    await hall.member('old', { phone: number(5), discoverable: 'anyone' });
    hall.clock.advance(hourMs);
    await hall.member('new', { phone: number(5) });
    expect(await setting('old', hall.clock.now)).toMatchObject({ discoverable: 'anyone', hasPhone: false });
    expect(await setting('old', hall.clock.now - 1)).toMatchObject({
      discoverable: 'anyone',
      hasPhone: true,
    });
  });

  it('is not recorded again where nothing changes', async () => {
    await hall.member('cat', { phone: number(6), discoverable: 'mutual' });
    await hall.member('cat', { phone: number(7), discoverable: 'mutual' });
    await hall.as('cat')('PATCH', '/v1/me', { discoverable: 'mutual' });
    const entries = await hall.context.database.query(
      `select 1 from ledger where member_id = 'cat' and kind = 'setting'`,
    );
    expect(entries).toHaveLength(1);
  });

  it.each([
    '',
    '?at=yesterday',
    '?at=2016-12-31T23:59:60Z',
    '?at=2026-01-01T00:00:00Z&knownAt=0000-01-01T00:00:00Z',
  ])('refuses a moment that is none: %j', async (query) => {
    expect(await hall.host('GET', `/v1/members/ann/setting${query}`)).toMatchObject({
      status: 400,
      body: { code: 'query_invalid' },
    });
  });
});
