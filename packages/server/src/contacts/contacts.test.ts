import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs, number, numbers, policyWith, startTestHall, type TestHall } from '../testing.ts';

const batchMs = 600_000;

let hall: TestHall;
let next = 0;

/** A member with a number of its own, never used before. */
async function someone(discoverable: 'nobody' | 'mutual' | 'anyone' = 'mutual', input = {}) {
  next += 1;
  const id = `m${next}`;
  const phone = number(next);
  await hall.member(id, { phone, discoverable, ...input });
  return { id, phone };
}

async function nextBatch() {
  await hall.work();
  hall.clock.advance(batchMs);
  await hall.work();
}

beforeAll(async () => {
  hall = await startTestHall();
});
afterAll(() => hall.stop());

describe('mutual discovery', () => {
  it('introduces two members at the second one’s sync, at once, to each other', async () => {
    const [ann, bob] = [await someone(), await someone()];
    await hall.syncs(ann.id, [bob.phone]);
    expect(await hall.sees(ann.id)).toEqual({});
    await hall.syncs(bob.id, [ann.phone]);
    expect(await hall.sees(ann.id)).toEqual({ [bob.id]: 'mutual' });
    expect(await hall.sees(bob.id)).toEqual({ [ann.id]: 'mutual' });
  });

  it('says nothing to one whom the other has not saved', async () => {
    const [ann, bob] = [await someone(), await someone()];
    await hall.syncs(ann.id, [bob.phone]);
    await nextBatch();
    expect(await hall.sees(ann.id)).toEqual({});
    expect(await hall.sees(bob.id)).toEqual({});
  });

  it('ends when either side removes the other', async () => {
    const [ann, bob] = [await someone(), await someone()];
    await hall.syncs(ann.id, [bob.phone]);
    await hall.syncs(bob.id, [ann.phone]);
    await hall.as(ann.id)('PATCH', '/v1/me/contacts', { remove: [bob.phone] });
    expect(await hall.sees(ann.id)).toEqual({});
    expect(await hall.sees(bob.id)).toEqual({});
    await hall.as(ann.id)('PATCH', '/v1/me/contacts', { add: [bob.phone] });
    expect(await hall.sees(bob.id)).toEqual({ [ann.id]: 'mutual' });
  });

  it('ends for what a whole new book leaves out', async () => {
    const [ann, bob, cat] = [await someone(), await someone(), await someone()];
    await hall.syncs(bob.id, [ann.phone]);
    await hall.syncs(cat.id, [ann.phone]);
    await hall.syncs(ann.id, [bob.phone, cat.phone]);
    expect(await hall.sees(ann.id)).toEqual({ [bob.id]: 'mutual', [cat.id]: 'mutual' });
    await hall.syncs(ann.id, [cat.phone]);
    expect(await hall.sees(ann.id)).toEqual({ [cat.id]: 'mutual' });
    expect(await hall.sees(bob.id)).toEqual({});
  });

  it.each(['nobody', null] as const)(
    'waits while one has chosen %s, and happens when that changes',
    async (choice) => {
      const [ann, bob] = [await someone('nobody'), await someone()];
      const card = { name: 'Ann', handle: 'ann' };
      if (choice === null)
        await hall.host('PUT', `/v1/members/${ann.id}`, { card, phone: null, discoverable: 'mutual' });
      await hall.syncs(bob.id, [ann.phone]);
      await hall.syncs(ann.id, [bob.phone]);
      expect(await hall.sees(bob.id)).toEqual({});
      await hall.host('PUT', `/v1/members/${ann.id}`, { card, phone: ann.phone, discoverable: 'mutual' });
      if (choice === null) await hall.syncs(ann.id, [bob.phone]);
      expect(await hall.sees(bob.id)).toEqual({ [ann.id]: 'mutual' });
    },
  );

  it('is withdrawn the moment one chooses nobody', async () => {
    const [ann, bob] = [await someone(), await someone()];
    await hall.syncs(ann.id, [bob.phone]);
    await hall.syncs(bob.id, [ann.phone]);
    const answer = await hall.as(ann.id)('PATCH', '/v1/me', { discoverable: 'nobody' });
    expect(answer.body).toMatchObject({ id: ann.id, discoverable: 'nobody' });
    expect(await hall.sees(bob.id)).toEqual({});
    expect(await hall.sees(ann.id)).toEqual({});
  });

  it('makes members meet who sync at the same moment', async () => {
    const pairs = await Promise.all(
      Array.from({ length: 12 }, async () => [await someone(), await someone()] as const),
    );
    await Promise.all(pairs.flatMap(([a, b]) => [hall.syncs(a.id, [b.phone]), hall.syncs(b.id, [a.phone])]));
    for (const [a, b] of pairs) {
      expect(await hall.sees(a.id)).toEqual({ [b.id]: 'mutual' });
      expect(await hall.sees(b.id)).toEqual({ [a.id]: 'mutual' });
    }
  });

  it('outlives the end of an epoch where both refresh, and ends where one does not', async () => {
    const [ann, bob, cat] = [await someone(), await someone(), await someone()];
    await hall.syncs(ann.id, [bob.phone, cat.phone]);
    await hall.syncs(bob.id, [ann.phone]);
    await hall.syncs(cat.id, [ann.phone]);
    const before = hall.clock.now;
    hall.clock.advance(50 * dayMs);
    await hall.syncs(ann.id, [bob.phone, cat.phone]);
    await hall.syncs(bob.id, [ann.phone]);
    hall.clock.advance(21 * dayMs);
    await hall.work();
    expect(await hall.sees(ann.id)).toEqual({ [bob.id]: 'mutual' });
    await hall.syncs(cat.id, [ann.phone]);
    expect(await hall.sees(ann.id)).toEqual({ [bob.id]: 'mutual', [cat.id]: 'mutual' });
    hall.clock.now = before;
  });
});

describe('open discovery', () => {
  it('shows a card in the next batch, never in the answer', async () => {
    const [ann, open] = [await someone(), await someone('anyone')];
    const answer = await hall.syncs(ann.id, [open.phone]);
    expect(JSON.stringify(answer)).not.toContain(open.id);
    await hall.work();
    expect(await hall.sees(ann.id)).toEqual({});
    hall.clock.advance(batchMs);
    await hall.work();
    expect(await hall.sees(ann.id)).toEqual({ [open.id]: 'number' });
  });

  it('answers the same for numbers of members, of hidden members and of nobody', async () => {
    const [open, hidden] = [await someone('anyone'), await someone('nobody')];
    const shapes = [];
    for (const phone of [open.phone, hidden.phone, number(2_050)]) {
      const asker = await someone();
      shapes.push(await hall.syncs(asker.id, [phone]));
    }
    expect(shapes[1]).toEqual(shapes[0]);
    expect(shapes[2]).toEqual(shapes[0]);
  });

  it('never shows who has chosen nobody or mutual since it was queued', async () => {
    const [ann, open, other] = [await someone(), await someone('anyone'), await someone('anyone')];
    await hall.syncs(ann.id, [open.phone, other.phone]);
    await hall.work();
    await hall.as(open.id)('PATCH', '/v1/me', { discoverable: 'nobody' });
    await hall.as(other.id)('PATCH', '/v1/me', { discoverable: 'mutual' });
    await nextBatch();
    expect(await hall.sees(ann.id)).toEqual({});
  });

  it('takes a card back when its owner no longer lets anyone find it', async () => {
    const [ann, open] = [await someone(), await someone('anyone')];
    await hall.syncs(ann.id, [open.phone]);
    await nextBatch();
    await hall.as(open.id)('PATCH', '/v1/me', { discoverable: 'mutual' });
    expect(await hall.sees(ann.id)).toEqual({});
  });

  it('finds, at a free repeat, who joined after the first sync', async () => {
    const ann = await someone();
    const phone = number(2_100);
    await hall.syncs(ann.id, [phone]);
    await hall.member('late', { phone, discoverable: 'anyone' });
    const before = (await hall.budget(ann.id)).lookups.left;
    const answer = await hall.syncs(ann.id, [phone]);
    expect(answer).toMatchObject({ new: 0, waiting: 0 });
    expect(answer.budget.lookups.left).toBe(before);
    await nextBatch();
    expect(await hall.sees(ann.id)).toEqual({ late: 'number' });
  });

  it('keeps a card when the number is removed again: halving a book tells nothing', async () => {
    const [ann, open] = [await someone(), await someone('anyone')];
    await hall.syncs(ann.id, [open.phone, number(2_060)]);
    await nextBatch();
    for (const half of [[open.phone], [number(2_060)], []]) {
      await hall.syncs(ann.id, half);
      expect(await hall.sees(ann.id)).toEqual({ [open.id]: 'number' });
    }
  });

  it('is a mutual meeting when both have saved each other', async () => {
    const [ann, open] = [await someone(), await someone('anyone')];
    await hall.syncs(ann.id, [open.phone]);
    await nextBatch();
    await hall.syncs(open.id, [ann.phone]);
    expect(await hall.sees(ann.id)).toEqual({ [open.id]: 'mutual' });
  });
});

describe('the answer to a sync', () => {
  it('counts what was understood, what is new, and names what was not a number', async () => {
    const ann = await someone();
    const given = [number(2_000), number(2_000), '  ', 'pizza', '+999123', ann.phone];
    const answer = await hall.syncs(ann.id, given);
    expect(answer).toMatchObject({ accepted: 3, new: 1, waiting: 0 });
    expect(answer.rejected.map(({ index }) => index)).toEqual([2, 3, 4]);
    expect(answer.budget.lookups).toMatchObject({ capacity: 1_000, left: 999, perDay: 50 });
  });

  it('reads numbers as dialled in the given region', async () => {
    const [ann, bob] = [await someone(), await someone()];
    await hall.syncs(bob.id, [ann.phone]);
    const dialled = bob.phone.replace('+1', '').replace(/(...)(...)(....)/, '($1) $2-$3');
    const answer = await hall.as(ann.id)('PUT', '/v1/me/contacts', { numbers: [dialled], region: 'us' });
    expect(answer.body).toMatchObject({ accepted: 1, new: 1 });
    expect(await hall.sees(ann.id)).toEqual({ [bob.id]: 'mutual' });
  });

  it('refuses a region that has no numbers, and more numbers than a call may carry', async () => {
    const ann = await someone();
    const region = await hall.as(ann.id)('PUT', '/v1/me/contacts', { numbers: ['1'], region: 'XX' });
    expect(region).toMatchObject({ status: 400, body: { code: 'region_invalid' } });
    const many = await hall.as(ann.id)('PUT', '/v1/me/contacts', { numbers: Array(50_001).fill('1') });
    expect(many).toMatchObject({ status: 413, body: { code: 'numbers_too_many' } });
  });
});

describe('budgets', () => {
  let small: TestHall;
  const openAt = (index: number) => number(1_000 + index);

  beforeAll(async () => {
    small = await startTestHall({
      policy: policyWith((policy) => {
        policy.budgets.lookups.member = { capacity: 10, perDay: 24 };
        policy.budgets.slots.member = { capacity: 20, perDay: 24 };
        policy.budgets.reveals.member = { capacity: 3, perDay: 24 };
      }),
    });
    for (let index = 0; index < 15; index += 1) {
      await small.member(`open${index}`, { phone: openAt(index), discoverable: 'anyone' });
    }
  });
  afterAll(() => small.stop());
  beforeEach(() => small.clock.advance(dayMs));

  it('delays what is over budget, says until when, and lets it run as the budget refills', async () => {
    await small.member('ann', { phone: number(1), discoverable: 'mutual' });
    const answer = await small.syncs('ann', numbers(500, 14));
    expect(answer).toMatchObject({ accepted: 14, new: 14, waiting: 4, budget: { lookups: { left: 0 } } });
    expect(Date.parse(answer.waitingUntil!)).toBeCloseTo(small.clock.now + 4 * hourMs, -3);
    small.clock.advance(2 * hourMs);
    await small.work();
    expect(await small.budget('ann')).toMatchObject({ waiting: 2 });
    small.clock.advance(2 * hourMs);
    await small.work();
    expect((await small.budget('ann')).waiting).toBe(0);
  });

  it('charges a repeat nothing, and a lost answer asked for again nothing twice', async () => {
    await small.member('bob', { phone: number(2), discoverable: 'mutual' });
    await small.syncs('bob', numbers(520, 5));
    const again = await small.syncs('bob', numbers(520, 5));
    expect(again).toMatchObject({ accepted: 5, new: 0, budget: { lookups: { left: 5 } } });
  });

  it('pays nothing back for what is removed, and charges what is added again', async () => {
    await small.member('cat', { phone: number(3), discoverable: 'mutual' });
    await small.syncs('cat', numbers(530, 5));
    await small.syncs('cat', []);
    expect((await small.budget('cat')).lookups.left).toBe(5);
    await small.syncs('cat', numbers(530, 5));
    expect((await small.budget('cat')).lookups.left).toBe(0);
  });

  it('reveals as many as the reveal budget allows and the others in later batches', async () => {
    await small.member('dan', { phone: number(4), discoverable: 'mutual' });
    await small.syncs(
      'dan',
      Array.from({ length: 8 }, (_, index) => openAt(index)),
    );
    await small.work();
    small.clock.advance(batchMs);
    await small.work();
    expect(Object.keys(await small.sees('dan'))).toHaveLength(3);
    small.clock.advance(2 * hourMs);
    await small.work();
    expect(Object.keys(await small.sees('dan'))).toHaveLength(5);
    small.clock.advance(dayMs);
    await small.work();
    expect(Object.keys(await small.sees('dan'))).toHaveLength(8);
  });

  it('pays reciprocity: meeting established members raises what may be looked up, once', async () => {
    await small.member('eve', { phone: number(5), discoverable: 'mutual' });
    await small.member('fay', { phone: number(6), discoverable: 'mutual' });
    await small.syncs('fay', [number(5)]);
    await small.syncs('eve', [number(6)]);
    expect((await small.budget('eve')).lookups).toMatchObject({ capacity: 20, left: 19 });
    const answer = await small.syncs('eve', [number(6), ...numbers(540, 19)]);
    expect(answer.waiting).toBe(0);
    // Parting and meeting again earns nothing more.
    await small.syncs('fay', []);
    await small.syncs('fay', [number(5)]);
    expect((await small.budget('eve')).lookups.left).toBe(0);
  });

  it('lets young accounts behind one address share a budget, and grown ones not', async () => {
    const shared = await startTestHall({
      trustedProxies: ['127.0.0.1'],
      policy: policyWith((policy) => {
        policy.budgets.lookups.prefix = { capacity: 15, perDay: 24 };
      }),
    });
    const put = (id: string, from: number, ip: string) =>
      shared.as(id)('PUT', '/v1/me/contacts', { numbers: numbers(from, 10) }, { 'x-forwarded-for': ip });
    const young = { createdAt: new Date(shared.clock.now - dayMs).toISOString() };
    for (const id of ['y1', 'y2', 'y3']) await shared.member(id, young);
    await shared.member('old');
    expect((await put('y1', 100, '203.0.113.5')).body.waiting).toBe(0);
    expect((await put('y2', 200, '203.0.113.77')).body.waiting).toBe(5);
    expect((await put('y3', 300, '198.51.100.9')).body.waiting).toBe(0);
    expect((await put('old', 400, '203.0.113.5')).body.waiting).toBe(0);
    await shared.stop();
  });
});

describe('erasing a book', () => {
  it('forgets contacts, meetings, what was found and what waits, and leaves budgets spent', async () => {
    const [ann, bob, open] = [await someone(), await someone(), await someone('anyone')];
    await hall.syncs(bob.id, [ann.phone]);
    await hall.syncs(ann.id, [bob.phone, open.phone, number(2_070)]);
    await nextBatch();
    expect(Object.keys(await hall.sees(ann.id))).toHaveLength(2);
    const spent = (await hall.budget(ann.id)).lookups.left;
    expect((await hall.as(ann.id)('DELETE', '/v1/me/contacts')).status).toBe(204);
    expect(await hall.sees(ann.id)).toEqual({});
    expect(await hall.sees(bob.id)).toEqual({});
    expect((await hall.budget(ann.id)).lookups.left).toBeLessThanOrEqual(spent);
    const rows = await hall.context.database.query(
      `select 1 from contacts where member_id = $1 union all select 1 from slots where low_member = $1 or high_member = $1`,
      [ann.id],
    );
    expect(rows).toEqual([]);
  });
});
