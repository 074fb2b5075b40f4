import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, number, startTestHall, type TestHall } from '../testing.ts';

let hall: TestHall;
let next = 0;
beforeAll(async () => {
  hall = await startTestHall();
});
afterAll(() => hall.stop());

async function someone(discoverable: 'mutual' | 'anyone' = 'mutual') {
  next += 1;
  const [id, phone] = [`p${String(next).padStart(3, '0')}`, number(next)];
  await hall.member(id, { phone, discoverable });
  return { id, phone };
}

async function nextBatch() {
  await hall.work();
  hall.clock.advance(600_000);
  await hall.work();
}

describe('the people list', () => {
  it('comes in pages, each person once, whatever stands in their ids', async () => {
    const viewer = await someone();
    const ids = ['a b', 'ä', '%', '"quote"', 'line\nbreak', '🦊'];
    const phones = ids.map((_, index) => number(200 + index));
    for (const [index, id] of ids.entries())
      await hall.member(id, { phone: phones[index]!, discoverable: 'anyone' });
    await hall.syncs(viewer.id, phones);
    await nextBatch();
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 10; page += 1) {
      const { body } = await hall.as(viewer.id)('GET', `/v1/me/people?limit=2${after}`);
      seen.push(...body.people.map(({ id }: { id: string }) => id));
      if (body.next === undefined) break;
      after = `&after=${encodeURIComponent(body.next)}`;
    }
    expect(seen).toHaveLength(ids.length);
    expect(new Set(seen)).toEqual(new Set(ids));
  });

  it('shows cards as they are now', async () => {
    const [viewer, friend] = [await someone(), await someone()];
    await hall.syncs(viewer.id, [friend.phone]);
    await hall.syncs(friend.id, [viewer.phone]);
    await hall.host('PUT', `/v1/members/${friend.id}`, { card: { name: 'Changed', handle: 'changed' } });
    const { people } = (await hall.as(viewer.id)('GET', '/v1/me/people')).body;
    expect(people).toEqual([
      {
        id: friend.id,
        card: { name: 'Changed', handle: 'changed' },
        how: 'mutual',
        since: expect.any(String),
      },
    ]);
  });

  it.each(['limit=0', 'limit=1001', 'limit=x', 'after=%00', 'limit=1&limit=2'])(
    'refuses a page that is none: %s',
    async (query) => {
      const { id } = await someone();
      expect(await hall.as(id)('GET', `/v1/me/people?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'query_invalid' },
      });
    },
  );
});

describe('whoever was met already', () => {
  it.each(['before the lookup runs', 'before the batch'])(
    'is not revealed once more, at no cost: met %s',
    async (when) => {
      const [viewer, open] = [await someone(), await someone('anyone')];
      await hall.syncs(viewer.id, [open.phone]);
      if (when === 'before the batch') await hall.work();
      await hall.syncs(open.id, [viewer.phone]);
      await nextBatch();
      expect(await hall.sees(viewer.id)).toEqual({ [open.id]: 'mutual' });
      const { reveals } = await hall.budget(viewer.id);
      expect(reveals.left).toBe(reveals.capacity);
      expect((await hall.as(open.id)('GET', '/v1/me/exposure')).body).toMatchObject({
        revealedTo: 1,
        times: 1,
      });
    },
  );

  it('is found anew by number, for a reveal, once the meeting has ended', async () => {
    const [viewer, open] = [await someone(), await someone('anyone')];
    await hall.syncs(viewer.id, [open.phone]);
    await hall.syncs(open.id, [viewer.phone]);
    await nextBatch();
    await hall.syncs(open.id, []);
    expect(await hall.sees(viewer.id)).toEqual({});
    await hall.syncs(viewer.id, [open.phone]);
    await nextBatch();
    expect(await hall.sees(viewer.id)).toEqual({ [open.id]: 'number' });
  });
});

describe('whoever hides and comes back', () => {
  it.each(['mutual', 'nobody'])('has to be found anew: hidden as %s', async (discoverable) => {
    const [viewer, open] = [await someone(), await someone('anyone')];
    await hall.syncs(viewer.id, [open.phone]);
    await nextBatch();
    await hall.as(open.id)('PATCH', '/v1/me', { discoverable });
    await hall.as(open.id)('PATCH', '/v1/me', { discoverable: 'anyone' });
    expect(await hall.sees(viewer.id)).toEqual({});
    await hall.syncs(viewer.id, [open.phone]);
    await nextBatch();
    expect(await hall.sees(viewer.id)).toEqual({ [open.id]: 'number' });
  });
});

describe('exposure', () => {
  it('counts reveals exactly, by month, and names only those met mutually', async () => {
    const [me, friend, finder, other] = [
      await someone('anyone'),
      await someone(),
      await someone(),
      await someone(),
    ];
    expect((await hall.as(me.id)('GET', '/v1/me/exposure')).body).toEqual({
      revealedTo: 0,
      times: 0,
      byMonth: [],
    });
    await hall.syncs(finder.id, [me.phone]);
    await nextBatch();
    await hall.syncs(friend.id, [me.phone]);
    await hall.syncs(me.id, [friend.phone]);
    const first = new Date(hall.clock.now).toISOString().slice(0, 7);
    hall.clock.advance(31 * dayMs);
    const second = new Date(hall.clock.now).toISOString().slice(0, 7);
    await hall.syncs(other.id, [me.phone]);
    await nextBatch();
    const { body } = await hall.as(me.id)('GET', '/v1/me/exposure');
    expect(body).toMatchObject({
      revealedTo: 3,
      times: 3,
      byMonth: [
        { month: first, times: 2 },
        { month: second, times: 1 },
      ],
      viewers: [{ id: friend.id, how: 'mutual' }],
    });
    expect(body.viewers).toHaveLength(1);
    expect(JSON.stringify(body)).not.toContain(finder.id);
  });

  it('counts an account once, however often it parts and meets again', async () => {
    const [me, friend] = [await someone(), await someone()];
    await hall.syncs(me.id, [friend.phone]);
    for (let round = 0; round < 3; round += 1) {
      await hall.syncs(friend.id, [me.phone]);
      await hall.syncs(friend.id, []);
    }
    expect((await hall.as(me.id)('GET', '/v1/me/exposure')).body).toMatchObject({ revealedTo: 1, times: 3 });
  });
});
