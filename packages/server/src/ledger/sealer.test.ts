import {
  consistencyRanges,
  Frontier,
  hashInTile,
  inclusionRanges,
  openNote,
  parseCheckpoint,
  perfectSubtrees,
  proveConsistency,
  proveInclusion,
  type SubtreeHash,
  tileOf,
  verifyConsistency,
  verifyInclusion,
} from '@kith/protocol/ledger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../postgres/database.ts';
import { sealOnce } from './sealer.ts';
import { openTestLedger, type TestLedger, testKeys } from './testing.ts';
import { noteKeyOf } from './tree/signing.ts';
import { readLeavesFrom, readTiles } from './tree/store.ts';

const now = Date.UTC(2026, 10, 22);

let test: TestLedger;
beforeEach(async () => {
  test = await openTestLedger();
});
afterEach(() => test.close());

const seal = (options = {}) => sealOnce(test.database, testKeys, now, options);

async function appendSome(count: number, at = now): Promise<string[]> {
  return test.append(
    Array.from({ length: count }, (_, index) => ({
      memberId: `member ${index % 7}`,
      kind: 'sync' as const,
      body: { new: index },
    })),
    at,
  );
}

async function checkpoints() {
  const rows = await test.database.query<{ note: string }>(
    'select note from ledger_checkpoints order by size',
  );
  return rows.map(({ note }) => {
    const opened = openNote(note, noteKeyOf(testKeys));
    return parseCheckpoint(opened.ok ? opened.text : '')!;
  });
}

const leaves = () => readLeavesFrom(test.database, 0, 10_000);

describe('sealing', () => {
  it('gives entries their places in order of their ids and signs the root of the tree', async () => {
    const ids = await appendSome(300);
    expect(await seal()).toEqual({ sealed: 300, size: 300, more: false, refused: [] });
    const sealed = await leaves();
    expect(sealed.map((leaf) => leaf.leafIndex)).toEqual(ids.map((_, index) => index));
    expect(sealed.map((leaf) => leaf.entryId)).toEqual(ids);
    const tree = new Frontier();
    for (const leaf of sealed) tree.push(leaf.leafHash);
    const [checkpoint] = await checkpoints();
    expect(checkpoint).toEqual({ origin: testKeys.origin, size: 300, root: tree.root() });
    expect(await test.database.query('select 1 from ledger where not sealed')).toEqual([]);
  });

  it('does nothing where nothing waits', async () => {
    expect(await seal()).toEqual({ sealed: 0, size: 0, more: false, refused: [] });
    expect(await checkpoints()).toEqual([]);
  });

  it('takes a batch at a time and says when there is more', async () => {
    await appendSome(250);
    expect(await seal({ batchMax: 100 })).toMatchObject({ sealed: 100, size: 100, more: true });
    expect(await seal({ batchMax: 100 })).toMatchObject({ sealed: 100, size: 200, more: true });
    expect(await seal({ batchMax: 100 })).toMatchObject({ sealed: 50, size: 250, more: false });
  });

  it('keeps tiles that prove any entry and any older checkpoint', async () => {
    for (const count of [200, 57, 300]) {
      await appendSome(count);
      await seal();
    }
    const [, second, third] = await checkpoints();
    const [before, after] = [second!, third!];
    const leaf = (await leaves())[123]!;
    const lookup = await subtreesOf([
      ...inclusionRanges(123, after.size),
      ...consistencyRanges(before.size, after.size),
    ]);
    const inclusion = proveInclusion(123, after.size, lookup);
    const claim = {
      index: 123,
      size: after.size,
      leafHash: leaf.leafHash,
      root: after.root,
      proof: inclusion,
    };
    expect(verifyInclusion(claim)).toBe(true);
    const consistency = proveConsistency(before.size, after.size, lookup);
    const roots = { rootBefore: before.root, rootAfter: after.root };
    expect(verifyConsistency({ before: before.size, after: after.size, ...roots, proof: consistency })).toBe(
      true,
    );
  });

  async function subtreesOf(ranges: { begin: number; end: number }[]): Promise<SubtreeHash> {
    const tiles = await readTiles(test.database, ranges.flatMap(perfectSubtrees).map(tileOf));
    return (subtree) => {
      const { level, index, first, count } = tileOf(subtree);
      const tile = tiles.find((candidate) => candidate.level === level && candidate.index === index)!;
      return hashInTile(tile.hashes, first, count);
    };
  }
});

describe('sealing what was tampered with', () => {
  it('leaves out rows that were inserted or changed without the key, seals the rest and names them', async () => {
    const ids = await appendSome(10);
    await test.database.query(`update ledger set body = '{"new":999}' where entry_id = $1`, [ids[3]]);
    await test.database.query(
      `insert into ledger select 'mallory', entry_id, at, kind, other_id, body, context_hash, mac, false, null, null
       from ledger where entry_id = $1`,
      [ids[5]],
    );
    const report = await seal();
    expect(report.sealed).toBe(9);
    expect(report.refused).toEqual([
      { memberId: 'member 3', entryId: ids[3], reason: 'forged' },
      { memberId: 'mallory', entryId: ids[5], reason: 'forged' },
    ]);
    const left = await test.database.query(
      'select member_id from ledger where not sealed order by member_id',
    );
    expect(left).toEqual([{ member_id: 'mallory' }, { member_id: 'member 3' }]);
  });

  it('is not held up by a flood of forged rows before the others', async () => {
    await test.database.query(
      `insert into ledger select 'mallory', gen_random_uuid(), '1970-01-01', 'sync', null, '{}', null, '\\x00', false, null, null
       from generate_series(1, 250)`,
    );
    await test.database.query(`update ledger set entry_id = ('00' || substr(entry_id::text, 3))::uuid`);
    await appendSome(30);
    const report = await seal({ batchMax: 40 });
    expect(report).toMatchObject({ sealed: 30, size: 30 });
    expect(report.refused).toHaveLength(250);
  });

  it('survives times that are not times', async () => {
    const [id] = await appendSome(1);
    await test.database.query(`update ledger set at = 'infinity' where entry_id = $1`, [id]);
    expect((await seal()).refused).toMatchObject([{ entryId: id, reason: 'forged' }]);
  });

  it('does not seal an entry twice when its mark was taken off', async () => {
    const ids = await appendSome(5);
    await seal();
    await test.database.query('update ledger set sealed = false where entry_id = $1', [ids[2]]);
    const report = await seal();
    expect(report).toMatchObject({ sealed: 0, size: 5 });
    expect(report.refused).toMatchObject([{ entryId: ids[2], reason: 'already-sealed' }]);
  });

  it.each([
    ['a tile changed', `update ledger_tiles set hashes = set_byte(hashes, 40, 255 - get_byte(hashes, 40))`],
    ['a tile cut short', 'update ledger_tiles set hashes = substr(hashes, 1, 32)'],
    ['a tile removed', 'delete from ledger_tiles'],
    ['the newest checkpoint removed', 'delete from ledger_checkpoints where size = 10'],
    [
      'the newest checkpoint changed',
      `update ledger_checkpoints set note = replace(note, '10', '11') where size = 10`,
    ],
    ['a checkpoint made up', `insert into ledger_checkpoints values (20, '\\x00', 'x', now())`],
    ['a leaf made up', `insert into ledger_leaves values (10, 'm', gen_random_uuid(), '\\x00', '\\x00')`],
    [
      'everything taken back to an older checkpoint',
      `delete from ledger_leaves where leaf_index >= 6; delete from ledger_checkpoints where size = 10;
       update ledger_tiles set hashes = substr(hashes, 1, 6 * 32)`,
    ],
  ])('refuses to go on signing after %s', async (_what, sql) => {
    await appendSome(6);
    await seal();
    await appendSome(4);
    await seal();
    await test.database.query(sql);
    await appendSome(1);
    await expect(seal()).rejects.toMatchObject({ code: 'ledger_broken' });
    expect(await test.database.query('select 1 from ledger where not sealed')).toHaveLength(1);
  });
});

describe('a sealer that dies', () => {
  it('leaves the ledger as it was, at whatever statement, and the next one goes on', async () => {
    await appendSome(20);
    await seal({ batchMax: 10 });
    let statement = 0;
    for (let failed = true; failed; statement += 1) {
      const before = await everything();
      failed = await sealAndDieAt(statement);
      if (failed) expect(await everything()).toEqual(before);
    }
    expect(statement).toBeGreaterThan(8);
    expect((await checkpoints()).map(({ size }) => size)).toEqual([10, 20]);
    expect((await leaves()).map((leaf) => leaf.leafIndex)).toEqual(Array.from({ length: 20 }, (_, at) => at));
  });

  async function everything() {
    const tables = ['ledger', 'ledger_leaves', 'ledger_tiles', 'ledger_checkpoints'];
    return Promise.all(tables.map((table) => test.database.query(`select * from ${table} order by 1, 2`)));
  }

  /** Cuts the sealer's own connection before its n-th statement. */
  async function sealAndDieAt(statement: number): Promise<boolean> {
    const dying = Object.create(test.database) as Database;
    dying.transaction = (work) =>
      test.database.transaction((tx) => {
        let count = 0;
        const query = async (text: string, values?: readonly unknown[]) => {
          if (count === statement) {
            await tx.query('select pg_terminate_backend(pg_backend_pid())');
          }
          count += 1;
          return tx.query(text, values);
        };
        return work({ connection: tx.connection, query } as never);
      });
    dying.query = test.database.query.bind(test.database) as never;
    return sealOnce(dying, testKeys, now).then(
      () => false,
      () => true,
    );
  }
});

describe('two sealers at once', () => {
  it('seal everything once, in one unbroken row, while entries keep coming', async () => {
    const url = test.url;
    const others = [new Database({ url }), new Database({ url })];
    let appended = 0;
    const appending = (async () => {
      for (let round = 0; round < 12; round += 1) appended += (await appendSome(25, now + round)).length;
    })();
    const sealing = others.map(async (database) => {
      let sealed = 0;
      for (let round = 0; round < 30; round += 1) {
        sealed += (await sealOnce(database, testKeys, now, { batchMax: 20 })).sealed;
      }
      return sealed;
    });
    await appending;
    const counts = await Promise.all(sealing);
    let rest = 0;
    for (let report = await seal(); report.sealed > 0; report = await seal()) rest += report.sealed;
    expect(counts[0]! + counts[1]! + rest).toBe(appended);
    expect((await leaves()).map((leaf) => leaf.leafIndex)).toEqual(
      Array.from({ length: appended }, (_, at) => at),
    );
    expect(new Set((await leaves()).map((leaf) => leaf.entryId)).size).toBe(appended);
    await Promise.all(others.map((database) => database.close()));
  });
});
