import { createPublicKey, verify } from 'node:crypto';
import { hashLeaf, openNote, parseCheckpoint, verifyInclusion } from '@kith/protocol/ledger';
import type { LedgerEntry } from '@kith/protocol/study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHall, type TestHall } from '../../testing.ts';

let hall: TestHall;
let base: number;

/** One entry a minute, and one about a ring with every fiftieth. */
const append = (from: number, until: number) =>
  hall.context.database.transaction(async (tx) => {
    const { ledger } = hall.context;
    for (let at = from; at < until; at += 1) {
      hall.clock.advance(60_000);
      await ledger.append(tx, [{ memberId: `m${at % 7}`, kind: 'sync', body: { at } }], hall.clock.now);
      const body = { what: 'throttle', ring: 'r1', at };
      if (at % 50 === 0)
        await ledger.append(tx, [{ memberId: 'kith:ring:r1', kind: 'enforcement', body }], hall.clock.now);
    }
  });

const search = async (query: string): Promise<{ entries: LedgerEntry[]; next?: string }> =>
  (await hall.host('GET', `/v1/ledger?${query}`)).body;

async function everyPage(query: string): Promise<LedgerEntry[]> {
  const all: LedgerEntry[] = [];
  for (let after = ''; ; ) {
    const { entries, next } = await search(`${query}${after}`);
    all.push(...entries);
    if (!next) return all;
    after = `&after=${next}`;
  }
}

beforeAll(async () => {
  hall = await startTestHall();
  base = hall.clock.now;
  await append(0, 281);
  await hall.work();
  await append(281, 300);
});
afterAll(() => hall.stop());

describe('searching the ledger', () => {
  it('goes from the newest back, page by page, each entry once', async () => {
    const all = await everyPage('limit=40');
    const syncs = all.filter(({ kind }) => kind === 'sync').map(({ body }) => body.at);
    expect(syncs).toEqual(Array.from({ length: 300 }, (_, at) => 299 - at));
    expect(all.find(({ body }) => body.at === 299)!.index).toBeNull();
    expect(all.find(({ body }) => body.at === 3)!.index).toBeTypeOf('number');
  });

  it('finds by member, by kind, by ring and by time, in any combination', async () => {
    const ats = async (query: string) => (await everyPage(query)).map(({ body }) => body.at);
    expect(await ats('member=m3&kind=sync&limit=10')).toEqual(
      Array.from({ length: 43 }, (_, at) => 297 - at * 7).filter((at) => at >= 3),
    );
    expect(await ats('ring=r1')).toEqual([250, 200, 150, 100, 50, 0]);
    expect(await ats('kind=enforcement&ring=r1&limit=4')).toEqual([250, 200, 150, 100, 50, 0]);
    expect(await ats('ring=r')).toEqual([]);
    const time = (minutes: number) => encodeURIComponent(new Date(base + minutes * 60_000).toISOString());
    expect(await ats(`kind=sync&from=${time(11)}&to=${time(14)}`)).toEqual([12, 11, 10]);
    expect(await ats(`from=${time(296)}&to=${time(297)}`)).toEqual([295]);
    expect(await ats(`member=m3&from=${time(4)}&to=${time(5)}`)).toEqual([3]);
    expect((await hall.host('GET', '/v1/ledger?from=yesterday')).body.code).toBe('query_invalid');
  });

  it('says that somebody has looked at a member’s history', async () => {
    hall.clock.advance(1_000);
    await search('member=m5&limit=1');
    const [look] = (await search('kind=view&limit=1')).entries;
    expect(look!.body).toMatchObject({ what: 'ledger', id: 'm5' });
  });
});

describe('the proof of an entry', () => {
  it('holds against the signed head, and for no other bytes or place', async () => {
    const { body: head } = await hall.host('GET', '/v1/ledger/checkpoint');
    const key = Buffer.from(head.publicKey, 'base64');
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const note = { name: head.keyName, publicKey: key };
    for (const { id, index, body } of (await search('member=m2&kind=sync&limit=50')).entries) {
      if (index === null) continue;
      const { body: given } = await hall.host('GET', `/v1/ledger/entries/${id}/proof`);
      const opened = openNote(given.checkpoint, note, (signature, text) =>
        verify(null, text, publicKey, signature),
      );
      const { root, size } = parseCheckpoint(opened.ok ? opened.text : '')!;
      const leaf = Buffer.from(given.leaf, 'base64');
      expect(leaf.toString()).toContain(JSON.stringify(body));
      const proof = given.proof.map((hash: string) => Buffer.from(hash, 'base64'));
      const claim = { index: given.index, size, leafHash: hashLeaf(leaf), root, proof };
      expect(given.index).toBe(index);
      expect(verifyInclusion(claim)).toBe(true);
      leaf[leaf.length - 3]! ^= 1;
      expect(verifyInclusion({ ...claim, leafHash: hashLeaf(leaf) })).toBe(false);
      expect(verifyInclusion({ ...claim, index: index + 1 })).toBe(false);
    }
  });

  it('has to wait for what is not sealed, and is not there for what is not on record', async () => {
    const [newest] = (await search('kind=sync&limit=1')).entries;
    const proof = (id: string) => hall.host('GET', `/v1/ledger/entries/${id}/proof`);
    expect((await proof(newest!.id)).body.code).toBe('ledger_unsealed');
    expect((await proof('0192f0c0-0000-7000-8000-000000000000')).body.code).toBe('entry_unknown');
    await hall.work();
    expect((await proof(newest!.id)).status).toBe(200);
  });
});
