import { parseNumber } from '@kith/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHall, type TestHall } from '../testing.ts';
import { demoPopulation } from './population.ts';
import { mulberry32 } from './random.ts';
import { demoRegion } from './region.ts';
import { demoRoutes } from './routes.ts';
import { vcardOf } from './seed.ts';

const now = Date.UTC(2026, 0, 1);
const townOf = (seed: number) => demoPopulation(300, mulberry32(seed), now);

describe('the demo town', () => {
  const town = townOf(2019);

  it('is the same for the same seed, and another for another', () => {
    expect(townOf(2019)).toEqual(town);
    expect(townOf(2020)).not.toEqual(town);
  });

  it('has people with ids, handles and numbers of their own, all of them reserved for fiction', () => {
    const members = town.people.map(({ member }) => member);
    for (const of of [
      members.map(({ id }) => id),
      members.map(({ phone }) => phone),
      members.map(({ card }) => card.handle),
    ])
      expect(new Set(of).size).toBe(300);
    for (const { phone, createdAt } of members) {
      expect(phone).toMatch(/^\+1\d{3}55501\d{2}$/);
      expect(parseNumber(phone).ok).toBe(true);
      expect(Date.parse(createdAt!)).toBeLessThan(now);
    }
  });

  it('knows each other unevenly: books of all sizes, nobody in their own, about half saved back', () => {
    const books = new Map(
      town.people.map(({ member, book }) => [member.phone, new Set(book.map(({ phone }) => phone))]),
    );
    const sizes = [...books.values()].map((book) => book.size).sort((a, b) => a - b);
    expect(sizes[270]! / Math.max(sizes[30]!, 1)).toBeGreaterThan(2);
    let [ties, mutual] = [0, 0];
    for (const [owner, book] of books) {
      expect(book.has(owner)).toBe(false);
      for (const phone of book) {
        ties += 1;
        if (books.get(phone)?.has(owner)) mutual += 1;
      }
    }
    expect(mutual / ties).toBeGreaterThan(0.3);
    expect(mutual / ties).toBeLessThan(0.9);
  });

  it('hands out books as phones export them, with what is not a number in them', () => {
    const text = vcardOf(town.signIns[0]!);
    expect(text.match(/BEGIN:VCARD\r\nVERSION:3\.0\r\n/g)).toHaveLength(town.signIns[0]!.book.length + 2);
    expect(text).toContain('TEL;TYPE=CELL:*86\r\n');
  });
});

describe('signing in without a password', () => {
  const region = demoRegion(now, { town: 300, townsAround: 0 });
  const { town } = region;
  let demo: TestHall;
  let real: TestHall;
  beforeAll(async () => {
    [demo, real] = await Promise.all([startTestHall({ extend: demoRoutes(region) }), startTestHall()]);
    for (const { member } of town.signIns) await demo.member(member.id, { phone: member.phone });
    await demo.member('somebody-real');
  });
  afterAll(() => Promise.all([demo.stop(), real.stop()]));

  const post = (hall: TestHall, id: string) =>
    fetch(`${hall.origin}/demo/members/${id}/token`, { method: 'POST' });

  it('is for the few of the demo, and works', async () => {
    const listed = await (await fetch(`${demo.origin}/demo/members`)).json();
    expect(listed.members.map(({ id }: { id: string }) => id)).toEqual(
      town.signIns.map(({ member }) => member.id),
    );
    expect(JSON.stringify(listed)).not.toMatch(/\+1\d{10}/);
    const { id } = town.signIns[0]!.member;
    const { token } = await (await post(demo, id)).json();
    const me = await fetch(`${demo.origin}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(await me.json()).toMatchObject({ id });
  });

  it('is for nobody else, and nowhere else', async () => {
    expect((await post(demo, 'somebody-real')).status).toBe(404);
    expect((await post(demo, town.people[100]!.member.id)).status).toBe(404);
    expect(await (await post(real, town.signIns[0]!.member.id)).json()).toMatchObject({
      code: 'route_unknown',
    });
    expect((await fetch(`${real.origin}/demo/members`)).status).toBe(404);
  });
});
