import { readFile, writeFile } from 'node:fs/promises';
import { Problem } from '@kith/protocol';
import type { IssuerShare } from '@kith/protocol/crypto';

/** Keeps an issuer's share in a file that only its owner can read. */
export async function writeShare(file: string, share: IssuerShare): Promise<void> {
  const text = JSON.stringify({ index: share.index, secret: Buffer.from(share.secret).toString('hex') });
  await writeFile(file, `${text}\n`, { mode: 0o600 });
}

/** @throws Problem `key_invalid` */
export async function readShare(file: string): Promise<IssuerShare> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Problem('key_invalid', `The share cannot be read from ${file}`);
  });
  try {
    const { index, secret } = JSON.parse(text) as { index: number; secret: string };
    if (Number.isInteger(index) && /^[0-9a-f]{64}$/.test(secret))
      return { index, secret: Buffer.from(secret, 'hex') };
  } catch {
    // Falls through: the text may hold a secret, so nothing of it is told.
  }
  throw new Problem('key_invalid', `${file} does not hold an issuer's share`);
}
