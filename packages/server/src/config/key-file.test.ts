import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from './environment.ts';
import { decode, readKeyEncryptionKey } from './key-file.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kith-key-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const read = (env: Record<string, string> = {}) =>
  readKeyEncryptionKey(readConfig({ KITH_HOME: join(home, 'deep', 'home'), ...env }));

describe('the key-encryption key', () => {
  it('is made once, random, for its owner’s eyes alone', async () => {
    const first = await read();
    expect(first.key).toHaveLength(32);
    expect(first.madeAt).toBe(join(home, 'deep', 'home', 'key-encryption-key'));
    expect((await stat(first.madeAt!)).mode & 0o777).toBe(0o600);
    expect(await read()).toEqual({ key: first.key });
    await rm(join(home, 'deep'), { recursive: true });
    expect((await read()).key).not.toEqual(first.key);
  });

  it('is one and the same for all who start at once, and nothing else is left behind', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => read()));
    expect(new Set(made.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect(made.filter(({ madeAt }) => madeAt)).toHaveLength(1);
    expect(await readdir(join(home, 'deep', 'home'))).toEqual(['key-encryption-key']);
  });

  it('comes from the environment or a named file first; a named file is never made', async () => {
    const key = Buffer.alloc(32, 5);
    const file = join(home, 'kek');
    await writeFile(file, `${key.toString('hex')}\n`);
    expect(await read({ KITH_KEK_FILE: file })).toEqual({ key });
    expect(await read({ KITH_KEK: key.toString('base64'), KITH_KEK_FILE: file })).toEqual({ key });
    await expect(read({ KITH_KEK_FILE: join(home, 'nowhere') })).rejects.toMatchObject({
      code: 'config_invalid',
    });
    expect(await readdir(home)).toEqual(['kek']);
  });

  it('is 32 bytes as base64 or hex, and a file with anything else is left as it is', async () => {
    const key = Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index));
    for (const text of [
      key.toString('hex'),
      key.toString('base64'),
      key.toString('base64url'),
      ` ${key.toString('hex').toUpperCase()}\n`,
    ]) {
      expect(Buffer.from(decode(text, 'KITH_KEK'))).toEqual(key);
    }
    for (const text of [
      '',
      'password',
      key.toString('hex').slice(1),
      `${key.toString('base64')}AAAA`,
      'a pass phrase of just forty-three letters ok',
    ]) {
      expect(() => decode(text, 'KITH_KEK')).toThrow(/^KITH_KEK must hold 32 bytes/);
    }
    const file = join(home, 'kek');
    await writeFile(file, '');
    await expect(read({ KITH_KEK_FILE: file })).rejects.toMatchObject({ code: 'config_invalid' });
    expect(await readFile(file, 'utf8')).toBe('');
  });

  it('says in one line where it can be neither read nor written', async () => {
    await expect(read({ KITH_KEK_FILE: home })).rejects.toMatchObject({ code: 'config_invalid' });
    await writeFile(join(home, 'deep'), 'a file where a folder should be');
    await expect(read()).rejects.toThrow(
      /^The key-encryption key cannot be (read from|written to) .*key-encryption-key$/,
    );
  });
});
