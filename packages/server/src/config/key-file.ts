import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem } from '@kith/protocol';
import type { Config } from './environment.ts';

/**
 * The key-encryption key: from the environment, else from a file, which is made with a random key when it is missing.
 * Losing it loses every number and tag in the database, for ever and on purpose.
 */
export async function readKeyEncryptionKey(config: Config): Promise<{ key: Uint8Array; madeAt?: string }> {
  if (config.secrets.keyEncryptionKey) return { key: decode(config.secrets.keyEncryptionKey, 'KITH_KEK') };
  const file = config.secrets.keyEncryptionKeyFile ?? join(config.home, 'key-encryption-key');
  const text = await readIfThere(file);
  if (text !== undefined) return { key: decode(text, file) };
  if (config.secrets.keyEncryptionKeyFile)
    throw new Problem('config_invalid', `KITH_KEK_FILE: ${file} is not there`);
  const key = randomBytes(32);
  if (!(await writeOnce(file, `${key.toString('base64')}\n`))) return readKeyEncryptionKey(config);
  return { key, madeAt: file };
}

/** Of two that start at once, one makes the file and the other reads it, whole. Returns false where it was there. */
async function writeOnce(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new Problem('config_invalid', `The key-encryption key cannot be written to ${file}`);
  } finally {
    await rm(draft, { force: true });
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Problem('config_invalid', `The key-encryption key cannot be read from ${file}`);
  }
}

export function decode(text: string, name: string): Uint8Array {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (/^[\w+/-]{43}=?$/.test(trimmed)) return Buffer.from(trimmed, 'base64');
  throw new Problem('config_invalid', `${name} must hold 32 bytes as base64 or hex`);
}
