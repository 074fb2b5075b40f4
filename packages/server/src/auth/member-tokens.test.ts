import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostTokens, MemberTokens } from './member-tokens.ts';

const clock = { now: Date.UTC(2026, 0, 1) };
const key = Buffer.alloc(32, 1);
const secs = () => Math.floor(clock.now / 1000);
const claims = (extra: JWTPayload = {}): JWTPayload => ({ sub: 'ann', exp: secs() + 60, ...extra });

const tokensOf = (host?: HostTokens) =>
  new MemberTokens({ key, now: () => clock.now, ...(host && { host }) });

function signed(
  payload: JWTPayload,
  secret: Uint8Array | CryptoKey,
  header: { alg: string; typ?: string; kid?: string },
) {
  return new SignJWT(payload).setProtectedHeader(header).sign(secret);
}

describe('tokens that Kith issues', () => {
  it('name their member, until they expire', async () => {
    const tokens = new MemberTokens({ key, now: () => clock.now, ttlSecs: 60 });
    const { token, expiresAt } = await tokens.issue('it’s "me"\n');
    expect(expiresAt).toBe(new Date(clock.now + 60_000).toISOString());
    expect(await tokens.check(token)).toBe('it’s "me"\n');
    clock.now += 59_000;
    expect(await tokens.check(token)).toBe('it’s "me"\n');
    clock.now += 1_000;
    await expect(tokens.check(token)).rejects.toMatchObject({ code: 'token_expired' });
  });

  it('are worth nothing under another key, changed in any part, or cut short', async () => {
    const { token } = await tokensOf().issue('ann');
    const other = new MemberTokens({ key: Buffer.alloc(32, 2), now: () => clock.now });
    await expect(other.check(token)).rejects.toMatchObject({ code: 'token_invalid' });
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const bob = Buffer.from(JSON.stringify({ iss: 'kith', sub: 'bob', exp: secs() + 60 })).toString(
      'base64url',
    );
    const changed = [
      `${header}.${bob}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      token.slice(0, -2),
      '',
    ];
    for (const one of changed) {
      await expect(tokensOf().check(one)).rejects.toMatchObject({ code: 'token_invalid' });
    }
  });

  it('need a signature, of the one kind that Kith makes', async () => {
    const kith = { iss: 'kith', sub: 'ann', exp: secs() + 60 };
    const none = new UnsecuredJWT(kith).encode();
    const typed = `${Buffer.from('{"alg":"none","typ":"kith+jwt"}').toString('base64url')}.${none.split('.')[1]}.`;
    const otherKind = await signed(kith, key, { alg: 'HS256', typ: 'JWT' });
    const otherHash = await signed(kith, Buffer.alloc(64, 1), { alg: 'HS512', typ: 'kith+jwt' });
    const otherIssuer = await signed({ ...kith, iss: 'host' }, key, { alg: 'HS256', typ: 'kith+jwt' });
    for (const token of [none, typed, otherKind, otherHash, otherIssuer, 'not.a.token', '..']) {
      await expect(tokensOf().check(token)).rejects.toMatchObject({ code: 'token_invalid' });
    }
  });

  it('are not to be had from the host’s secret, nor the other way round', async () => {
    const secret = 'a secret that the host and Kith share';
    const forged = await signed(
      { iss: 'kith', sub: 'ann', exp: secs() + 60 },
      new TextEncoder().encode(secret),
      {
        alg: 'HS256',
        typ: 'kith+jwt',
      },
    );
    // It is a token of the host all the same, and says so of its own member.
    expect(await tokensOf({ sharedSecret: secret }).check(forged)).toBe('ann');
    await expect(
      tokensOf({ sharedSecret: secret, issuer: 'https://host' }).check(forged),
    ).rejects.toMatchObject({
      code: 'token_invalid',
    });
    const { token } = await tokensOf().issue('ann');
    const elsewhere = new MemberTokens({
      key: Buffer.alloc(32, 9),
      now: () => clock.now,
      host: { sharedSecret: secret },
    });
    await expect(elsewhere.check(token)).rejects.toMatchObject({ code: 'token_invalid' });
  });
});

describe('the host’s tokens under a shared secret', () => {
  const sharedSecret = 'a secret that the host and Kith share';
  const secret = new TextEncoder().encode(sharedSecret);
  const host = { sharedSecret, issuer: 'https://host.example', audience: 'kith' };
  const good = () => claims({ iss: host.issuer, aud: host.audience });
  const check = async (payload: JWTPayload, given: HostTokens = host) =>
    tokensOf(given).check(await signed(payload, secret, { alg: 'HS256' }));

  it('name the member in `sub`, beside Kith’s own', async () => {
    expect(await check(good())).toBe('ann');
    const { token } = await tokensOf(host).issue('bob');
    expect(await tokensOf(host).check(token)).toBe('bob');
  });

  it.each([
    ['of another issuer', { iss: 'https://evil.example' }],
    ['of no issuer', { iss: undefined }],
    ['for another audience', { aud: 'other' }],
    ['for no audience', { aud: undefined }],
    ['without an end', { exp: undefined }],
    ['not valid yet', { nbf: 4_000_000_000 }],
    ['of nobody', { sub: undefined }],
    ['of an empty id', { sub: '' }],
    ['of an id that cannot be', { sub: 'a\0b' }],
    ['of an id too long', { sub: 'a'.repeat(201) }],
    ['of a number', { sub: 12 }],
    ['of several', { sub: ['ann', 'bob'] }],
    ['of an object', { sub: { toString: 'ann' } }],
  ])('are refused where they are %s', async (_, change) => {
    const payload = JSON.parse(JSON.stringify({ ...good(), ...change })) as JWTPayload;
    await expect(check(payload)).rejects.toMatchObject({ code: 'token_invalid' });
  });

  it('say that they have expired', async () => {
    await expect(check({ ...good(), exp: secs() - 1 })).rejects.toMatchObject({ code: 'token_expired' });
  });

  it('are refused under another secret, and where the host has none', async () => {
    const token = await signed(good(), new TextEncoder().encode('some other secret, just as long as it'), {
      alg: 'HS256',
    });
    await expect(tokensOf(host).check(token)).rejects.toMatchObject({ code: 'token_invalid' });
    await expect(tokensOf().check(await signed(good(), secret, { alg: 'HS256' }))).rejects.toMatchObject({
      code: 'token_invalid',
    });
  });
});

describe('the host’s tokens under published keys', () => {
  let pair: CryptoKeyPair;
  let stranger: CryptoKeyPair;
  let publicJwk: object;
  let asked = 0;
  let answer: () => { status: number; body: string };
  const server = createServer((_request, response) => {
    asked += 1;
    const { status, body } = answer();
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  const jwksUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  const token = (alg = 'ES256', kid = 'one') => signed(claims(), pair.privateKey, { alg, kid });

  beforeAll(async () => {
    pair = (await generateKeyPair('ES256', { extractable: true })) as CryptoKeyPair;
    stranger = (await generateKeyPair('ES256')) as CryptoKeyPair;
    publicJwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' };
    answer = () => ({ status: 200, body: JSON.stringify({ keys: [publicJwk] }) });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  it('are checked against them, fetched once', async () => {
    const tokens = tokensOf({ jwksUrl: jwksUrl() });
    const before = asked;
    for (let round = 0; round < 5; round += 1) expect(await tokens.check(await token())).toBe('ann');
    expect(asked - before).toBe(1);
  });

  it('are refused when a stranger has signed them, or named another key', async () => {
    const tokens = tokensOf({ jwksUrl: jwksUrl() });
    const forged = await signed(claims(), stranger.privateKey, { alg: 'ES256', kid: 'one' });
    await expect(tokens.check(forged)).rejects.toMatchObject({ code: 'token_invalid' });
    await expect(tokens.check(await token('ES256', 'two'))).rejects.toMatchObject({ code: 'token_invalid' });
  });

  it('never take a public key for a shared secret', async () => {
    const tokens = tokensOf({ jwksUrl: jwksUrl() });
    for (const secret of [JSON.stringify(publicJwk), JSON.stringify({ keys: [publicJwk] })]) {
      const forged = await signed(claims(), new TextEncoder().encode(secret), { alg: 'HS256', kid: 'one' });
      await expect(tokens.check(forged)).rejects.toMatchObject({ code: 'token_invalid' });
    }
  });

  it('are not called invalid because the keys cannot be had, and the host’s address is left in peace meanwhile', async () => {
    const working = answer;
    for (const failing of [
      () => ({ status: 500, body: 'oops' }),
      () => ({ status: 200, body: 'not JSON' }),
      () => ({ status: 200, body: '{"no":"keys"}' }),
    ]) {
      answer = failing;
      const tokens = tokensOf({ jwksUrl: jwksUrl() });
      const before = asked;
      for (let round = 0; round < 3; round += 1) {
        await expect(tokens.check(await token())).rejects.toMatchObject({
          code: 'host_keys_unavailable',
          extras: { retryAfterSecs: 5 },
        });
      }
      expect(asked - before).toBe(1);
      // Tokens of our own do not need the host.
      expect(await tokens.check((await tokens.issue('bob')).token)).toBe('bob');
    }
    answer = working;
    const nowhere = tokensOf({ jwksUrl: 'http://127.0.0.1:1/jwks' });
    await expect(nowhere.check(await token())).rejects.toMatchObject({ code: 'host_keys_unavailable' });
  });
});
