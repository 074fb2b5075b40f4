import { mkdtempSync } from 'node:fs';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FileStore } from './file-store.ts';
import { itKeepsValues } from './kith-store.contract.testing.ts';

const parent = mkdtempSync(join(tmpdir(), 'kith-store-'));
const folder = join(parent, 'made', 'when', 'needed');
afterAll(() => rm(parent, { recursive: true }));

describe('the store of files', () => {
  itKeepsValues(() => new FileStore(folder), true);

  it('lets only its owner read', async () => {
    await new FileStore(folder).put('secret', Uint8Array.of(1));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const file of await readdir(folder)) expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
  });

  it('passes over what a killed process has left half written', async () => {
    await writeFile(join(folder, '.123-0'), 'half');
    expect((await new FileStore(folder).keys('')).some((name) => name.startsWith('.'))).toBe(false);
  });

  it('is empty where its folder is not there yet', async () => {
    expect(await new FileStore(join(parent, 'nowhere')).keys('')).toEqual([]);
  });
});
