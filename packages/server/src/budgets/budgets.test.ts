import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, hourMs, number, numbers, policyWith, startTestHall, type TestHall } from '../testing.ts';
import { deleteFullBudgets } from './store.ts';

let hall: TestHall;
let next = 0;

beforeAll(async () => {
  hall = await startTestHall({
    trustedProxies: ['127.0.0.1'],
    policy: policyWith((policy) => {
      policy.budgets.lookups = {
        ...policy.budgets.lookups,
        member: { capacity: 20, perDay: 24 },
        device: { capacity: 25, perDay: 24 },
        prefix: { capacity: 30, perDay: 24 },
        network: { capacity: 1_000, perDay: 24 },
      };
      policy.reciprocity.lookups = { perAlly: 5, max: 12 };
    }),
  });
  // As many connections as there will be calls at once.
  await Promise.all(Array.from({ length: 10 }, () => hall.context.database.query('select pg_sleep(0.05)')));
});
afterAll(() => hall.stop());

async function someone(input: object = {}): Promise<string> {
  next += 1;
  const id = `b${next}`;
  await hall.member(id, input);
  return id;
}

const young = () => ({ createdAt: new Date(hall.clock.now - dayMs).toISOString() });

/** Numbers nobody else in this file has asked about; they are no members, so only budgets matter. */
let asked = 300;
function fresh(count: number): string[] {
  asked += count;
  return numbers(asked - count, count);
}

const add = (id: string, count: number, headers: Record<string, string> = {}) =>
  hall.as(id)('PATCH', '/v1/me/contacts', { add: fresh(count) }, headers);

/** Units of lookups that were paid for in all: what really went into the queue. */
async function paid(ids: readonly string[]): Promise<number> {
  const [row] = await hall.context.database.query<{ units: number }>(
    `select coalesce(sum(length(tags)) / 16, 0)::integer as units from lookups where member_id = any($1)`,
    [ids],
  );
  return row!.units;
}

describe('calls at once', () => {
  it('never spend more of one member’s budget than there is', async () => {
    const id = await someone();
    const answers = await Promise.all([1, 2, 3, 4].map(() => add(id, 9)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await paid([id])).toBe(20);
    expect(await hall.budget(id)).toMatchObject({ waiting: 16, lookups: { left: 0 } });
  });

  it('never spend more of a shared budget than there is, however many members share it', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => someone(young())));
    const from = { 'x-forwarded-for': '203.0.113.9' };
    const answers = await Promise.all(ids.map((id) => add(id, 12, from)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await paid(ids)).toBe(30);
    const waiting = answers.reduce((sum, { body }) => sum + body.waiting, 0);
    expect(waiting).toBe(8 * 12 - 30);
  });

  it('of members with devices and addresses in common wait for each other, and end', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => someone(young())));
    await Promise.all(
      ids.flatMap((id, index) =>
        ['198.51.100.1', '198.51.101.1'].map((ip, turn) =>
          add(id, 2, { 'x-forwarded-for': ip, 'kith-device': `d${(index + turn) % 3}` }),
        ),
      ),
    );
    expect(await paid(ids)).toBe(24);
  });
});

describe('scopes', () => {
  it('a device is shared by all who use it, old members too; another device is not', async () => {
    const [ann, bob, cat] = [await someone(), await someone(), await someone()];
    expect((await add(ann, 20, { 'kith-device': 'tablet' })).body.waiting).toBe(0);
    expect((await add(bob, 10, { 'kith-device': 'tablet' })).body.waiting).toBe(5);
    expect((await add(cat, 10, { 'kith-device': 'phone' })).body.waiting).toBe(0);
  });

  it('an address counts for the young alone, and no longer once they are grown', async () => {
    const from = { 'x-forwarded-for': '192.0.2.77' };
    const ids = [await someone(young()), await someone(young())];
    expect((await add(ids[0]!, 20, from)).body.waiting).toBe(0);
    expect((await add(ids[1]!, 20, from)).body.waiting).toBe(10);
    expect((await add(await someone(), 20, from)).body.waiting).toBe(0);
    // A month later what waits no longer waits for its neighbours, whatever those spend.
    hall.clock.advance(31 * dayMs);
    for (const id of [await someone(young()), await someone(young())]) await add(id, 20, from);
    await hall.work();
    expect((await hall.budget(ids[1]!)).waiting).toBe(0);
  });

  it('an address is the peer’s unless the peer is a trusted proxy', async () => {
    const strict = await startTestHall({ policy: hall.context.policy });
    for (const id of ['y1', 'y2'])
      await strict.member(id, { createdAt: new Date(strict.clock.now - dayMs).toISOString() });
    const put = (id: string, ip: string) =>
      strict.as(id)(
        'PATCH',
        '/v1/me/contacts',
        { add: fresh(20) },
        { 'x-forwarded-for': ip, forwarded: `for=${ip}` },
      );
    expect((await put('y1', '203.0.113.1')).body.waiting).toBe(0);
    // Another address in a header changes nothing: both came from here.
    expect((await put('y2', '198.51.100.200')).body.waiting).toBe(10);
    await strict.stop();
  });

  it('the whole of an IPv6 /48 is one address, and its text form does not matter', async () => {
    const [ann, bob] = [await someone(young()), await someone(young())];
    expect((await add(ann, 20, { 'x-forwarded-for': '2001:db8:77::1' })).body.waiting).toBe(0);
    expect((await add(bob, 20, { 'x-forwarded-for': '2001:0DB8:0077:ffff::abcd' })).body.waiting).toBe(10);
  });
});

describe('what is over budget', () => {
  it('runs at the time that was promised, and not before', async () => {
    const id = await someone();
    const { body } = await add(id, 26);
    expect(body.waiting).toBe(6);
    const until = Date.parse(body.waitingUntil);
    expect(until - hall.clock.now).toBeCloseTo(6 * hourMs, -3);
    hall.clock.now = until - hourMs;
    await hall.work();
    expect((await hall.budget(id)).waiting).toBeGreaterThan(0);
    hall.clock.now = until;
    await hall.work();
    expect((await hall.budget(id)).waiting).toBe(0);
  });

  it('loses its place when it is removed, and is not paid for', async () => {
    const id = await someone();
    const given = fresh(24);
    await hall.as(id)('PUT', '/v1/me/contacts', { numbers: given });
    await hall.as(id)('PATCH', '/v1/me/contacts', { remove: given.slice(20) });
    expect((await hall.budget(id)).waiting).toBe(0);
    hall.clock.advance(dayMs);
    await hall.work();
    expect((await hall.budget(id)).lookups.left).toBe(20);
  });

  it('goes on after the clock has jumped back, within the time that an empty budget takes', async () => {
    const id = await someone();
    await add(id, 22);
    hall.clock.advance(-10 * dayMs);
    expect((await add(id, 1)).body).toMatchObject({ waiting: 3, budget: { lookups: { left: 0 } } });
    hall.clock.advance(4 * hourMs);
    await hall.work();
    expect((await hall.budget(id)).waiting).toBe(0);
    hall.clock.advance(10 * dayMs);
  });
});

describe('reciprocity', () => {
  /** A friend of long standing, whose meeting pays. */
  async function meetOnce(id: string, phone: string): Promise<{ friend: string; friendPhone: string }> {
    const friendPhone = number(100 + next);
    const friend = await someone({ phone: friendPhone, discoverable: 'mutual' });
    await hall.syncs(friend, [phone]);
    await hall.as(id)('PATCH', '/v1/me/contacts', { add: [friendPhone] });
    return { friend, friendPhone };
  }

  it('pays once for each friend, up to its limit', async () => {
    const phone = number(1);
    const id = await someone({ phone, discoverable: 'mutual' });
    const left: number[] = [];
    for (let friends = 0; friends < 4; friends += 1) {
      await meetOnce(id, phone);
      left.push((await hall.budget(id)).lookups.left);
    }
    // Each sync costs one lookup and brings five, up to twelve in all.
    expect(left).toEqual([24, 28, 29, 28]);
  });

  it('cannot be farmed: not by parting and meeting, not by erasing the book, not by coming back', async () => {
    const phone = number(2);
    const id = await someone({ phone, discoverable: 'mutual' });
    const { friend, friendPhone } = await meetOnce(id, phone);
    await add(id, 24);
    expect((await hall.budget(id)).lookups.left).toBe(0);
    const tricks: (() => Promise<unknown>)[] = [
      () => hall.syncs(friend, []),
      () => hall.syncs(friend, [phone]),
      () => hall.as(id)('DELETE', '/v1/me/contacts'),
      () => hall.as(id)('PUT', '/v1/me/contacts', { numbers: [friendPhone] }),
      () => hall.as(id)('PATCH', '/v1/me', { discoverable: 'nobody' }),
      () => hall.as(id)('PATCH', '/v1/me', { discoverable: 'mutual' }),
      () => hall.host('PUT', `/v1/members/${friend}`, { card: { name: 'F', handle: 'f' }, phone: null }),
      () =>
        hall.host('PUT', `/v1/members/${friend}`, { card: { name: 'F', handle: 'f' }, phone: friendPhone }),
      () => hall.syncs(friend, [phone]),
      () => deleteFullBudgets(hall.context.database, hall.clock.now + 100 * dayMs),
    ];
    for (const trick of tricks) {
      await trick();
      expect((await hall.budget(id)).lookups.left).toBeLessThanOrEqual(0);
    }
  });

  it('pays nothing for meeting those who are new themselves', async () => {
    const phone = number(3);
    const id = await someone({ phone, discoverable: 'mutual' });
    const friendPhone = number(99);
    const friend = await someone({ ...young(), phone: friendPhone, discoverable: 'mutual' });
    await hall.syncs(friend, [phone]);
    await hall.syncs(id, [friendPhone]);
    expect(await hall.sees(id)).toEqual({ [friend]: 'mutual' });
    expect((await hall.budget(id)).lookups).toMatchObject({ capacity: 20, left: 19 });
  });
});

describe('a member’s own view', () => {
  it('agrees with what it may do: as many as are left go through, one more waits', async () => {
    const id = await someone();
    await add(id, 7);
    const { left } = (await hall.budget(id)).lookups;
    expect(left).toBe(13);
    expect((await add(id, left)).body.waiting).toBe(0);
    expect((await add(id, 1)).body.waiting).toBe(1);
  });

  it('is full again when it says so', async () => {
    const id = await someone();
    await hall.syncs(id, numbers(1_900, 6));
    const { fullAt } = (await hall.budget(id)).lookups;
    hall.clock.now = Date.parse(fullAt) + 1;
    expect((await hall.budget(id)).lookups).toMatchObject({ left: 20, capacity: 20 });
  });
});
