import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PrivateWorld, shown, startPrivateWorld } from './private-world.ts';

let world: PrivateWorld;
beforeAll(async () => {
  world = await startPrivateWorld();
});
afterAll(() => world?.stop());

describe('two members who have each other’s number', () => {
  it('meet when the second one syncs, and each learns which contact it was', async () => {
    const [ada, bob] = [await world.join('ada'), await world.join('bob')];
    const alone = await ada.finds([bob.number, world.newNumber()]);
    expect(alone).toMatchObject({ people: [], waiting: 0, rejected: [] });

    const bobs = await bob.finds([ada.number]);
    expect(bobs.people).toMatchObject([
      { id: 'ada', how: 'mutual', card: { name: 'Name of ada' }, contacts: [ada.number] },
    ]);
    const again = await ada.finds([bob.number]);
    expect(again.people).toMatchObject([{ id: 'bob', contacts: [bob.number] }]);
  });

  it('get their own contact objects back, with all that the app keeps in them', async () => {
    const [cem, dia] = [await world.join('cem'), await world.join('dia')];
    await dia.finds([cem.number]);
    const contacts = [
      { number: dia.number, name: 'Dia at work' },
      { number: dia.number, name: 'Dia' },
    ];
    const { people } = await cem.device().findPeople(contacts);
    expect(people).toMatchObject([{ id: 'dia', contacts }]);
  });
});

describe('a client with threads', () => {
  it('meets the same people', async () => {
    const [quin, roy] = [await world.join('quin'), await world.join('roy')];
    await roy.finds([quin.number]);
    const device = quin.device({ threads: 2 });
    const book = [...Array.from({ length: 30 }, world.newNumber), roy.number];
    const { people } = await device.findPeople(book);
    device.close();
    expect(people).toMatchObject([{ id: 'roy', contacts: [roy.number] }]);
  });
});

describe('a member whom the other has not saved', () => {
  it('learns nothing, however often it asks', async () => {
    const [eva, fay] = [await world.join('eva'), await world.join('fay')];
    await fay.finds([]);
    for (let times = 0; times < 3; times += 1) expect(shown(await eva.finds([fay.number]))).toEqual({});
    expect(shown(await fay.finds([]))).toEqual({});
  });
});

describe('a member who has chosen nobody', () => {
  it('is met by nobody, though both have each other’s number', async () => {
    const [gil, hua] = [await world.join('gil'), await world.join('hua', { discoverable: 'nobody' })];
    await gil.finds([hua.number]);
    expect(shown(await hua.finds([gil.number]))).toEqual({});
    expect(shown(await gil.finds([hua.number]))).toEqual({});
  });
});

describe('what is not a number', () => {
  it('comes back with its place and why; the rest goes through', async () => {
    const [ida, jim] = [await world.join('ida'), await world.join('jim')];
    await jim.finds([ida.number]);
    const found = await ida.finds(['', '0151 23456789', jim.number, '+49', 'call me', ida.number]);
    expect(shown(found)).toEqual({ jim: 'mutual' });
    expect(found.rejected).toEqual([
      { index: 0, code: 'empty' },
      { index: 1, code: 'region_required' },
      { index: 3, code: 'too_short' },
      { index: 4, code: 'not_a_number' },
    ]);
  });
});

describe('a card that changes', () => {
  it('is written anew at the next sync, at no cost', async () => {
    const [kai, lea] = [await world.join('kai'), await world.join('lea')];
    await kai.finds([lea.number]);
    const before = (await world.kith.as('kai').budget()).slots.left;
    await world.kith.host.putMember('kai', { card: { name: 'Kai the Second', handle: 'kai' } });
    await kai.finds([lea.number]);
    expect((await world.kith.as('kai').budget()).slots.left).toBe(before);
    const { people } = await lea.finds([kai.number]);
    expect(people).toMatchObject([{ id: 'kai', card: { name: 'Kai the Second' }, contacts: [kai.number] }]);
  });

  it('may be longer than a slot holds', async () => {
    const card = {
      name: 'Ж'.repeat(200),
      handle: 'ж'.repeat(100),
      avatarUrl: `https://example.org/${'a'.repeat(400)}`,
    };
    const [mia, noa] = [await world.join('mia', { card }), await world.join('noa')];
    await mia.finds([noa.number]);
    const { people } = await noa.finds([mia.number]);
    expect(people).toMatchObject([{ id: 'mia', card, contacts: [mia.number] }]);
  });
});

describe('forgetting', () => {
  it('takes every side back and leaves nothing on the device', async () => {
    const [oda, pit] = [await world.join('oda'), await world.join('pit')];
    await oda.finds([pit.number]);
    await oda.device().forget();
    expect(await oda.store.keys('')).toEqual([]);
    expect(shown(await pit.finds([oda.number]))).toEqual({});
    expect(shown(await oda.finds([pit.number]))).toEqual({ pit: 'mutual' });
  });
});
