import type { Role } from '@kith/protocol/study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectTwoPeople } from '../actions/two-people.ts';
import { createAnalyst } from '../analysts/analysts.ts';
import { Browser } from '../analysts/browser.testing.ts';
import { startTestHall, type TestHall } from '../testing.ts';

let hall: TestHall;
let calls: { method: string; path: string }[];

beforeAll(async () => {
  hall = await startTestHall();
  const { paths } = (await (await fetch(`${hall.origin}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { tags: string[] }>>;
  };
  calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags.some((tag) => tag === 'analyst' || tag === 'cases'))
      .map(([method]) => ({
        method: method.toUpperCase(),
        path: path.replace(/\{\w+\}/g, '0192f0c0-0000-7000-8000-000000000000'),
      })),
  );
});
afterAll(() => hall.stop());

async function signedIn(name: string, role: Role): Promise<Browser> {
  const { password } = await createAnalyst(hall.context, {
    name,
    role,
    by: 'test',
    mustChangePassword: false,
  });
  const browser = new Browser(hall.origin);
  await browser.signIn(name, password);
  return browser;
}

describe('every call of analysts', () => {
  it('is closed to whoever has neither signed in nor a key, and to the keys of members', async () => {
    const { token } = await hall.tokens.issue('somebody');
    expect(calls.length).toBeGreaterThan(25);
    for (const { method, path } of calls) {
      const name = `${method} ${path}`;
      const stranger = await new Browser(hall.origin).call(method, path);
      expect(stranger.status, name).toBe(401);
      expect(stranger.body.code, name).toBe('session_missing');
      const member = await new Browser(hall.origin).call(method, path, undefined, {
        authorization: `Bearer ${token}`,
      });
      expect(member.body.code, name).toBe('service_key_invalid');
    }
  });

  it('that changes anything is closed to viewers, and to pages of other sites', async () => {
    const viewer = await signedIn('Vera', 'viewer');
    const admin = await signedIn('Adam', 'admin');
    for (const { method, path } of calls.filter((call) => call.method !== 'GET')) {
      const name = `${method} ${path}`;
      expect((await viewer.call(method, path)).body.code, name).toBe('role_insufficient');
      const elsewhere = await admin.call(method, path, undefined, { 'kith-csrf': 'x' });
      expect(elsewhere.body.code, name).toBe('csrf_invalid');
    }
  });
});

describe('two people', () => {
  it('are not shown by an account here and one of an issuer elsewhere', async () => {
    await signedIn('Dora', 'approver');
    await signedIn('Dora elsewhere', 'approver');
    await expect(expectTwoPeople(hall.context, 'Dora', 'Dora elsewhere')).resolves.toBeUndefined();
    await hall.context.database.query(
      `update analysts set way = 'oidc', password_hash = null where name_key = 'dora elsewhere'`,
    );
    const refusal = { code: 'approver_unknown' };
    await expect(expectTwoPeople(hall.context, 'Dora', 'Dora elsewhere')).rejects.toMatchObject(refusal);
    await expect(expectTwoPeople(hall.context, 'Dora elsewhere', 'Dora')).rejects.toMatchObject(refusal);
  });
});
