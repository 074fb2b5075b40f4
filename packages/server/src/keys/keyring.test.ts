import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServiceKey, ServiceKeyCheck } from '../auth/service-keys.ts';
import { dumpDatabase, tablesWith } from '../dump.testing.ts';
import { startHall } from '../hall.ts';
import { number, startTestHall, type TestHall } from '../testing.ts';
import { Keyring, openKeyring, rotateKeyEncryptionKey } from './keyring.ts';

const kek = Buffer.alloc(32, 7);

describe('a keyring', () => {
  const ring = new Keyring(Buffer.alloc(32, 1));

  it('derives another key for every purpose, the same from the same root', () => {
    const purposes = [
      'directory',
      'slot',
      'contact',
      'budget',
      'number',
      'ledger-mac',
      'ledger-sign',
      'token',
      'order',
    ] as const;
    const keys = purposes.map((purpose) => ring.key(purpose).toString('hex'));
    expect(new Set(keys).size).toBe(purposes.length);
    expect(purposes.map((purpose) => new Keyring(Buffer.alloc(32, 1)).key(purpose).toString('hex'))).toEqual(
      keys,
    );
    expect(new Keyring(Buffer.alloc(32, 2)).key('slot')).not.toEqual(ring.key('slot'));
    expect(ring.key('slot')).toHaveLength(32);
  });

  it('tags the same number differently for every purpose', () => {
    const tags = (['directory', 'slot', 'contact', 'budget'] as const).map((purpose) =>
      ring.tag(purpose, number(1)),
    );
    expect(new Set(tags.map((tag) => tag.toString('hex'))).size).toBe(4);
    for (const tag of tags) expect(tag).toHaveLength(16);
    expect(ring.tag('directory', number(1))).toEqual(tags[0]);
    expect(ring.tag('directory', number(2))).not.toEqual(tags[0]);
  });

  it('turns the directory’s tags into each member’s own, and back for that member alone', () => {
    const tags = Buffer.concat([1, 2, 3].map((index) => ring.tag('directory', number(index))));
    const anns = ring.memberTags('ann', tags);
    expect(anns).toHaveLength(tags.length);
    expect(ring.lookupTags('ann', anns)).toEqual(tags);
    expect(ring.lookupTags('bob', anns)).not.toEqual(tags);
    const blocks = (bytes: Buffer) => [0, 16, 32].map((at) => bytes.toString('hex', at, at + 16));
    // Two books that hold the same numbers have nothing in common, with each other or with the directory.
    const all = [anns, ring.memberTags('bob', tags), tags].flatMap(blocks);
    expect(new Set(all).size).toBe(9);
  });

  it('seals numbers so that neither sameness nor length can be seen', () => {
    const sealed = [number(1), number(1), '+29012345', '+862012345678901'].map((phone) =>
      ring.sealNumber(phone, 'ann'),
    );
    expect(new Set(sealed.map((box) => box.toString('hex'))).size).toBe(4);
    expect(new Set(sealed.map((box) => box.length))).toEqual(new Set([44]));
    expect(ring.openNumber(sealed[2]!, 'ann')).toBe('+29012345');
  });

  it('opens a sealed number for its own member alone, unchanged, under its own root', () => {
    const sealed = ring.sealNumber(number(1), 'ann');
    expect(ring.openNumber(sealed, 'ann')).toBe(number(1));
    expect(() => ring.openNumber(sealed, 'bob')).toThrow();
    expect(() => new Keyring(Buffer.alloc(32, 2)).openNumber(sealed, 'ann')).toThrow();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => ring.openNumber(changed, 'ann')).toThrow();
    }
    expect(() => ring.openNumber(sealed.subarray(0, -1), 'ann')).toThrow();
  });
});

describe('the keyring of a database', () => {
  let hall: TestHall;
  beforeAll(async () => {
    hall = await startTestHall();
    await hall.member('ann', { phone: number(1), discoverable: 'mutual' });
    await hall.member('bob', { phone: number(2), discoverable: 'mutual' });
    await hall.syncs('ann', [number(2)]);
    await hall.work();
  });
  afterAll(() => hall.stop());

  const open = (key: Uint8Array) => openKeyring(hall.context.database, key);

  it('opens with its key-encryption key, and with no other: one line, no stack of libraries', async () => {
    expect((await open(kek)).key('slot')).toEqual(hall.context.keyring.key('slot'));
    await expect(open(Buffer.alloc(32, 8))).rejects.toThrow(
      /^The key-encryption key does not open the keyring of this database$/,
    );
    await expect(open(Buffer.alloc(16, 7))).rejects.toThrow(/^The key-encryption key must be 32 bytes$/);
    await expect(
      startHall({ databaseUrl: hall.database.url, keyEncryptionKey: Buffer.alloc(32, 8) }),
    ).rejects.toMatchObject({
      code: 'key_invalid',
    });
  });

  it('is made once by all who open a new database at the same time', async () => {
    await hall.context.database.query(`create table keyring_kept as select * from keyring`);
    await hall.context.database.query(`delete from keyring where name = 'root'`);
    const rings = await Promise.all(Array.from({ length: 8 }, () => open(kek)));
    expect(new Set(rings.map((ring) => ring.key('slot').toString('hex'))).size).toBe(1);
    await hall.context.database.query(`delete from keyring`);
    await hall.context.database.query(`insert into keyring select * from keyring_kept`);
    await hall.context.database.query(`drop table keyring_kept`);
  });

  it('does not hold its root, nor any key made from it, in the clear', async () => {
    const dump = await dumpDatabase(hall.context.database);
    for (const purpose of ['directory', 'slot', 'contact', 'number', 'token', 'ledger-mac'] as const) {
      expect(tablesWith(dump, hall.context.keyring.key(purpose))).toEqual([]);
    }
  });

  it('is wrapped anew by a rotation, after which everything goes on as before', async () => {
    const next = randomBytes(32);
    const serviceKey = await createServiceKey(hall.context.database, 'host');
    const { token } = await hall.tokens.issue('ann');
    await rotateKeyEncryptionKey(hall.context.database, kek, next);
    await expect(open(kek)).rejects.toMatchObject({ code: 'key_invalid' });
    const after = await startHall({
      databaseUrl: hall.database.url,
      keyEncryptionKey: next,
      now: () => hall.clock.now,
      workers: false,
    });
    await new ServiceKeyCheck(after.context.database).check(serviceKey);
    const call = (authorization: string, path: string, init: RequestInit = {}) =>
      fetch(after.origin + path, {
        ...init,
        headers: { authorization: `Bearer ${authorization}`, 'content-type': 'application/json' },
      });
    expect(await (await call(serviceKey, '/v1/members/ann')).json()).toMatchObject({ phone: number(1) });
    const body = JSON.stringify({ numbers: [number(1)] });
    const bob = (await after.tokens.issue('bob')).token;
    expect(await (await call(bob, '/v1/me/contacts', { method: 'PUT', body })).json()).toMatchObject({
      new: 1,
    });
    // Slots, tags and tokens are what they were: Ann, who synced before, meets Bob, with a token from before.
    expect(await (await call(token, '/v1/me/people')).json()).toMatchObject({
      people: [{ id: 'bob', how: 'mutual' }],
    });
    await after.stop();
    await rotateKeyEncryptionKey(hall.context.database, next, kek);
  });

  it('is not rotated with a wrong key, nor by two at once', async () => {
    await expect(
      rotateKeyEncryptionKey(hall.context.database, Buffer.alloc(32, 9), kek),
    ).rejects.toMatchObject({
      code: 'key_invalid',
    });
    const [first, second] = [randomBytes(32), randomBytes(32)];
    const both = await Promise.allSettled([
      rotateKeyEncryptionKey(hall.context.database, kek, first),
      rotateKeyEncryptionKey(hall.context.database, kek, second),
    ]);
    const done = both.map(({ status }) => status === 'fulfilled');
    expect(done.filter(Boolean).length).toBeGreaterThanOrEqual(1);
    const held =
      done[0] &&
      (await open(first).then(
        () => true,
        () => false,
      ))
        ? first
        : second;
    expect((await open(held)).key('slot')).toEqual(hall.context.keyring.key('slot'));
    await rotateKeyEncryptionKey(hall.context.database, held, kek);
  });
});
