import { hkdfSync } from 'node:crypto';
import { Problem } from '@kith/protocol';
import {
  drawPairingScalar,
  encodeIssuerSet,
  IssuerSetMessage,
  type IssuerShare,
  loadFastPairing,
  readIssuerSet,
  singleIssuer,
} from '@kith/protocol/crypto';
import type { Keyring } from '../keys/keyring.ts';

/** Issuers outside the service: their public set (`IssuerSet`, base64url), and where each answers, by index. */
export interface OutsideIssuers {
  set: string;
  urls: readonly string[];
}

/**
 * Who makes members' keys. By default the service itself, which then holds the whole secret and could work out any
 * pair's slot; or issuers outside it, any `threshold` of whom suffice and fewer of whom learn nothing.
 */
export class Issuer {
  /** The service's own secret; absent where issuers are outside. */
  readonly share: IssuerShare | undefined;
  readonly outside: OutsideIssuers | undefined;
  #set: Promise<string> | undefined;

  constructor(keyring: Keyring, outside?: OutsideIssuers) {
    this.outside = outside;
    const seed = Buffer.from(hkdfSync('sha256', keyring.key('issuer'), '', 'kith/v1/issuer/1', 48));
    if (!outside) this.share = { index: 1, secret: drawPairingScalar(() => seed) };
  }

  /** The public keys that members check theirs against, as the `IssuerSet` message in base64url. */
  publicSet(): Promise<string> {
    this.#set ??= this.#makeSet();
    return this.#set;
  }

  async #makeSet(): Promise<string> {
    const pairing = await loadFastPairing();
    if (!this.share) return this.outside!.set;
    const message = encodeIssuerSet(singleIssuer(pairing, this.share.secret)).serialize();
    return Buffer.from(message).toString('base64url');
  }
}

/**
 * Issuers as configured, once their set hangs together.
 *
 * @throws Problem `config_invalid`
 */
export async function checkOutsideIssuers(outside: OutsideIssuers): Promise<OutsideIssuers> {
  try {
    const message = IssuerSetMessage.deserialize(Buffer.from(outside.set, 'base64url'));
    const { shares } = readIssuerSet(await loadFastPairing(), message);
    if (shares.length === outside.urls.length) return outside;
  } catch {
    throw new Problem('config_invalid', 'KITH_ISSUERS: the set is not one that a ceremony has made');
  }
  throw new Problem('config_invalid', 'KITH_ISSUERS needs one URL for each issuer of the set');
}
