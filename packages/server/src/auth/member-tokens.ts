import { type MemberToken, Problem } from '@kith/protocol';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import { isMemberId } from '../members/member-id.ts';
import { publishedKeys } from './host-keys.ts';

const issuer = 'kith';

export interface HostTokens {
  /** Where the host publishes the public keys of its JWTs. */
  jwksUrl?: string;
  /** Or a secret shared with the host (HS256), at least 32 bytes. */
  sharedSecret?: string;
  issuer?: string;
  audience?: string;
}

export interface MemberTokensOptions {
  /** 32 bytes, for the tokens that Kith issues itself. */
  key: Uint8Array;
  now: () => number;
  ttlSecs?: number;
  host?: HostTokens;
}

/** Issues and checks members' tokens: Kith's own, and the host's JWTs whose `sub` is the member's id. */
export class MemberTokens {
  readonly #key: Uint8Array;
  readonly #now: () => number;
  readonly #ttlSecs: number;
  readonly #host: HostTokens | undefined;
  readonly #hostKey: JWTVerifyGetKey | Uint8Array | undefined;

  constructor(options: MemberTokensOptions) {
    this.#key = options.key;
    this.#now = options.now;
    this.#ttlSecs = options.ttlSecs ?? 3_600;
    this.#host = options.host;
    if (options.host?.jwksUrl) this.#hostKey = publishedKeys(new URL(options.host.jwksUrl));
    else if (options.host?.sharedSecret) this.#hostKey = new TextEncoder().encode(options.host.sharedSecret);
  }

  async issue(memberId: string): Promise<MemberToken> {
    const issuedAt = Math.floor(this.#now() / 1000);
    const expiresAt = issuedAt + this.#ttlSecs;
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: 'kith+jwt' })
      .setIssuer(issuer)
      .setSubject(memberId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.#key);
    return { token, expiresAt: new Date(expiresAt * 1000).toISOString() };
  }

  /**
   * Returns the member's id.
   *
   * @throws Problem `token_invalid`, `token_expired`, `host_keys_unavailable`
   */
  async check(token: string): Promise<string> {
    try {
      const { sub } = await this.#verify(token);
      // A claim is whatever the host has written, and not every text is an id.
      if (typeof sub === 'string' && isMemberId(sub)) return sub;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Problem('token_expired');
      if (error instanceof Problem) throw error;
    }
    throw new Problem('token_invalid');
  }

  async #verify(token: string): Promise<JWTPayload> {
    const currentDate = new Date(this.#now());
    const own = { issuer, currentDate, algorithms: ['HS256'], typ: 'kith+jwt' };
    try {
      return (await jwtVerify(token, this.#key, own)).payload;
    } catch (error) {
      if (!this.#hostKey || error instanceof errors.JWTExpired) throw error;
    }
    const options = {
      currentDate,
      requiredClaims: ['sub', 'exp'],
      ...(this.#host?.issuer && { issuer: this.#host.issuer }),
      ...(this.#host?.audience && { audience: this.#host.audience }),
    };
    if (this.#hostKey instanceof Uint8Array) {
      return (await jwtVerify(token, this.#hostKey, { ...options, algorithms: ['HS256', 'HS384', 'HS512'] }))
        .payload;
    }
    // Only signatures made with a private key: a public key must never serve as an HMAC secret.
    const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA', 'Ed25519'];
    return (await jwtVerify(token, this.#hostKey!, { ...options, algorithms })).payload;
  }
}
