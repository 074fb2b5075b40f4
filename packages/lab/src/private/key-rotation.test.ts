import { BucketPartsRequest } from '@kith/protocol/crypto';
import { Database, defaultPolicy } from '@kith/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, minuteMs } from '../harness/clock.ts';
import { type PrivateWorld, shown, startPrivateWorld } from './private-world.ts';

let world: PrivateWorld;
beforeAll(async () => {
  const policy = structuredClone(defaultPolicy);
  policy.budgets.lookups.member = { capacity: 4, perDay: 1 };
  world = await startPrivateWorld({ policy });
});
afterAll(() => world?.stop());

/** What `kith keys rotate-oprf` does: from now on entries are published under the next version of the key too. */
async function rotate(version: number): Promise<void> {
  const database = new Database({ url: world.kith.databaseUrl });
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(version);
  await database.query(
    `insert into keyring (name, wrapped, created_at) values ('oprf-version', $1, now())
     on conflict (name) do update set wrapped = excluded.wrapped`,
    [bytes],
  );
  await database.close();
}

describe('a new key for lookups', () => {
  it('loses nobody, and what was looked up under the old one is looked up again for nothing', async () => {
    const [ada, open] = [await world.join('ada'), await world.join('open', { discoverable: 'anyone' })];
    await world.kith.elapse(dayMs);
    const book = [open.number, world.newNumber(), world.newNumber()];
    expect((await ada.finds(book, { ways: ['open'] })).waiting).toBe(0);
    await rotate(2);
    await world.kith.elapse(dayMs);
    // Two lookups are left; three are needed, were they charged.
    const versions: number[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      if (String(url).endsWith('/v1/buckets'))
        versions.push(BucketPartsRequest.deserialize(init?.body as Uint8Array).header.keyVersion);
      return globalThis.fetch(url, init);
    };
    const found = await ada.device({ fetch }).findPeople(book, { ways: ['open'] });
    expect(found.waiting).toBe(0);
    expect(new Set(versions)).toEqual(new Set([2]));
    await world.kith.elapse(20 * minuteMs, 10 * minuteMs);
    expect(shown(await ada.finds(book, { ways: ['open'] }))).toEqual({ open: 'number' });
    expect((await world.kith.as('ada').budget()).lookups.left).toBe(2);
    // Of the old key nothing is left on the device.
    const names = await ada.store.keys('kith1/open/');
    expect(new Set(names.map((name) => name.split('/')[2])).size).toBe(1);
  });
});
