import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testKeys } from './testing.ts';
import { CheckpointReader, signCheckpoint } from './tree/signing.ts';
import { type Crime, now, openCrime } from './verify/tampering.testing.ts';
import type { VerifyReport } from './verify.ts';

let crime: Crime;
beforeAll(async () => {
  crime = await openCrime([9, 300, 21]);
});
afterAll(() => crime.test.close());
beforeEach(() => crime.restore());

const kindsOf = (report: VerifyReport) => report.findings.map(({ kind }) => kind).sort();
const about = (report: VerifyReport, entryId: string) =>
  report.findings.filter((finding) => finding.entryId === entryId);

describe('entries reordered', () => {
  async function swapLeaves(one: number, other: number): Promise<void> {
    await crime.sql('update ledger_leaves set leaf_index = -1000 where leaf_index = $1', [one]);
    await crime.sql('update ledger_leaves set leaf_index = $2 where leaf_index = $1', [other, one]);
    await crime.sql('update ledger_leaves set leaf_index = $1 where leaf_index = -1000', [other]);
  }

  it.each([
    ['as they are', false],
    ['with the tree rebuilt', true],
  ])('are both named: leaves swapped, %s', async (_what, rebuilt) => {
    await swapLeaves(100, 200);
    if (rebuilt) await crime.rebuildTiles();
    const report = await crime.verify();
    expect(about(report, crime.ids[100]!)).toMatchObject([{ kind: 'reordered', leafIndex: 200 }]);
    expect(about(report, crime.ids[200]!)).toMatchObject([{ kind: 'reordered', leafIndex: 100 }]);
    expect(report.findings.filter(({ kind }) => kind === 'reordered')).toHaveLength(2);
  });

  it('are both named when the bodies are swapped', async () => {
    await crime.sql(
      `update ledger set body = other.body from ledger as other where (ledger.entry_id, other.entry_id) in (($1, $2), ($2, $1))`,
      [crime.ids[99], crime.ids[100]],
    );
    const report = await crime.verify();
    expect(report.findings).toMatchObject([
      { kind: 'changed', entryId: crime.ids[99], leafIndex: 99 },
      { kind: 'changed', entryId: crime.ids[100], leafIndex: 100 },
    ]);
  });

  it('are named when their leaves were removed and they are marked sealed', async () => {
    await crime.sql('delete from ledger_leaves where leaf_index = 100');
    expect((await crime.verify()).findings).toMatchObject([
      { kind: 'removed', leafIndex: 100 },
      { kind: 'leaf-missing', entryId: crime.ids[100] },
    ]);
  });

  it('is said of an entry that was passed over by the sealer', async () => {
    const early = await crime.test.append([{ memberId: 'late', kind: 'sync', body: {} }], now - 3_600_000);
    expect((await crime.verify({ now })).findings).toMatchObject([
      { kind: 'unsealed-old', entryId: early[0] },
    ]);
    await crime.seal();
    expect(await crime.verify({ now })).toMatchObject({ ok: true });
  });
});

describe('the tree and its checkpoints', () => {
  it('are named when a tile was changed or removed, and no entry is suspected', async () => {
    for (const sql of [
      `update ledger_tiles set hashes = set_byte(hashes, 40, 255 - get_byte(hashes, 40)) where level = 0 and tile = 0`,
      'delete from ledger_tiles where level = 0 and tile = 0',
      'delete from ledger_tiles where level = 0 and tile = 1',
      `update ledger_tiles set hashes = set_byte(hashes, 1, 255 - get_byte(hashes, 1)) where level = 1`,
      'delete from ledger_tiles',
    ]) {
      await crime.restore();
      await crime.sql(sql);
      expect((await crime.verify()).findings).toMatchObject([{ kind: 'tile-changed' }]);
    }
  });

  it.each([
    ['its note', `note = replace(note, '309', '310')`],
    ['its root', `root = '\\x00'`],
    ['its size', 'size = 310'],
    ['its note for that of another', `note = (select note from ledger_checkpoints where size = 330)`],
    ['its note for nonsense', `note = 'nonsense'`],
  ])('are named when an older checkpoint was changed: %s', async (_what, set) => {
    await crime.sql(`update ledger_checkpoints set ${set} where size = 309`);
    expect(kindsOf(await crime.verify())).toEqual(['checkpoint-invalid']);
  });

  it('are named when the newest checkpoint was changed or removed, and no entry is suspected', async () => {
    for (const sql of [
      'delete from ledger_checkpoints where size = 330',
      `update ledger_checkpoints set note = replace(note, '330', '331') where size = 330`,
      'delete from ledger_checkpoints',
    ]) {
      await crime.restore();
      await crime.sql(sql);
      const report = await crime.verify();
      expect(report.findings.map(({ kind }) => kind)).toContain('checkpoint-invalid');
      expect(report.findings.filter(({ entryId }) => entryId)).toEqual([]);
    }
  });

  it('are named when a checkpoint was made up, of any size', async () => {
    for (const size of [0, -5, 20, 331, 1_000_000]) {
      await crime.restore();
      await crime.sql(`insert into ledger_checkpoints values ($1, '\\x00', 'x', now())`, [size]);
      expect(kindsOf(await crime.verify())).toEqual(['checkpoint-invalid']);
    }
  });

  it('are named when a signed checkpoint is of another tree', async () => {
    const root = Buffer.alloc(32, 7);
    await crime.sql('update ledger_checkpoints set root = $1, note = $2 where size = 9', [
      root,
      signCheckpoint(testKeys, 9, root),
    ]);
    expect(kindsOf(await crime.verify())).toEqual(['checkpoint-invalid']);
  });
});

describe('a ledger taken back to an older checkpoint', () => {
  async function rollBack(): Promise<void> {
    await crime.sql('delete from ledger_leaves where leaf_index >= 309');
    await crime.sql('delete from ledger_checkpoints where size = 330');
    await crime.rebuildTiles();
  }

  it('names the entries that are still marked sealed', async () => {
    await rollBack();
    const report = await crime.verify();
    expect(report.size).toBe(309);
    expect(new Set(kindsOf(report))).toEqual(new Set(['leaf-missing']));
    expect(report.findings.map(({ entryId }) => entryId).sort()).toEqual(crime.ids.slice(309, 330));
  });

  it('names every place when only the checkpoint remains', async () => {
    await crime.sql('delete from ledger_leaves where leaf_index >= 309');
    await crime.sql('delete from ledger where entry_id = any($1)', [crime.ids.slice(309)]);
    const report = await crime.verify();
    const places = report.findings.filter(({ kind }) => kind === 'removed').map(({ leafIndex }) => leafIndex);
    expect(places).toEqual(Array.from({ length: 21 }, (_, at) => 309 + at));
  });

  it('is seen by nothing inside once the entries are gone too, but by a checkpoint kept outside', async () => {
    const [newest] = await crime.sql('select note from ledger_checkpoints where size = 330');
    const kept = new CheckpointReader(testKeys).open(newest!.note as string)!;
    expect(await crime.verify({ kept })).toMatchObject({ ok: true });
    await rollBack();
    await crime.sql('delete from ledger where entry_id = any($1)', [crime.ids.slice(309)]);
    expect(await crime.verify()).toMatchObject({ ok: true, size: 309 });
    expect(kindsOf(await crime.verify({ kept }))).toEqual(['rolled-back']);
    const other = { ...kept, size: 309, root: new Uint8Array(32) };
    expect(kindsOf(await crime.verify({ kept: other }))).toEqual(['rolled-back']);
  });
});
