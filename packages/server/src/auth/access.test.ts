import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { dumpDatabase, tablesWith } from '../dump.testing.ts';
import { startTestHall, type TestHall } from '../testing.ts';
import { revokeServiceKey } from './store.ts';

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall({ tokenTtlSecs: 3_600 });
  await hall.member('ann');
});
afterAll(() => hall.stop());
afterEach(() => vi.restoreAllMocks());

async function call(authorization: string | undefined, path: string, method = 'GET') {
  const response = await fetch(hall.origin + path, {
    method,
    ...(authorization !== undefined && { headers: { authorization } }),
  });
  const body = response.headers.get('content-type')?.includes('json') ? await response.json() : undefined;
  return { status: response.status, body, challenge: response.headers.get('www-authenticate') };
}

const memberCalls: [string, string][] = [
  ['GET', '/v1/me'],
  ['PATCH', '/v1/me'],
  ['GET', '/v1/me/people'],
  ['GET', '/v1/me/exposure'],
  ['GET', '/v1/me/budget'],
  ['PUT', '/v1/me/contacts'],
  ['PATCH', '/v1/me/contacts'],
  ['DELETE', '/v1/me/contacts'],
];
const hostCalls: [string, string][] = [
  ['PUT', '/v1/members/ann'],
  ['GET', '/v1/members/ann'],
  ['DELETE', '/v1/members/ann'],
  ['POST', '/v1/members/ann/token'],
  ['GET', '/v1/members/ann/setting?at=2026-01-01T00:00:00Z'],
  ['POST', '/v1/members/import'],
];

describe('every call of members and of the host', () => {
  it.each([...memberCalls, ...hostCalls])(
    '%s %s needs authorization, before it looks at anything else',
    async (method, path) => {
      for (const header of [undefined, '', 'Bearer', 'Bearer  ', 'Basic YTpi', 'Token x']) {
        expect(await call(header, path, method)).toMatchObject({
          status: 401,
          body: { code: 'token_missing' },
          challenge: 'Bearer',
        });
      }
    },
  );

  it.each(memberCalls)('%s %s is not for service keys', async (method, path) => {
    const key = await hall.createServiceKey('host');
    expect(await call(`Bearer ${key}`, path, method)).toMatchObject({
      status: 401,
      body: { code: 'token_invalid' },
    });
  });

  it.each(hostCalls)('%s %s is not for members', async (method, path) => {
    const { token } = await hall.tokens.issue('ann');
    expect(await call(`Bearer ${token}`, path, method)).toMatchObject({
      status: 401,
      body: { code: 'service_key_invalid' },
    });
  });

  it.each(memberCalls.filter(([method]) => method !== 'PATCH' && method !== 'PUT'))(
    '%s %s refuses the suspended at once, whatever their token says',
    async (method, path) => {
      await hall.member('sue');
      const { token } = await hall.tokens.issue('sue');
      await hall.context.database.query(`update members set suspended_at = now() where member_id = 'sue'`);
      expect(await call(`Bearer ${token}`, path, method)).toMatchObject({
        status: 403,
        body: { code: 'member_suspended' },
      });
      await hall.context.database.query(`delete from members where member_id = 'sue'`);
      expect(await call(`Bearer ${token}`, path, method)).toMatchObject({
        status: 404,
        body: { code: 'member_unknown' },
      });
    },
  );

  it('tells an expired token apart, so that apps know to ask for another', async () => {
    const { token } = await hall.tokens.issue('ann');
    hall.clock.advance(3_601_000);
    expect(await call(`Bearer ${token}`, '/v1/me')).toMatchObject({
      status: 401,
      body: { code: 'token_expired' },
    });
  });
});

describe('a service key', () => {
  it('opens the host’s side; a key of another shape, id or secret does not', async () => {
    const key = await hall.createServiceKey('host');
    expect((await call(`Bearer ${key}`, '/v1/members/ann')).status).toBe(200);
    expect((await call(`bearer ${key}`, '/v1/members/ann')).status).toBe(200);
    const other = key.replace(/^kith_sk_.{12}/, 'kith_sk_000000000000');
    const flipped = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
    for (const wrong of [
      other,
      flipped,
      key.slice(0, -1),
      `${key}A`,
      key.toUpperCase(),
      'kith_sk_',
      `x${key}`,
    ]) {
      expect(await call(`Bearer ${wrong}`, '/v1/members/ann')).toMatchObject({
        status: 401,
        body: { code: 'service_key_invalid' },
      });
    }
  });

  it('is stored as a hash: the database alone opens nothing', async () => {
    const key = await hall.createServiceKey('host');
    const secret = key.slice(-43);
    const dump = await dumpDatabase(hall.context.database);
    expect(tablesWith(dump, secret)).toEqual([]);
    expect(tablesWith(dump, Buffer.from(secret, 'base64url'))).toEqual([]);
    const id = key.split('_')[2]!;
    const [row] = dump.service_keys!.map((text) => JSON.parse(text)).filter(({ key_id }) => key_id === id);
    expect(
      await call(`Bearer kith_sk_${id}_${row.secret_hash.slice(2, 45)}`, '/v1/members/ann'),
    ).toMatchObject({
      status: 401,
    });
  });

  it('stops within seconds of being revoked, on servers that know it too', async () => {
    const key = await hall.createServiceKey('host');
    expect((await call(`Bearer ${key}`, '/v1/members/ann')).status).toBe(200);
    expect(await revokeServiceKey(hall.context.database, key.split('_')[2]!)).toBe(true);
    expect(await revokeServiceKey(hall.context.database, key.split('_')[2]!)).toBe(false);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 5_100);
    expect(await call(`Bearer ${key}`, '/v1/members/ann')).toMatchObject({
      status: 401,
      body: { code: 'service_key_invalid' },
    });
  });
});
