import { deriveVoprfKeys, loadFastGroup, type VoprfKeys } from '@kith/protocol/crypto';
import type { Keyring } from '../keys/keyring.ts';
import type { Queryable } from '../postgres/database.ts';
import { readVersion, writeVersion } from './store.ts';

/** The versions of the OPRF key: each is derived from the root secret, only its number is stored. */
export class OprfKeys {
  readonly #keyring: Keyring;
  readonly #pairs = new Map<number, Promise<VoprfKeys>>();

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** The pair of one version, RFC 9497 3.2.1 DeriveKeyPair. */
  pair(version: number): Promise<VoprfKeys> {
    const known = this.#pairs.get(version) ?? this.#derive(version);
    this.#pairs.set(version, known);
    return known;
  }

  async #derive(version: number): Promise<VoprfKeys> {
    const info = new TextEncoder().encode(`kith/v1/oprf/${version}`);
    return deriveVoprfKeys(await loadFastGroup(), this.#keyring.key('oprf'), info);
  }

  /** The newest version: entries are published under it, and the next day uses it. */
  newest(db: Queryable): Promise<number> {
    return readVersion(db);
  }

  /** Starts the next version; the old one serves until every open member is published under the new one. */
  async rotate(db: Queryable): Promise<number> {
    const version = (await readVersion(db)) + 1;
    await writeVersion(db, version);
    return version;
  }
}
