import { SlotsRead } from '@kith/protocol/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PrivateMember, type PrivateWorld, shown, startPrivateWorld } from './private-world.ts';

let world: PrivateWorld;
beforeAll(async () => {
  world = await startPrivateWorld();
});
afterAll(() => world?.stop());

const idsSeenBy = async ({ id }: PrivateMember) =>
  (await world.kith.as(id).people()).people.map((person) => person.id);
const slotsLeft = async ({ id }: PrivateMember) => (await world.kith.as(id).budget()).slots.left;
const mutual = { ways: ['mutual'] } as const;

describe('a whole address book without someone who was in it', () => {
  it('ends the meeting for both, leaves the others, and pays nothing back', async () => {
    const [ada, ben, cem] = [await world.join('ada'), await world.join('ben'), await world.join('cem')];
    for (const friend of [ben, cem]) await friend.finds([ada.number], mutual);
    expect(shown(await ada.finds([ben.number, cem.number], mutual))).toEqual({
      ben: 'mutual',
      cem: 'mutual',
    });
    const left = await slotsLeft(ada);
    expect(shown(await ada.finds([cem.number], { ...mutual, whole: true }))).toEqual({ cem: 'mutual' });
    expect([await idsSeenBy(ben), await idsSeenBy(cem)]).toEqual([[], ['ada']]);
    expect(await slotsLeft(ada)).toBe(left);
    const met = await ada.finds([ben.number, cem.number], mutual);
    expect(met.people.map(({ id, contacts }) => [id, contacts])).toEqual([
      ['ben', [ben.number]],
      ['cem', [cem.number]],
    ]);
    expect(await slotsLeft(ada)).toBe(left - 1);
  });

  it('is no matter for a book that only adds', async () => {
    const [dia, eli] = [await world.join('dia'), await world.join('eli')];
    await eli.finds([dia.number], mutual);
    await dia.finds([eli.number], mutual);
    expect(shown(await dia.finds([world.newNumber()], mutual))).toEqual({ eli: 'mutual' });
  });

  it('withdraws a side too whose writing the client has not lived to note', async () => {
    const [fay, gil] = [await world.join('fay'), await world.join('gil')];
    await gil.finds([fay.number], mutual);
    const dying: typeof fetch = async (url, init) => {
      const answer = await fetch(url, init);
      if (String(url).endsWith('/v1/me/slots')) throw new TypeError('killed');
      return answer;
    };
    await expect(fay.device({ fetch: dying }).findPeople([gil.number], mutual)).rejects.toThrow();
    expect(await idsSeenBy(gil)).toEqual(['fay']);
    await fay.finds([world.newNumber()], { ...mutual, whole: true });
    expect(await idsSeenBy(gil)).toEqual([]);
  });
});

describe('withdrawing a slot', () => {
  it('of others, or of nobody, does nothing and says nothing', async () => {
    const [hal, ira, eve] = [await world.join('hal'), await world.join('ira'), await world.join('eve')];
    await ira.finds([hal.number], mutual);
    await hal.finds([ira.number], mutual);
    // Eve knows the slot of the two, as if she had the issuers' secret.
    const known = (await hal.store.keys('')).find((name) => /\/meetings\//.test(name))!;
    const row = (await hal.store.get(known))!.subarray(16, 48);
    for (const slot of [row.subarray(0, 16), new Uint8Array(16).fill(7)]) {
      const message = new SlotsRead(227, [{ slot, sideTag: row.subarray(16) }]).serialize();
      const answer = await world.send('eve', 'POST', '/v1/me/slots/withdraw', message);
      expect([answer.status, answer.bytes.length]).toEqual([204, 0]);
    }
    expect([await idsSeenBy(hal), await idsSeenBy(ira), await idsSeenBy(eve)]).toEqual([
      ['ira'],
      ['hal'],
      [],
    ]);
  });

  it('of an epoch that is over is refused', async () => {
    await world.join('jon');
    const side = { slot: new Uint8Array(16), sideTag: new Uint8Array(16) };
    const answer = await world.send(
      'jon',
      'POST',
      '/v1/me/slots/withdraw',
      new SlotsRead(226, [side]).serialize(),
    );
    expect(answer).toMatchObject({ status: 400, code: 'epoch_invalid' });
  });
});
