import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testKeys } from './testing.ts';
import { type Crime, now, openCrime } from './verify/tampering.testing.ts';
import { type VerifyReport, verifyLedger } from './verify.ts';

let crime: Crime;
beforeAll(async () => {
  crime = await openCrime([9, 300, 21]);
});
afterAll(() => crime.test.close());
beforeEach(() => crime.restore());

const kindsOf = (report: VerifyReport) => report.findings.map(({ kind }) => kind).sort();
const about = (report: VerifyReport, entryId: string) =>
  report.findings.filter((finding) => finding.entryId === entryId);

describe('a ledger that nobody touched', () => {
  it('verifies, with entries that still wait to be sealed', async () => {
    expect(await crime.verify({ now })).toEqual({
      ok: true,
      size: 330,
      entries: 330,
      unsealed: 3,
      findings: [],
      findingsTotal: 0,
    });
  });

  it('verifies before its first entry', async () => {
    await crime.sql('truncate ledger, ledger_leaves, ledger_tiles, ledger_checkpoints');
    expect(await crime.verify()).toMatchObject({ ok: true, size: 0, entries: 0, unsealed: 0 });
  });

  it('verifies after a member was erased', async () => {
    await crime.test.database.transaction(async (tx) => {
      await crime.test.ledger.eraseContexts(tx, 'member 0');
      await crime.test.ledger.append(tx, [{ memberId: 'member 0', kind: 'member-erased', body: {} }], now);
    });
    expect(await crime.verify()).toMatchObject({ ok: true, findings: [] });
    await crime.seal();
    expect(await crime.verify()).toMatchObject({ ok: true, findings: [], size: 334 });
  });

  it('verifies while it is appended to and sealed', async () => {
    let writing = true;
    const writer = (async () => {
      for (let round = 0; writing; round += 1) {
        await crime.test.append([{ memberId: 'busy', kind: 'sync', body: {} }], now + round);
        await crime.seal();
      }
    })();
    for (let round = 0; round < 10; round += 1)
      expect(await crime.verify({ now })).toMatchObject({ ok: true });
    writing = false;
    await writer;
  });

  it('tells how far it is', async () => {
    const told: [number, number][] = [];
    await crime.verify({ progress: (done, total) => told.push([done, total]) });
    expect(told.at(-1)).toEqual([330, 330]);
  });

  it('does not verify under other keys', async () => {
    const otherMac = await verifyLedger(crime.test.database, { ...testKeys, macKey: new Uint8Array(32) });
    expect(otherMac.findingsTotal).toBeGreaterThanOrEqual(330);
    const otherSeed = await verifyLedger(crime.test.database, {
      ...testKeys,
      signingSeed: new Uint8Array(32),
    });
    expect(new Set(kindsOf(otherSeed))).toEqual(new Set(['checkpoint-invalid']));
  });
});

describe('an entry changed', () => {
  it.each([
    ['its time by a microsecond', `at = at + interval '1 microsecond'`],
    ['its time to infinity', `at = 'infinity'`],
    ['its kind', `kind = 'setting'`],
    ['its other member', `other_id = 'someone else'`],
    ['its other member to nobody', `other_id = null`],
    ['its body', `body = '{"how":"mutual"}'`],
    ['its body in bytes only', `body = body || ' '`],
    ['its context hash', `context_hash = '\\x00'`],
    ['its code', `mac = set_byte(mac, 0, 255 - get_byte(mac, 0))`],
    ['its code cut short', `mac = ''`],
    ['its mark of being sealed', 'sealed = false'],
  ])('is named: %s', async (_what, set) => {
    await crime.sql(`update ledger set ${set} where entry_id = $1`, [crime.ids[100]]);
    const report = await crime.verify();
    expect(report.findings).toMatchObject([
      { kind: 'changed', entryId: crime.ids[100], memberId: 'member 0', leafIndex: 100 },
    ]);
  });

  it('is named by its old and its new name when given to another member', async () => {
    await crime.sql(`update ledger set member_id = 'mallory' where entry_id = $1`, [crime.ids[100]]);
    expect((await crime.verify()).findings).toMatchObject([
      { kind: 'removed', entryId: crime.ids[100], memberId: 'member 0', leafIndex: 100 },
      { kind: 'inserted', entryId: crime.ids[100], memberId: 'mallory' },
    ]);
  });

  it('is named by its old and its new name when given another id', async () => {
    const id = '00000000-0000-0000-0000-000000000000';
    await crime.sql(`update ledger set entry_id = $2, member_id = '' where entry_id = $1`, [
      crime.ids[100],
      id,
    ]);
    expect((await crime.verify()).findings).toMatchObject([
      { kind: 'removed', entryId: crime.ids[100], leafIndex: 100 },
      { kind: 'inserted', entryId: id, memberId: '' },
    ]);
  });

  it('is named when only its context was changed, added or removed', async () => {
    const [changed, added, removed, halved] = [3, 4, 6, 9].map((index) => crime.ids[index]!);
    const set = (id: string | undefined, what: string) =>
      crime.sql(`update ledger set ${what} where entry_id = $1`, [id]);
    await set(changed, `context = '{}'`);
    await set(added, `context = '{}', context_salt = '\\x00'`);
    await set(removed, 'context = null, context_salt = null');
    await set(halved, 'context = null');
    expect((await crime.verify()).findings).toMatchObject([
      { kind: 'changed', entryId: changed, leafIndex: 3 },
      { kind: 'changed', entryId: added, leafIndex: 4 },
      { kind: 'context-removed', entryId: removed, leafIndex: 6 },
      { kind: 'changed', entryId: halved, leafIndex: 9 },
    ]);
  });

  it('is named also before it is sealed', async () => {
    await crime.sql(`update ledger set body = '{}' where entry_id = $1`, [crime.ids[331]]);
    expect((await crime.verify()).findings).toMatchObject([{ kind: 'inserted', entryId: crime.ids[331] }]);
  });

  it('is named a hundred times when a hundred are', async () => {
    const changed = crime.ids.slice(50, 150);
    await crime.sql(`update ledger set body = '{"x":1}' where entry_id = any($1)`, [changed]);
    const report = await crime.verify();
    expect(report.findings.map(({ entryId }) => entryId)).toEqual(changed);
    const told: string[] = [];
    const short = await crime.verify({ findingsMax: 10, onFinding: ({ entryId }) => told.push(entryId!) });
    expect(told).toEqual(changed);
    expect(short).toMatchObject({ findingsTotal: 100, findings: { length: 10 } });
  });
});

describe('an entry removed', () => {
  it('is named by its leaf', async () => {
    await crime.sql('delete from ledger where entry_id = $1', [crime.ids[42]]);
    expect((await crime.verify()).findings).toMatchObject([
      { kind: 'removed', entryId: crime.ids[42], memberId: 'member 2', leafIndex: 42 },
    ]);
  });

  it('leaves a gap when its leaf is removed as well, in the middle or at the end', async () => {
    for (const index of [42, 329]) {
      await crime.restore();
      await crime.sql('delete from ledger where entry_id = $1', [crime.ids[index]]);
      await crime.sql('delete from ledger_leaves where leaf_index = $1', [index]);
      expect((await crime.verify()).findings).toMatchObject([{ kind: 'removed', leafIndex: index }]);
    }
  });

  it('leaves a gap also when the tree is rebuilt without it', async () => {
    await crime.sql('delete from ledger where entry_id = $1', [crime.ids[42]]);
    await crime.sql('delete from ledger_leaves where leaf_index = 42');
    await crime.rebuildTiles();
    const report = await crime.verify();
    expect(report.findings).toContainEqual(expect.objectContaining({ kind: 'removed', leafIndex: 42 }));
    expect(kindsOf(report)).toEqual(['checkpoint-invalid', 'removed', 'tile-changed']);
  });

  it('names all that moved when the later leaves move up to close the gap', async () => {
    await crime.sql('delete from ledger where entry_id = $1', [crime.ids[320]]);
    await crime.sql('delete from ledger_leaves where leaf_index = 320');
    for (let index = 321; index < 330; index += 1) {
      await crime.sql('update ledger_leaves set leaf_index = leaf_index - 1 where leaf_index = $1', [index]);
    }
    await crime.rebuildTiles();
    const report = await crime.verify();
    for (const id of crime.ids.slice(321, 330))
      expect(about(report, id)).toMatchObject([{ kind: 'reordered' }]);
    expect(report.findings).toContainEqual(expect.objectContaining({ kind: 'removed', leafIndex: 329 }));
  });
});

describe('an entry inserted', () => {
  const forge = `insert into ledger select $2, $3::uuid, at, kind, other_id, body, context_hash, mac, $4, context_salt, context
                 from ledger where entry_id = $1`;
  const id = 'ffffffff-0000-7000-8000-000000000000';

  it.each([
    ['a copy under another id', 'member 0', id, true],
    ['a copy under another id, to be sealed', 'member 0', id, false],
    ['a copy under another member', 'mallory', undefined, true],
    ['a copy under another member, to be sealed', 'mallory', undefined, false],
  ])('is named: %s', async (_what, memberId, entryId, sealed) => {
    const inserted = entryId ?? crime.ids[100]!;
    await crime.sql(forge, [crime.ids[100], memberId, inserted, sealed]);
    expect((await crime.verify()).findings).toMatchObject([
      { kind: 'inserted', memberId, entryId: inserted },
    ]);
  });

  it('is named with the leaf that was made up for it', async () => {
    for (const index of [330, -1, '9223372036854775807']) {
      await crime.restore();
      await crime.sql(forge, [crime.ids[100], 'mallory', id, true]);
      await crime.sql(
        `insert into ledger_leaves select $1, 'mallory', $2, leaf_hash, seal
        from ledger_leaves where leaf_index = 100`,
        [index, id],
      );
      const report = await crime.verify();
      expect(about(report, id)[0]).toMatchObject({ kind: 'inserted', memberId: 'mallory' });
    }
  });

  it('is named when it takes the leaf of another, and so is the other', async () => {
    await crime.sql(forge, [crime.ids[100], 'mallory', id, true]);
    await crime.sql(`update ledger_leaves set member_id = 'mallory', entry_id = $1 where leaf_index = 100`, [
      id,
    ]);
    const report = await crime.verify();
    expect(about(report, id)).toMatchObject([{ kind: 'changed', leafIndex: 100 }]);
    expect(about(report, crime.ids[100]!)).toMatchObject([{ kind: 'leaf-missing' }]);
  });
});
