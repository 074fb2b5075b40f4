import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { Problem } from '@kith/protocol';
import type { Database } from '../postgres/database.ts';
import { insertRoot, readRoot, replaceRoot } from './store.ts';

/** Bytes of every keyed tag at rest: HMAC-SHA-256 cut to 128 bits, ample against collisions among 2^40 numbers. */
export const tagBytes = 16;

/** Purposes, one derived key each, so that no tag of one table says anything about another table. */
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
  'oprf',
  'issuer',
  'attestation',
  'secret',
  'ticket',
  'password',
  'session',
] as const;
type Purpose = (typeof purposes)[number];

/**
 * The service's secrets. One root secret lies in the database, wrapped under the key-encryption key that only the
 * process holds; everything else is derived from it by HKDF-SHA-256 with the purpose as `info` (RFC 5869).
 */
export class Keyring {
  // Prepared once: from raw bytes, each HMAC would cost four times as much.
  readonly #keys: ReadonlyMap<Purpose, KeyObject>;

  constructor(root: Buffer) {
    const derive = (purpose: Purpose) => Buffer.from(hkdfSync('sha256', root, '', `kith/v1/${purpose}`, 32));
    this.#keys = new Map(purposes.map((purpose) => [purpose, createSecretKey(derive(purpose))]));
  }

  /** 32 bytes for one purpose. */
  key(purpose: Purpose): Buffer {
    return this.#keys.get(purpose)!.export();
  }

  /** HMAC-SHA-256 under the purpose's key, cut to 16 bytes. */
  tag(purpose: Purpose, message: string | Uint8Array): Buffer {
    return createHmac('sha256', this.#keys.get(purpose)!).update(message).digest().subarray(0, tagBytes);
  }

  /**
   * Turns tags into those of one member's own, 16 bytes each: a block cipher under the member's key is a keyed hash of
   * blocks, and takes a whole book in one call.
   */
  memberTags(memberId: string, tags: Uint8Array): Buffer {
    const cipher = createCipheriv('aes-256-ecb', this.#memberKey(memberId), null).setAutoPadding(false);
    return Buffer.concat([cipher.update(tags), cipher.final()]);
  }

  /** The directory's tags again, from those of one member's own. */
  lookupTags(memberId: string, tags: Uint8Array): Buffer {
    const decipher = createDecipheriv('aes-256-ecb', this.#memberKey(memberId), null).setAutoPadding(false);
    return Buffer.concat([decipher.update(tags), decipher.final()]);
  }

  #memberKey(memberId: string): Buffer {
    return createHmac('sha256', this.#keys.get('contact')!).update(`member\0${memberId}`).digest();
  }

  /** Seals a number for its member: 12-byte nonce, 16-byte ciphertext (padded, so length says nothing), 16-byte tag. */
  sealNumber(number: string, memberId: string): Buffer {
    return seal(this.#keys.get('number')!, Buffer.from(number.padEnd(16, '\0')), memberId);
  }

  /** Seals any secret of the service's own for one place. */
  sealSecret(secret: Uint8Array, place: string): Buffer {
    return seal(this.#keys.get('secret')!, secret, place);
  }

  openSecret(sealed: Uint8Array, place: string): Buffer {
    return open(this.#keys.get('secret')!, sealed, place);
  }

  openNumber(sealed: Uint8Array, memberId: string): string {
    return open(this.#keys.get('number')!, sealed, memberId).toString().replace(/\0+$/, '');
  }
}

/** AES-256-GCM with a random nonce; `context` is authenticated and binds the box to its place. */
function seal(key: KeyObject | Buffer, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function open(key: KeyObject | Buffer, sealed: Uint8Array, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}

const rootContext = 'kith/v1/root';

/**
 * Unwraps the root secret, or makes one when the database is new.
 *
 * @param random makes the first root secret; the lab passes its seeded one.
 * @throws Problem `key_invalid` when the key-encryption key is not the one that wrapped it.
 */
export async function openKeyring(
  database: Database,
  keyEncryptionKey: Uint8Array,
  random: (bytes: number) => Uint8Array = randomBytes,
): Promise<Keyring> {
  const kek = asKey(keyEncryptionKey);
  let wrapped = await readRoot(database);
  if (!wrapped) {
    await insertRoot(database, seal(kek, random(32), rootContext));
    wrapped = (await readRoot(database))!;
  }
  return new Keyring(unwrap(kek, wrapped));
}

/** Wraps the root secret under another key-encryption key; tags and sealed numbers stay as they are. */
export async function rotateKeyEncryptionKey(
  database: Database,
  from: Uint8Array,
  to: Uint8Array,
): Promise<void> {
  const wrapped = await readRoot(database);
  if (!wrapped) throw new Problem('key_invalid', 'There is no keyring in this database yet');
  const next = seal(asKey(to), unwrap(asKey(from), wrapped), rootContext);
  if (!(await replaceRoot(database, wrapped, next))) {
    throw new Problem('key_invalid', 'The keyring changed meanwhile; nothing was rotated');
  }
}

function unwrap(kek: Buffer, wrapped: Uint8Array): Buffer {
  try {
    return open(kek, wrapped, rootContext);
  } catch {
    throw new Problem('key_invalid', 'The key-encryption key does not open the keyring of this database');
  }
}

function asKey(bytes: Uint8Array): Buffer {
  if (bytes.length !== 32) throw new Problem('key_invalid', 'The key-encryption key must be 32 bytes');
  return Buffer.from(bytes);
}
