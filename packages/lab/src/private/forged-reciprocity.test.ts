import { SlotsWrite } from '@kith/protocol/crypto';
import { Database } from '@kith/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PrivateWorld, startPrivateWorld } from './private-world.ts';

const epoch = 227;
const fleetSize = 12;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

let world: PrivateWorld;
beforeAll(async () => {
  world = await startPrivateWorld();
});
afterAll(() => world?.stop());

async function fleet(name: string, ageDays: number): Promise<string[]> {
  const ids = Array.from({ length: fleetSize }, (_, at) => `${name}-${at}`);
  for (const id of ids) await world.join(id, { ageDays });
  return ids;
}

/** Every pair of a fleet agrees on a slot, needing no numbers and no keys, and each writes its side. */
async function forgeMeetings(ids: readonly string[]): Promise<void> {
  const sides = new Map(
    ids.map((id) => [id, [] as { slot: Uint8Array; sideTag: Uint8Array; sealedCard: Uint8Array }[]]),
  );
  for (const [at, first] of ids.entries()) {
    for (const second of ids.slice(at + 1)) {
      const slot = random(16);
      sides.get(first)!.push({ slot, sideTag: new Uint8Array(16), sealedCard: random(512) });
      sides.get(second)!.push({ slot, sideTag: new Uint8Array(16).fill(0xff), sealedCard: random(512) });
    }
  }
  for (const [id, own] of sides)
    await world.send(id, 'POST', '/v1/me/slots', new SlotsWrite(epoch, own).serialize());
}

async function budgetsOf(ids: readonly string[]) {
  const reports = await Promise.all(ids.map((id) => world.kith.as(id).budget()));
  return {
    met: (await Promise.all(ids.map((id) => world.kith.as(id).allPeople()))).map((people) => people.length),
    lookups: reports.map(({ lookups }) => lookups.capacity),
    reveals: reports.map(({ reveals }) => reveals.capacity),
  };
}

const each = (value: number) => Array.from({ length: fleetSize }, () => value);

describe('a fleet that forges meetings among its own accounts', () => {
  it('earns nothing with young accounts, though they do meet', async () => {
    const ids = await fleet('young', 5);
    await forgeMeetings(ids);
    expect(await budgetsOf(ids)).toEqual({
      met: each(fleetSize - 1),
      lookups: each(1_000),
      reveals: each(50),
    });
  });

  it('earns nothing once it is known to be one ring', async () => {
    const ids = await fleet('ring', 400);
    const database = new Database({ url: world.kith.databaseUrl });
    await database.query(`update members set ring_id = 'r1' where member_id = any($1)`, [ids]);
    await database.close();
    await forgeMeetings(ids);
    const { lookups, reveals } = await budgetsOf(ids);
    expect(lookups).toEqual(each(1_000));
    expect(reveals).toEqual(each(50));
  });

  it('earns, while aged accounts are not known to belong together, a hundredth a meeting and never more than as much again', async () => {
    const ids = await fleet('aged', 400);
    await forgeMeetings(ids);
    const { lookups, reveals } = await budgetsOf(ids);
    expect(lookups).toEqual(each(1_000 + 10 * (fleetSize - 1)));
    expect(reveals).toEqual(each(50 + (fleetSize - 1)));
  });
});
