import { hkdfSync } from 'node:crypto';
import {
  drawPairingScalar,
  encodeIssuerSet,
  type IssuerShare,
  loadFastPairing,
  type Pairing,
  singleIssuer,
} from '@kith/protocol/crypto';
import type { Keyring } from '../keys/keyring.ts';

/** The issuer inside the service: it holds the whole secret, so the service could work out any pair's slot. */
export class Issuer {
  readonly share: IssuerShare;
  #set: Promise<Uint8Array> | undefined;

  constructor(keyring: Keyring) {
    const seed = Buffer.from(hkdfSync('sha256', keyring.key('issuer'), '', 'kith/v1/issuer/1', 48));
    this.share = { index: 1, secret: drawPairingScalar(() => seed) };
  }

  /** The public keys that members check theirs against, as the `IssuerSet` message. */
  publicSet(): Promise<Uint8Array> {
    this.#set ??= loadFastPairing().then((pairing: Pairing) =>
      encodeIssuerSet(singleIssuer(pairing, this.share.secret)).serialize(),
    );
    return this.#set;
  }
}
