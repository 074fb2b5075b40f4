import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNote, parseNoteKey } from '@kith/protocol/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runLedgerCheckpoint, runLedgerVerify } from './command.ts';
import { testKeys } from './testing.ts';
import { type Crime, now, openCrime } from './verify/tampering.testing.ts';

let crime: Crime;
let folder: string;
let written = '';
beforeAll(async () => {
  crime = await openCrime([4, 6], 2);
  folder = await mkdtemp(join(tmpdir(), 'kith-ledger-'));
});
afterAll(async () => {
  await crime.test.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await crime.restore();
  written = '';
});

const write = (text: string) => {
  written += text;
};
const verify = (options: { json?: boolean; checkpointFile?: string } = {}) =>
  runLedgerVerify({ database: crime.test.database, keys: testKeys, now, write, ...options });
const checkpoint = (json = false) =>
  runLedgerCheckpoint({ database: crime.test.database, keys: testKeys, json, write });

describe('kith ledger verify', () => {
  it('says in a line that all is well, and ends with 0', async () => {
    expect(await verify()).toBe(0);
    expect(written).toBe(
      'The ledger verifies: 10 entries, each as it was sealed, 2 more wait to be sealed\n',
    );
  });

  it('writes a line for each finding, and ends with 1', async () => {
    await crime.sql(`update ledger set body = '{}' where entry_id = $1`, [crime.ids[2]]);
    await crime.sql(`update ledger set member_id = E'two\\nlines' where entry_id = $1`, [crime.ids[5]]);
    expect(await verify()).toBe(1);
    expect(written.split('\n')).toEqual([
      `changed: entry ${crime.ids[2]} of "member 2" at place 2: The entry was changed: it does not say what was sealed`,
      `removed: entry ${crime.ids[5]} of "member 0" at place 5: The entry is gone; its leaf remains`,
      `inserted: entry ${crime.ids[5]} of "two\\nlines": The entry was not written by the service, or was changed`,
      'The ledger does not verify: 3 findings; 9 of 10 entries in place, 2 more wait to be sealed',
      '',
    ]);
  });

  it('writes one JSON document with --json', async () => {
    await crime.sql('delete from ledger where entry_id = $1', [crime.ids[2]]);
    expect(await verify({ json: true })).toBe(1);
    expect(JSON.parse(written)).toMatchObject({
      ok: false,
      size: 10,
      findingsTotal: 1,
      findings: [{ kind: 'removed', entryId: crime.ids[2], leafIndex: 2 }],
    });
  });

  it('holds the ledger against a checkpoint that was kept outside', async () => {
    const checkpointFile = join(folder, 'kept');
    await checkpoint();
    await writeFile(checkpointFile, written);
    written = '';
    expect(await verify({ checkpointFile })).toBe(0);
    expect(written).toContain('it goes on from the kept checkpoint of 10');

    await crime.sql('delete from ledger where entry_id = any($1)', [crime.ids.slice(4)]);
    await crime.sql('delete from ledger_leaves where leaf_index >= 4');
    await crime.sql('delete from ledger_checkpoints where size > 4');
    await crime.rebuildTiles();
    expect(await verify()).toBe(0);
    expect(await verify({ checkpointFile })).toBe(1);
    expect(written).toContain(
      'rolled-back: The ledger has 4 sealed entries; the checkpoint kept outside has 10',
    );
  });

  it('refuses a file that is not one of its checkpoints', async () => {
    const checkpointFile = join(folder, 'other');
    await writeFile(checkpointFile, 'nonsense');
    await expect(verify({ checkpointFile })).rejects.toMatchObject({ code: 'checkpoint_invalid' });
    const missing = join(folder, 'missing');
    await expect(verify({ checkpointFile: missing })).rejects.toMatchObject({ code: 'checkpoint_invalid' });
  });
});

describe('kith ledger checkpoint', () => {
  it('prints the newest note as it is stored', async () => {
    expect(await checkpoint()).toBe(0);
    const [stored] = await crime.sql('select note from ledger_checkpoints where size = 10');
    expect(written).toBe(stored!.note);
  });

  it('prints with --json what someone else needs to check it', async () => {
    expect(await checkpoint(true)).toBe(0);
    const { note, key, size } = JSON.parse(written);
    expect(openNote(note, parseNoteKey(key)!)).toMatchObject({ ok: true });
    expect(size).toBe(10);
  });

  it('ends with 1 where nothing is sealed yet', async () => {
    await crime.sql('truncate ledger_leaves, ledger_tiles, ledger_checkpoints');
    expect(await checkpoint()).toBe(1);
    expect(written).toBe('');
  });
});
