import { Problem } from '@kith/protocol';
import * as client from 'openid-client';
import type { Claims, RoleRules } from './claims.ts';

export interface OidcOptions {
  /** Where the issuer is; its `/.well-known/openid-configuration` says the rest. */
  issuer: string;
  clientId: string;
  /** Absent for a public client, which has PKCE alone. */
  clientSecret?: string;
  /** What people know it by; its host unless told. */
  name?: string;
  scope?: string;
  roles: RoleRules;
}

/** What has to come back, kept by the browser meanwhile in a cookie that it cannot read. */
export interface Expected {
  state: string;
  nonce: string;
  verifier: string;
}

const timeoutSecs = 10;
/** So long the issuer is left in peace after it could not be reached. */
const retryAfterSecs = 5;

/**
 * OpenID Connect with the authorization code flow, PKCE (RFC 7636), state and nonce. Of ID tokens the signature is
 * checked as well, though they come straight from the issuer.
 */
export class OidcIssuer {
  readonly options: OidcOptions;
  #found: Promise<client.Configuration> | undefined;
  #downUntil = 0;

  constructor(options: OidcOptions) {
    this.options = options;
  }

  get name(): string {
    return this.options.name ?? new URL(this.options.issuer).host;
  }

  /**
   * Where the browser goes, and what has to come back.
   *
   * @throws Problem `sign_in_unavailable`
   */
  async begin(redirectUri: string): Promise<{ url: URL; expected: Expected }> {
    const config = await this.#configuration();
    const expected = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: this.options.scope ?? 'openid profile email',
      state: expected.state,
      nonce: expected.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(expected.verifier),
      code_challenge_method: 'S256',
    });
    return { url, expected };
  }

  /**
   * Who has come back: the claims of an ID token that is the issuer's, for us, fresh, and the answer to what was asked.
   *
   * @throws Problem `sign_in_unavailable`, `sign_in_refused`
   */
  async finish(returnedTo: URL, expected: Expected): Promise<Claims & { sub: string }> {
    const config = await this.#configuration();
    try {
      const tokens = await client.authorizationCodeGrant(config, returnedTo, {
        expectedState: expected.state,
        expectedNonce: expected.nonce,
        pkceCodeVerifier: expected.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims) return claims;
    } catch (error) {
      if (isOutage(error)) throw unavailable();
    }
    throw new Problem('sign_in_refused');
  }

  async #configuration(): Promise<client.Configuration> {
    if (!this.#found && performance.now() < this.#downUntil) throw unavailable();
    this.#found ??= this.#discover();
    try {
      return await this.#found;
    } catch {
      this.#found = undefined;
      this.#downUntil = performance.now() + retryAfterSecs * 1000;
      throw unavailable();
    }
  }

  #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.options;
    const url = new URL(issuer);
    // Without TLS only on this machine: for tests, and for a proxy beside us.
    const local = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
    return client.discovery(
      url,
      clientId,
      clientSecret,
      clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret),
      {
        timeout: timeoutSecs,
        execute: [client.enableNonRepudiationChecks, ...(local ? [client.allowInsecureRequests] : [])],
      },
    );
  }
}

/** What fetch throws where nobody answers, and what a deadline does. */
function isOutage(error: unknown): boolean {
  const { name, cause } = error as { name?: string; cause?: { name?: string } };
  return error instanceof TypeError || name === 'TimeoutError' || cause?.name === 'TimeoutError';
}

function unavailable(): Problem {
  return new Problem('sign_in_unavailable', undefined, { retryAfterSecs });
}
