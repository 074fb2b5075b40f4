import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export const clientId = 'kith';
export const clientSecret = 'a secret of the client';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

/** An issuer as small as one can be: whoever asks gets a code, and tokens as the test has them made. */
export class SmallIssuer {
  readonly server: Server;
  readonly keys: Keys;
  readonly #jwk: object;
  readonly #codes = new Map<string, { nonce: string; challenge: string; redirectUri: string }>();
  claims: JWTPayload = {};
  make: (claims: JWTPayload) => Promise<string> | string = (claims) => this.sign(claims);
  sawVerifier = false;

  /** Starts one with keys of its own on any free port. */
  static async start(): Promise<SmallIssuer> {
    const keys = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
    const issuer = new SmallIssuer(keys, jwk);
    await new Promise<void>((resolve) => issuer.server.listen(0, '127.0.0.1', resolve));
    return issuer;
  }

  constructor(keys: Keys, jwk: object) {
    this.keys = keys;
    this.#jwk = jwk;
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', async () => {
        const asked = new URL(request.url!, this.url);
        if (asked.pathname === '/authorize') {
          response.writeHead(302, { location: this.authorize(asked).href }).end();
          return;
        }
        const { status, json } = await this.#answer(
          asked,
          new URLSearchParams(body),
          request.headers.authorization,
        );
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  sign(claims: JWTPayload, key = this.keys.privateKey): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(key);
  }

  /** What a browser that is sent here comes back with. */
  authorize(location: URL): URL {
    const asked = location.searchParams;
    const code = randomUUID();
    this.#codes.set(code, {
      nonce: asked.get('nonce')!,
      challenge: asked.get('code_challenge')!,
      redirectUri: asked.get('redirect_uri')!,
    });
    const back = new URL(asked.get('redirect_uri')!);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state')!);
    return back;
  }

  async #answer(url: URL, form: URLSearchParams, authorization: string | undefined) {
    if (url.pathname === '/.well-known/openid-configuration') {
      return {
        status: 200,
        json: {
          issuer: this.url,
          authorization_endpoint: `${this.url}/authorize`,
          token_endpoint: `${this.url}/token`,
          jwks_uri: `${this.url}/jwks`,
          id_token_signing_alg_values_supported: ['ES256'],
        },
      };
    }
    if (url.pathname === '/jwks') return { status: 200, json: { keys: [this.#jwk] } };
    const asked = this.#codes.get(form.get('code') ?? '');
    const basic = `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(clientSecret).replaceAll('%20', '+')}`).toString('base64')}`;
    if (!asked || authorization !== basic) return { status: 400, json: { error: 'invalid_grant' } };
    const digest = await crypto.subtle.digest(
      'SHA-256',
      new TextEncoder().encode(form.get('code_verifier')!),
    );
    this.sawVerifier = Buffer.from(digest).toString('base64url') === asked.challenge;
    if (!this.sawVerifier || form.get('redirect_uri') !== asked.redirectUri)
      return { status: 400, json: { error: 'invalid_grant' } };
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: this.url,
      aud: clientId,
      iat: now,
      exp: now + 60,
      nonce: asked.nonce,
      ...this.claims,
    };
    return {
      status: 200,
      json: { access_token: 'x', token_type: 'bearer', id_token: await this.make(claims) },
    };
  }
}
