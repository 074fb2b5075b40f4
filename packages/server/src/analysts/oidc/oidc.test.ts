import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestHall, type TestHall } from '../../testing.ts';
import { createAnalyst } from '../analysts.ts';
import { Browser } from '../browser.testing.ts';
import { nameFrom, roleFrom } from './claims.ts';
import { clientId, clientSecret, SmallIssuer } from './small-issuer.testing.ts';

let hall: TestHall;
let issuer: SmallIssuer;

beforeAll(async () => {
  issuer = await SmallIssuer.start();
  hall = await startTestHall({
    oidc: {
      issuer: issuer.url,
      clientId,
      clientSecret,
      roles: { claim: 'groups', groups: { analyst: ['trust'], approver: ['leads'] }, otherwise: null },
    },
  });
});
afterAll(async () => {
  await hall.stop();
  await new Promise((resolve) => issuer.server.close(resolve));
});
beforeEach(() => {
  issuer.claims = { sub: 'u1', preferred_username: 'Ada Lovelace', groups: ['trust'] };
  issuer.make = (claims) => issuer.sign(claims);
});

/** Goes there and back; `change` may do on the way what nobody should. */
async function signIn(change: (back: URL) => void = () => {}, browser = new Browser(hall.origin)) {
  const there = await browser.call('GET', '/v1/session/oidc');
  const back = issuer.authorize(new URL(there.headers.get('location')!));
  change(back);
  const home = await browser.call('GET', back.pathname + back.search);
  return { browser, to: home.headers.get('location') };
}

const refused = '/analyst/sign-in?problem=sign_in_refused';

describe('signing in elsewhere', () => {
  it('is offered, and lets in with the role of one’s groups', async () => {
    const ways = (await (await fetch(`${hall.origin}/v1/session/ways`)).json()) as object;
    expect(ways).toEqual({ local: true, oidc: { name: new URL(issuer.url).host } });
    const { browser, to } = await signIn();
    expect(to).toBe('/analyst');
    expect(issuer.sawVerifier).toBe(true);
    expect((await browser.call('GET', '/v1/session')).body.analyst).toMatchObject({
      name: 'Ada Lovelace',
      role: 'analyst',
      mustChangePassword: false,
    });
    expect((await browser.call('GET', '/v1/rings')).status).toBe(200);
    const [row] = await hall.context.database.query<{ body: string }>(
      `select body from ledger where kind = 'sign-in' and member_id = 'kith:analyst:ada lovelace'`,
    );
    expect(JSON.parse(row!.body)).toEqual({
      what: 'signed-in',
      analyst: 'Ada Lovelace',
      way: 'oidc',
      role: 'analyst',
    });
  });

  it('keeps a person one person, whatever it calls itself later, with the role of today', async () => {
    await signIn();
    issuer.claims = { sub: 'u1', preferred_username: 'Somebody Else', groups: ['trust', 'leads'] };
    const { browser } = await signIn();
    expect((await browser.call('GET', '/v1/session')).body.analyst).toMatchObject({
      name: 'Ada Lovelace',
      role: 'approver',
    });
    issuer.claims = { sub: 'u1', preferred_username: 'Ada Lovelace', groups: [] };
    expect((await signIn()).to).toBe('/analyst/sign-in?problem=role_insufficient');
  });

  it('gives nobody a name that somebody has', async () => {
    await createAnalyst(hall.context, { name: 'Grace', role: 'admin', by: 'test' });
    for (const preferred_username of ['grace', 'GRACE ', 'Ｇｒａｃｅ']) {
      issuer.claims = { sub: 'u2', preferred_username, groups: ['trust'] };
      expect((await signIn()).to).toBe('/analyst/sign-in?problem=analyst_name_taken');
    }
  });

  it('does not let in whoever is disabled here', async () => {
    issuer.claims = { sub: 'u3', preferred_username: 'Dora', groups: ['trust'] };
    await signIn();
    const { analysts } = (await hall.host('GET', '/v1/analysts')).body;
    const { id } = analysts.find(({ name }: { name: string }) => name === 'Dora');
    await hall.host('PATCH', `/v1/analysts/${id}`, { state: 'disabled' });
    expect((await signIn()).to).toBe(refused);
    const reset = await hall.host('PATCH', `/v1/analysts/${id}`, { resetPassword: true });
    expect(reset.body.code).toBe('analyst_not_local');
  });
});

describe('what does not let in', () => {
  const forgeries: [string, () => void][] = [
    ['another nonce', () => (issuer.claims = { ...issuer.claims, nonce: 'another' })],
    ['another audience', () => (issuer.claims = { ...issuer.claims, aud: 'another' })],
    ['another issuer', () => (issuer.claims = { ...issuer.claims, iss: 'https://evil.example' })],
    [
      'a token that is over',
      () => (issuer.claims = { ...issuer.claims, exp: Math.floor(Date.now() / 1000) - 3_600 }),
    ],
    ['no signature', () => (issuer.make = (claims) => new UnsecuredJWT(claims).encode())],
    [
      'the signature of another key',
      () =>
        (issuer.make = async (claims) => issuer.sign(claims, (await generateKeyPair('ES256')).privateKey)),
    ],
    [
      'a public key taken for a secret',
      () =>
        (issuer.make = async (claims) =>
          new SignJWT(claims)
            .setProtectedHeader({ alg: 'HS256', kid: 'one' })
            .sign(new TextEncoder().encode(JSON.stringify(await exportJWK(issuer.keys.publicKey))))),
    ],
  ];
  it.each(forgeries)('%s', async (_name, forge) => {
    forge();
    const { browser, to } = await signIn();
    expect(to).toBe(refused);
    expect((await browser.call('GET', '/v1/session')).body.code).toBe('session_missing');
  });

  it('another state, no cookie, an old cookie, and an error of the issuer’s', async () => {
    expect((await signIn((back) => back.searchParams.set('state', 'another'))).to).toBe(refused);
    const one = new Browser(hall.origin);
    expect((await signIn(() => one.cookies.delete('kith_oidc'), one)).to).toBe(refused);
    expect((await signIn(() => hall.clock.advance(601_000))).to).toBe(refused);
    const denied = (back: URL) => {
      back.searchParams.delete('code');
      back.searchParams.set('error', 'access_denied');
    };
    expect((await signIn(denied)).to).toBe(refused);
    // A code is of use only to the browser that asked for it.
    const [mine, theirs] = [new Browser(hall.origin), new Browser(hall.origin)];
    await mine.call('GET', '/v1/session/oidc');
    const there = await theirs.call('GET', '/v1/session/oidc');
    const back = issuer.authorize(new URL(there.headers.get('location')!));
    expect((await mine.call('GET', back.pathname + back.search)).headers.get('location')).toBe(refused);
  });
});

describe('claims', () => {
  it('name somebody by what the issuer has verified', () => {
    expect(nameFrom({ sub: 's', email: 'a@example.org' })).toBe('s');
    expect(nameFrom({ sub: 's', email: 'a@example.org', email_verified: true })).toBe('a@example.org');
    expect(nameFrom({ sub: 's', preferred_username: 'ada' })).toBe('ada');
  });

  it('give the highest role of one’s groups, or none', () => {
    const rules = { claim: 'g', groups: { viewer: ['v'], admin: ['a', 'x'] }, otherwise: null };
    expect(roleFrom({ g: ['v', 'x'] }, rules)).toBe('admin');
    expect(roleFrom({ g: 'v' }, rules)).toBe('viewer');
    expect(roleFrom({}, rules)).toBeNull();
    expect(roleFrom({ g: [undefined] }, { ...rules, otherwise: 'viewer' })).toBe('viewer');
  });
});
