import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hourMs, number, numbers, policyWith, startTestHall, type TestHall } from '../testing.ts';
import { nextBatchAt } from './batches.ts';

const batchMs = 600_000;
const openAt = (index: number) => number(100 + index);
const allOpen = Array.from({ length: 8 }, (_, index) => openAt(index));

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall({
    policy: policyWith((policy) => {
      policy.budgets.reveals.member = { capacity: 3, perDay: 24 };
    }),
  });
  for (const [index, phone] of allOpen.entries()) {
    await hall.member(`open${index}`, { phone, discoverable: 'anyone' });
  }
});
afterAll(() => hall.stop());

const seen = async (id: string) => Object.keys(await hall.sees(id)).sort();

describe('batches', () => {
  it('are at multiples of their interval, the same for everyone, and always ahead', () => {
    const { policy } = hall.context;
    const start = Date.UTC(2026, 0, 1);
    expect(nextBatchAt(policy, start)).toEqual(new Date(start + batchMs));
    expect(nextBatchAt(policy, start + 1)).toEqual(new Date(start + batchMs));
    expect(nextBatchAt(policy, start + batchMs - 1)).toEqual(new Date(start + batchMs));
    expect(nextBatchAt(policy, start + batchMs)).toEqual(new Date(start + 2 * batchMs));
  });

  it('show what was found before they began, however late they run, and nothing that was found since', async () => {
    await hall.member('ann');
    await hall.syncs('ann', [openAt(0)]);
    await hall.work();
    hall.clock.advance(batchMs + 1_000);
    await hall.as('ann')('PATCH', '/v1/me/contacts', { add: [openAt(1)] });
    await hall.work();
    expect(await seen('ann')).toEqual(['open0']);
    hall.clock.advance(batchMs - 2_000);
    await hall.work();
    expect(await seen('ann')).toEqual(['open0']);
    hall.clock.advance(2_000);
    await hall.work();
    expect(await seen('ann')).toEqual(['open0', 'open1']);
  });

  it('date what they show at their own moment, whenever they run', async () => {
    await hall.member('bob');
    await hall.syncs('bob', [openAt(0), openAt(1)]);
    await hall.work();
    const batch = nextBatchAt(hall.context.policy, hall.clock.now).toISOString();
    hall.clock.now = Date.parse(batch) + 123_456;
    await hall.work();
    const { people } = (await hall.as('bob')('GET', '/v1/me/people')).body;
    expect(people.map(({ since }: { since: string }) => since)).toEqual([batch, batch]);
  });
});

describe('a queue longer than the budget', () => {
  it('is shown in an order that says nothing of the order of the numbers, nor of another viewer’s', async () => {
    const orders: string[] = [];
    for (const id of ['v1', 'v2', 'v3', 'v4', 'v5', 'v6']) {
      await hall.member(id);
      await hall.syncs(id, allOpen);
    }
    await hall.work();
    hall.clock.advance(batchMs);
    await hall.work();
    for (const id of ['v1', 'v2', 'v3', 'v4', 'v5', 'v6']) {
      const first = await seen(id);
      expect(first).toHaveLength(3);
      orders.push(first.join());
    }
    // Six viewers who sent the same book: were the first numbers shown first, all would have seen the same three.
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('costs nothing for those who have hidden meanwhile: others come up in their stead', async () => {
    await hall.member('cat');
    await hall.syncs('cat', allOpen);
    await hall.work();
    for (const index of [0, 1, 2, 3, 4])
      await hall.as(`open${index}`)('PATCH', '/v1/me', { discoverable: 'nobody' });
    hall.clock.advance(batchMs);
    await hall.work();
    expect(await seen('cat')).toEqual(['open5', 'open6', 'open7']);
    expect(await hall.context.database.query(`select 1 from reveals where viewer_id = 'cat'`)).toEqual([]);
  });

  it('goes on in later batches as the budget refills, and is then not looked at any more', async () => {
    await hall.member('dan');
    for (const index of [0, 1, 2, 3, 4])
      await hall.as(`open${index}`)('PATCH', '/v1/me', { discoverable: 'anyone' });
    await hall.syncs('dan', allOpen);
    await hall.work();
    const counts: number[] = [];
    for (const waitMs of [batchMs, hourMs, 2 * hourMs, 2 * hourMs]) {
      hall.clock.advance(waitMs);
      await hall.work();
      counts.push((await seen('dan')).length);
    }
    expect(counts).toEqual([3, 4, 6, 8]);
    const [row] = await hall.context.database.query(`select reveal_at from members where member_id = 'dan'`);
    expect(row).toEqual({ reveal_at: null });
  });
});

describe('a burst', () => {
  const burst = [openAt(7), ...numbers(300, 549)];

  it('ripens before its batch, as a whole, and for as long as it was large', async () => {
    await hall.member('eve');
    await hall.syncs('eve', burst);
    await hall.work();
    hall.clock.advance(23 * hourMs);
    await hall.work();
    expect(await seen('eve')).toEqual([]);
    hall.clock.advance(hourMs + 2 * batchMs);
    await hall.work();
    expect(await seen('eve')).toEqual(['open7']);
  });

  it('lets what follows wait too, until it is paid back', async () => {
    await hall.member('fay');
    await hall.syncs('fay', burst.slice(1));
    await hall.work();
    hall.clock.advance(5 * 24 * hourMs);
    await hall.as('fay')('PATCH', '/v1/me/contacts', { add: [openAt(6)] });
    await hall.work();
    hall.clock.advance(11 * hourMs);
    await hall.work();
    expect(await seen('fay')).toEqual([]);
    hall.clock.advance(hourMs + 2 * batchMs);
    await hall.work();
    expect(await seen('fay')).toEqual(['open6']);
  });

  it('is looked at again only when it is ripe', async () => {
    await hall.member('gus');
    await hall.syncs('gus', burst);
    await hall.work();
    const [row] = await hall.context.database.query<{ reveal_at: Date }>(
      `select reveal_at from members where member_id = 'gus'`,
    );
    expect(row?.reveal_at.getTime()).toBeGreaterThan(hall.clock.now + 23 * hourMs);
  });
});
