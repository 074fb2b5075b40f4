import { loadFastGroup, OprfRequest, SlotsAnswer, SlotsRead, SlotsWrite } from '@kith/protocol/crypto';
import { Database, defaultPolicy } from '@kith/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PrivateWorld, startPrivateWorld } from './private-world.ts';

const epoch = 227;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

let world: PrivateWorld;
beforeAll(async () => {
  const policy = structuredClone(defaultPolicy);
  policy.budgets.slots.member = { capacity: 100, perDay: 10 };
  world = await startPrivateWorld({ policy });
});
afterAll(() => world?.stop());

interface Side {
  slot: Uint8Array;
  sideTag: Uint8Array;
  sealedCard: Uint8Array;
}

const low = (slot: Uint8Array): Side => ({ slot, sideTag: new Uint8Array(16), sealedCard: random(512) });
const high = (slot: Uint8Array): Side => ({ ...low(slot), sideTag: new Uint8Array(16).fill(0x80) });

async function ask(id: string, message: Uint8Array): Promise<SlotsAnswer> {
  const { bytes, status } = await world.send(id, 'POST', '/v1/me/slots', message);
  expect(status).toBe(200);
  return SlotsAnswer.deserialize(bytes);
}

const write = (id: string, ...sides: Side[]) => ask(id, new SlotsWrite(epoch, sides).serialize());
const read = (id: string, ...sides: Side[]) => ask(id, new SlotsRead(epoch, sides).serialize());
const sees = async (id: string) => (await world.kith.as(id).allPeople()).map((person) => person.id);

async function slotsLeft(id: string): Promise<number> {
  return (await world.kith.as(id).budget()).slots.left;
}

describe('reading opposite what one has not written', () => {
  it('gives nothing, though both sides lie there and the slot is known', async () => {
    for (const id of ['ada', 'bob', 'eve']) await world.join(id);
    const slot = random(16);
    await write('ada', low(slot));
    expect((await write('bob', high(slot))).found).toHaveLength(1);
    for (const side of [low(slot), high(slot)]) expect((await read('eve', side)).found).toEqual([]);
    expect(await sees('eve')).toEqual([]);
  });

  it('gives nothing for a side that the budget has refused', async () => {
    const ida = await world.join('ida');
    await world.join('jim');
    const slot = random(16);
    await write('jim', high(slot));
    await write('ida', ...Array.from({ length: 100 }, () => low(random(16))));
    const refused = await write('ida', low(slot));
    expect(refused).toMatchObject({ accepted: 0, waiting: 1, found: [] });
    expect((await read('ida', low(slot))).found).toEqual([]);
    expect(await sees(ida.id)).toEqual([]);
  });
});

describe('a slot of two others, known to a third', () => {
  it('cannot be entered: both sides are taken, and stay whose they are', async () => {
    for (const id of ['cem', 'dia', 'mal']) await world.join(id);
    const slot = random(16);
    const [cems, dias] = [low(slot), high(slot)];
    await write('cem', cems);
    await write('dia', dias);
    for (const side of [low(slot), high(slot)]) expect((await write('mal', side)).found).toEqual([]);
    expect(await sees('mal')).toEqual([]);
    expect((await read('cem', cems)).found).toMatchObject([{ sealedCard: dias.sealedCard }]);
    expect((await read('dia', dias)).found).toMatchObject([{ sealedCard: cems.sealedCard }]);
  });

  it('is not told by the database: what is stored there opens no slot', async () => {
    for (const id of ['fay', 'gil', 'thief']) await world.join(id);
    const slot = random(16);
    await write('fay', low(slot));
    const stored = await storedSlots();
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.some((each) => Buffer.from(slot).equals(each))).toBe(false);
    await write('thief', ...stored.slice(-50).map(high));
    expect(await sees('thief')).toEqual([]);
  });
});

async function storedSlots(): Promise<Buffer[]> {
  const database = new Database({ url: world.kith.databaseUrl });
  try {
    const rows = await database.query<{ slot: Buffer }>('select slot from slots');
    return rows.map(({ slot }) => slot);
  } finally {
    await database.close();
  }
}

describe('a slot with both sides written by one', () => {
  it('introduces nobody', async () => {
    await world.join('kai');
    const slot = random(16);
    await write('kai', low(slot));
    expect((await write('kai', high(slot))).found).toEqual([]);
    expect(await sees('kai')).toEqual([]);
  });
});

describe('a side sent twice in one request', () => {
  it('is paid for once, and not at all when the budget is spent', async () => {
    await world.join('lea');
    await world.join('mia');
    const sides = Array.from({ length: 100 }, () => low(random(16)));
    await write('lea', ...sides, ...sides);
    expect(await slotsLeft('lea')).toBe(0);
    const target = random(16);
    await write('mia', high(target));
    const answer = await write('lea', low(target), low(target));
    expect(answer).toMatchObject({ accepted: 0, waiting: 2, found: [] });
    expect(await sees('lea')).toEqual([]);
  });
});

describe('guessed slots', () => {
  it('meet nobody: a slot is 128 bits that only the pair can work out', async () => {
    const [noa, oda] = [await world.join('noa'), await world.join('oda')];
    await noa.finds([oda.number], { ways: ['mutual'] });
    await world.join('guesser');
    const { found } = await write('guesser', ...Array.from({ length: 100 }, () => high(random(16))));
    expect(found).toEqual([]);
  });
});

describe('a suspended member', () => {
  it('is refused at every call of the private way, whatever token it still holds', async () => {
    const pit = await world.join('pit');
    const token = await world.kith.host.memberToken(pit.id);
    await suspend(pit.id);
    const send = async (path: string, body: Uint8Array<ArrayBuffer>) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
      const response = await fetch(world.kith.origin + path, { method: 'POST', headers, body });
      return ((await response.json()) as { code: string }).code;
    };
    const group = await loadFastGroup();
    const element = group.multiplyBase(group.randomScalar(random));
    const messages = {
      '/v1/me/keys': new Uint8Array(),
      '/v1/me/slots': new SlotsWrite(epoch, [low(random(16))]).serialize(),
      '/v1/me/oprf': new OprfRequest(1, element).serialize(),
    };
    for (const [path, body] of Object.entries(messages))
      expect(await send(path, Uint8Array.from(body)), path).toBe('member_suspended');
    const run = pit.device({ token }).findPeople([world.newNumber()]);
    await expect(run).rejects.toMatchObject({ code: 'member_suspended' });
  });
});

async function suspend(id: string): Promise<void> {
  const database = new Database({ url: world.kith.databaseUrl });
  await database.query(`update members set suspended_at = now() where member_id = $1`, [id]);
  await database.close();
}
