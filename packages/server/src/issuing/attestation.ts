import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Problem } from '@kith/protocol';
import {
  createRemoteJWKSet,
  errors,
  exportJWK,
  type JWK,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
} from 'jose';

/** Whom an attestation is for. */
const audience = 'kith-issuer';
const ttlSecs = 300;

/** PKCS #8 of an Ed25519 key is this prefix and the seed, RFC 8410. */
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Vouches to issuers outside the service that a number is the member's. Whoever holds this key can have any member's keys
 * made, so where the service is not to be trusted with that the host signs attestations itself, and the issuers
 * are told the host's keys instead.
 */
export class Attestor {
  readonly #key: KeyObject;
  readonly #now: () => number;

  constructor(seed: Uint8Array, now: () => number) {
    this.#key = createPrivateKey({ key: Buffer.concat([ed25519Prefix, seed]), format: 'der', type: 'pkcs8' });
    this.#now = now;
  }

  /** A JWT: `sub` is the E.164 number, `aud` is "kith-issuer", five minutes long. */
  attest(number: string): Promise<string> {
    const issuedAt = Math.floor(this.#now() / 1000);
    return new SignJWT()
      .setProtectedHeader({ alg: 'EdDSA', typ: 'kith-attestation+jwt' })
      .setSubject(number)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ttlSecs)
      .sign(this.#key);
  }

  /** What issuers check attestations against. */
  async jwks(): Promise<{ keys: JWK[] }> {
    return { keys: [{ ...(await exportJWK(createPublicKey(this.#key))), alg: 'EdDSA', use: 'sig' }] };
  }
}

/** Reads attestations, against keys that are published at a URL. */
export class AttestationCheck {
  readonly #keys: JWTVerifyGetKey;
  readonly #now: () => number;

  constructor(jwksUrl: string, now: () => number) {
    this.#keys = createRemoteJWKSet(new URL(jwksUrl));
    this.#now = now;
  }

  /**
   * The number that is vouched for.
   *
   * @throws Problem `token_invalid`, `token_expired`, `host_keys_unavailable`
   */
  async numberIn(attestation: string): Promise<string> {
    const currentDate = new Date(this.#now());
    const rules = {
      audience,
      currentDate,
      requiredClaims: ['sub', 'exp'],
      algorithms: ['EdDSA', 'Ed25519', 'ES256'],
    };
    try {
      const { payload } = await jwtVerify(attestation, this.#keys, rules);
      return payload.sub!;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Problem('token_expired');
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout))
        throw new Problem('token_invalid');
      throw new Problem('host_keys_unavailable', undefined, { retryAfterSecs: 5 });
    }
  }
}
