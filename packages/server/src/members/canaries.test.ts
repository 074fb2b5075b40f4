import type { Member } from '@kith/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { number, startTestHall, type TestHall } from '../testing.ts';
import { plantCanaries } from './canaries.ts';

let hall: TestHall;
let planted: Member[];

beforeAll(async () => {
  hall = await startTestHall();
  await hall.member('open', { phone: number(1), discoverable: 'anyone' });
  const ids = await plantCanaries(hall.context, 'US', 3);
  planted = await Promise.all(ids.map(async (id) => (await hall.host('GET', `/v1/members/${id}`)).body));
});
afterAll(() => hall.stop());

const touches = () =>
  hall.context.database.query<{ member: string; canary: string }>(
    `select member_id as member, other_id as canary from ledger where kind = 'canary' order by at, entry_id`,
  );

async function nextBatch() {
  await hall.work();
  hall.clock.advance(600_000);
  await hall.work();
}

describe('planted canaries', () => {
  it('are members with numbers of the region that anyone may find', () => {
    expect(planted).toHaveLength(3);
    for (const canary of planted) {
      expect(canary).toMatchObject({ canary: true, discoverable: 'anyone', suspended: false });
      expect(canary.phone).toMatch(/^\+1\d{10}$/);
    }
    expect(new Set(planted.map(({ phone }) => phone)).size).toBe(3);
  });

  it('are shown like any other member, and the ledger remembers who touched them', async () => {
    await hall.member('prober');
    await hall.syncs('prober', [planted[0]!.phone!, number(1)]);
    await nextBatch();
    expect(await hall.sees('prober')).toEqual({ [planted[0]!.id]: 'number', open: 'number' });
    expect(await touches()).toEqual([{ member: 'prober', canary: planted[0]!.id }]);
    const { people } = (await hall.as('prober')('GET', '/v1/me/people')).body;
    const [canary, open] = [planted[0]!.id, 'open'].map((id) =>
      people.find((person: Member) => person.id === id),
    );
    expect(Object.keys(canary)).toEqual(Object.keys(open));
    expect(Object.keys(canary.card)).toEqual(Object.keys(open.card));
    expect(canary.since).toBe(open.since);
    expect(JSON.stringify(people)).not.toMatch(/canary/i);
  });

  it('are touched once by one member, however often it asks again', async () => {
    await hall.member('again');
    for (let round = 0; round < 3; round += 1) {
      await hall.syncs('again', [planted[1]!.phone!]);
      await hall.work();
    }
    await nextBatch();
    await hall.syncs('again', [planted[1]!.phone!]);
    await hall.work();
    expect((await touches()).filter(({ member }) => member === 'again')).toHaveLength(1);
  });

  it('are told apart by nobody who may not: not by their cards, not by their side of the service', async () => {
    const me = await hall.as(planted[0]!.id)('GET', '/v1/me');
    expect(JSON.stringify(me.body)).not.toMatch(/canary/i);
  });

  it('give way to a person who turns out to own the number', async () => {
    await hall.member('real', { phone: planted[2]!.phone!, discoverable: 'mutual' });
    expect((await hall.host('GET', `/v1/members/${planted[2]!.id}`)).body.phone).toBe(null);
  });

  it('cannot be planted where there are no numbers', async () => {
    await expect(plantCanaries(hall.context, 'XX', 1)).rejects.toMatchObject({ code: 'region_invalid' });
  });
});
