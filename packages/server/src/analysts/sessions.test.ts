import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createServiceKey } from '../auth/service-keys.ts';
import { dumpDatabase, tablesWith } from '../dump.testing.ts';
import { startTestHall, type TestHall } from '../testing.ts';
import { createAnalyst, type IssuedAnalyst, type NewAnalyst } from './analysts.ts';
import { Browser } from './browser.testing.ts';
import { sessionLife } from './sessions.ts';

let hall: TestHall;
let next = 0;

beforeAll(async () => {
  hall = await startTestHall({ trustedProxies: ['loopback'] });
});
afterAll(() => hall.stop());

/** An account with a name of its own, whose password needs no change. */
async function account(given: Partial<NewAnalyst> = {}): Promise<IssuedAnalyst> {
  next += 1;
  const name = `Person ${next}`;
  return createAnalyst(hall.context, {
    name,
    role: 'viewer',
    by: 'test',
    mustChangePassword: false,
    ...given,
  });
}

async function signedIn(given: Partial<NewAnalyst> = {}) {
  const analyst = await account(given);
  const browser = new Browser(hall.origin);
  await browser.signIn(analyst.name, analyst.password);
  return { analyst, browser };
}

const entriesOf = (name: string) =>
  hall.context.database.query<{ body: string }>(
    `select body from ledger where kind = 'sign-in' and member_id = $1 order by entry_id`,
    [`kith:analyst:${name.toLowerCase()}`],
  );

describe('signing in', () => {
  it('gives a session that opens what its role may see, under a cookie that scripts cannot read', async () => {
    const analyst = await account();
    const browser = new Browser(hall.origin);
    const { status, body, headers } = await browser.signIn(analyst.name, analyst.password);
    expect(status).toBe(200);
    expect(body.analyst).toEqual({
      id: analyst.id,
      name: analyst.name,
      role: 'viewer',
      mustChangePassword: false,
    });
    const [cookie] = headers.getSetCookie();
    expect(cookie).toMatch(/^kith_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect((await browser.call('GET', '/v1/rings')).status).toBe(200);
    expect((await browser.call('GET', '/v1/session')).body.analyst.name).toBe(analyst.name);
  });

  it('marks the cookie for TLS alone where the browser came by TLS', async () => {
    const analyst = await account();
    const { headers } = await new Browser(hall.origin, { 'x-forwarded-proto': 'https' }).signIn(
      analyst.name,
      analyst.password,
    );
    for (const cookie of headers.getSetCookie()) expect(cookie).toContain('; Secure');
  });

  it('takes a name in any case and spacing, and lets nobody have one that differs by that alone', async () => {
    const analyst = await account({ name: 'Zoë van  Dam' });
    const browser = new Browser(hall.origin);
    expect((await browser.signIn(' ZOË VAN DAM', analyst.password)).status).toBe(200);
    await expect(account({ name: 'zoë Van dam' })).rejects.toMatchObject({ code: 'analyst_name_taken' });
    await expect(account({ name: 'Eve (0123456789ab)' })).rejects.toMatchObject({
      code: 'analyst_name_invalid',
    });
  });

  it('says the same of a wrong password, an unknown name and a disabled account', async () => {
    const { analyst } = await signedIn();
    const disabled = await account();
    await hall.host('PATCH', `/v1/analysts/${disabled.id}`, { state: 'disabled' });
    const answers = [];
    for (const [name, password] of [
      [analyst.name, 'not the password'],
      ['Nobody', analyst.password],
      [disabled.name, disabled.password],
    ] as const) {
      const { status, body } = await new Browser(hall.origin).signIn(name, password);
      answers.push({ status, body });
    }
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'sign_in_refused' } });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('keeps neither password nor cookie anywhere, and has each event in the ledger', async () => {
    const { analyst, browser } = await signedIn();
    await new Browser(hall.origin).signIn(analyst.name, 'a wrong password');
    await browser.call('DELETE', '/v1/session');
    const dump = await dumpDatabase(hall.context.database);
    expect(tablesWith(dump, analyst.password)).toEqual([]);
    expect(tablesWith(dump, 'a wrong password')).toEqual([]);
    expect(tablesWith(dump, browser.lastToken)).toEqual([]);
    const events = (await entriesOf(analyst.name)).map(({ body }) => JSON.parse(body).what);
    expect(events.sort()).toEqual(['created', 'refused', 'signed-in', 'signed-out']);
  });
});

describe('a first password', () => {
  it('opens nothing but its own change', async () => {
    const analyst = await account({ mustChangePassword: true });
    const browser = new Browser(hall.origin);
    const { body } = await browser.signIn(analyst.name, analyst.password);
    expect(body.analyst.mustChangePassword).toBe(true);
    expect(await browser.call('GET', '/v1/rings')).toMatchObject({
      status: 403,
      body: { code: 'password_change_required' },
    });
    const change = (nextPassword: string) =>
      browser.call('POST', '/v1/session/password', { current: analyst.password, next: nextPassword });
    for (const weak of ['short', 'aaaaaaaaaaaaaaaa', analyst.password, `${analyst.name} rules`])
      expect((await change(weak)).body.code, weak).toBe('password_weak');
    expect((await change('a much better one')).body.analyst.mustChangePassword).toBe(false);
    expect((await browser.call('GET', '/v1/rings')).status).toBe(200);
    expect((await new Browser(hall.origin).signIn(analyst.name, analyst.password)).status).toBe(401);
  });

  it('changes under a new cookie, and ends every other session', async () => {
    const { analyst, browser } = await signedIn();
    const other = new Browser(hall.origin);
    await other.signIn(analyst.name, analyst.password);
    const before = browser.lastToken;
    await browser.call('POST', '/v1/session/password', {
      current: analyst.password,
      next: 'something else entirely',
    });
    expect(browser.lastToken).not.toBe(before);
    expect((await browser.call('GET', '/v1/session')).status).toBe(200);
    expect((await other.call('GET', '/v1/session')).body.code).toBe('session_expired');
    const stolen = new Browser(hall.origin);
    stolen.cookies.set('kith_session', before);
    expect((await stolen.call('GET', '/v1/session')).body.code).toBe('session_expired');
  });
});

describe('a session', () => {
  it('ends after an hour of rest, and after half a day in any case', async () => {
    const { analyst, browser } = await signedIn();
    for (let past = 0; past + 50 * 60_000 < sessionLife.totalMs; past += 50 * 60_000) {
      expect((await browser.call('GET', '/v1/session')).status).toBe(200);
      hall.clock.advance(50 * 60_000);
    }
    hall.clock.advance(50 * 60_000);
    expect((await browser.call('GET', '/v1/session')).body.code).toBe('session_expired');
    await browser.signIn(analyst.name, analyst.password);
    hall.clock.advance(sessionLife.idleMs);
    expect((await browser.call('GET', '/v1/session')).body.code).toBe('session_expired');
    expect((await new Browser(hall.origin).call('GET', '/v1/session')).body.code).toBe('session_missing');
  });

  it('is of no use to another site: what changes something needs the token that its pages have', async () => {
    const { browser } = await signedIn({ role: 'admin' });
    const body = { name: 'Mallory', role: 'viewer' };
    for (const headers of [
      { 'kith-csrf': '' },
      { 'kith-csrf': 'A'.repeat(43) },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ])
      expect((await browser.call('POST', '/v1/analysts', body, headers)).body.code).toBe('csrf_invalid');
    const origin = { origin: hall.origin };
    expect((await browser.call('POST', '/v1/analysts', body, origin)).status).toBe(201);
    const elsewhere = await new Browser(hall.origin, { origin: 'https://evil.example' }).signIn('x', 'y');
    expect(elsewhere.body.code).toBe('csrf_invalid');
  });

  it('ends with the account, at once, and loses what its role loses', async () => {
    const { analyst, browser } = await signedIn({ role: 'approver' });
    await hall.host('PATCH', `/v1/analysts/${analyst.id}`, { state: 'disabled' });
    expect((await browser.call('GET', '/v1/rings')).body.code).toBe('session_expired');
    await hall.host('PATCH', `/v1/analysts/${analyst.id}`, { state: 'active', role: 'viewer' });
    await browser.signIn(analyst.name, analyst.password);
    const denied = await browser.call('POST', '/v1/actions', { ring: 'r', kind: 'suspend' });
    expect(denied.body.code).toBe('role_insufficient');
    expect((await browser.call('GET', '/v1/analysts')).body.code).toBe('role_insufficient');
  });
});

describe('guessing', () => {
  let analyst: IssuedAnalyst;
  const from = (address: string) => new Browser(hall.origin, { 'x-forwarded-for': address });
  beforeEach(async () => {
    hall.clock.advance(24 * 3_600_000);
    analyst = await account();
  });

  it('is slowed by name, whoever guesses from wherever, also many at once', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, at) => from(`198.51.${at}.1`).signIn(analyst.name, `guess ${at}`)),
    );
    const locked = guesses.filter(({ status }) => status === 429);
    expect(locked).toHaveLength(7);
    expect(Number(locked[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
    const right = await from('203.0.113.1').signIn(analyst.name, analyst.password);
    expect(right.body.code).toBe('sign_in_locked');
    hall.clock.advance(5_000);
    expect((await from('203.0.113.1').signIn(analyst.name, analyst.password)).status).toBe(200);
  });

  it('does not say whether anybody has the name', async () => {
    const statuses = [];
    for (let at = 0; at < 7; at += 1)
      statuses.push((await from(`192.0.2.${at}`).signIn('Nobody at all', `guess ${at}`)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
  });

  it('does not lock the owner out of a browser that is known', async () => {
    const known = from('203.0.113.9');
    await known.signIn(analyst.name, analyst.password);
    for (let at = 0; at < 7; at += 1) await from(`198.18.${at}.1`).signIn(analyst.name, `guess ${at}`);
    expect((await from('203.0.113.10').signIn(analyst.name, analyst.password)).status).toBe(429);
    expect((await known.signIn(analyst.name, analyst.password)).status).toBe(200);
    // The cookie of one name is no help with another.
    const other = await account();
    for (let at = 0; at < 5; at += 1) await known.signIn(other.name, `guess ${at}`);
    expect((await known.signIn(other.name, other.password)).status).toBe(429);
  });

  it('is slowed by address over all names', async () => {
    for (let at = 0; at < 30; at += 1) {
      await from('100.64.7.7').signIn(`Made-up ${at}`, 'password1234');
    }
    expect((await from('100.64.7.8').signIn(analyst.name, analyst.password)).body.code).toBe(
      'sign_in_locked',
    );
    expect((await from('100.64.8.8').signIn(analyst.name, analyst.password)).status).toBe(200);
  });
});

describe('analysts', () => {
  it('are made by admins, with a password that is shown once', async () => {
    const { browser } = await signedIn({ role: 'admin' });
    const made = await browser.call('POST', '/v1/analysts', { name: 'New Hand', role: 'analyst' });
    expect(made).toMatchObject({ status: 201, body: { name: 'New Hand', role: 'analyst', state: 'active' } });
    const hand = new Browser(hall.origin);
    const { body } = await hand.signIn('New Hand', made.body.password);
    expect(body.analyst.mustChangePassword).toBe(true);
    const { analysts } = (await browser.call('GET', '/v1/analysts')).body;
    const shown = analysts.find(({ name }: { name: string }) => name === 'New Hand');
    expect(Object.keys(shown).sort()).toEqual([
      'createdAt',
      'id',
      'lastSeenAt',
      'name',
      'role',
      'state',
      'way',
    ]);
    const reset = await browser.call('PATCH', `/v1/analysts/${made.body.id}`, { resetPassword: true });
    expect(reset.body.password).not.toBe(made.body.password);
    expect((await hand.call('GET', '/v1/session')).body.code).toBe('session_expired');
    expect((await hand.signIn('New Hand', reset.body.password)).status).toBe(200);
  });

  it('keep a key for every door: the last admin stays one', async () => {
    const { database } = hall.context;
    await database.query(`update analysts set state = 'disabled' where role = 'admin'`);
    const [one, two] = [await account({ role: 'admin' }), await account({ role: 'admin' })];
    const changes = await Promise.all(
      [one, two].map(({ id }) => hall.host('PATCH', `/v1/analysts/${id}`, { role: 'viewer' })),
    );
    expect(changes.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(changes.find(({ status }) => status === 409)!.body.code).toBe('analyst_last_admin');
  });

  it('may own service keys, which do what they do under the same name, and no more than they may', async () => {
    const analyst = await account({ role: 'viewer' });
    const key = await createServiceKey(hall.context.database, 'laptop', 'admin', analyst.name);
    const call = (path: string) =>
      fetch(hall.origin + path, { headers: { authorization: `Bearer ${key}` } }).then(({ status }) => status);
    expect(await call('/v1/rings')).toBe(200);
    expect(await call('/v1/analysts')).toBe(403);
    await hall.host('PATCH', `/v1/analysts/${analyst.id}`, { state: 'disabled' });
    expect(await call('/v1/rings')).toBe(401);
  });
});
