import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Problem } from '@kith/protocol';
import type { Queryable } from '../postgres/database.ts';
import { insertServiceKey, type KeyInForce, type Role, readKeyInForce } from './store.ts';

/** `kith_sk_<12 hex: id>_<43 base64url: 256-bit secret>` */
const keyPattern = /^kith_sk_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** How long a checked key is trusted without asking again: a revoked key stops within this time, on every server. */
const checkedForMs = 5_000;

/** Makes a service key and returns it; only its hash is kept, so this is the one time it can be shown. */
export async function createServiceKey(
  database: Queryable,
  label: string,
  role: Role = 'host',
  owner: string | null = null,
): Promise<string> {
  const keyId = randomBytes(6).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  await insertServiceKey(database, { keyId, secretHash: hash(secret), label, role, owner });
  return `kith_sk_${keyId}_${secret}`;
}

/** Tells whether a presented key is one of the host's. */
export class ServiceKeyCheck {
  readonly #database: Queryable;
  readonly #checked = new Map<string, { key: KeyInForce | undefined; until: number }>();

  constructor(database: Queryable) {
    this.#database = database;
  }

  /**
   * Who presents it, and what it may do.
   *
   * @throws Problem `service_key_invalid`
   */
  async check(
    presented: string,
  ): Promise<{ keyId: string; label: string; role: Role; owner: string | null }> {
    const [, keyId, secret] = keyPattern.exec(presented) ?? [];
    if (!keyId || !secret) throw new Problem('service_key_invalid');
    const key = await this.#keyInForce(keyId);
    // 256-bit secrets need no slow hash; the comparison takes the same time whatever differs.
    if (!key || !timingSafeEqual(key.secretHash, hash(secret))) throw new Problem('service_key_invalid');
    return { keyId, label: key.label, role: key.role, owner: key.owner };
  }

  async #keyInForce(keyId: string): Promise<KeyInForce | undefined> {
    const known = this.#checked.get(keyId);
    if (known && known.until > performance.now()) return known.key;
    if (this.#checked.size > 1_000) this.#checked.clear();
    const key = await readKeyInForce(this.#database, keyId);
    this.#checked.set(keyId, { key, until: performance.now() + checkedForMs });
    return key;
  }
}

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
