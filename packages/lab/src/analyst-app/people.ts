import type { BrowserContext } from 'playwright-core';

export type Role = 'viewer' | 'analyst' | 'approver' | 'admin';

/** An analyst who has been in once, and has a password of its own. */
export interface Person {
  name: string;
  password: string;
  /** The session's cookie. */
  cookie: string;
}

const password = 'correct horse battery 42';

/** Signs in with a first password and changes it, as its owner has to. */
export async function openSession(origin: string, name: string, first: string): Promise<Person> {
  const entered = await post(origin, '/v1/session', { name, password: first });
  const csrf = ((await entered.json()) as { csrf: string }).csrf;
  const changed = await post(
    origin,
    '/v1/session/password',
    { current: first, next: password },
    { cookie: `kith_session=${cookieOf(entered)}`, 'kith-csrf': csrf },
  );
  return { name, password, cookie: cookieOf(changed) };
}

/** Gives a browser the session, as if this person had signed in there. */
export async function enterAs(context: BrowserContext, origin: string, { cookie }: Person): Promise<void> {
  await context.addCookies([
    { name: 'kith_session', value: cookie, url: origin, httpOnly: true, sameSite: 'Lax' },
  ]);
}

function post(origin: string, path: string, body: unknown, headers = {}): Promise<Response> {
  return fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

function cookieOf(response: Response): string {
  const [, value] = /kith_session=([^;]+)/.exec(response.headers.getSetCookie().join('\n')) ?? [];
  if (!value) throw new TypeError(`no session was opened: ${response.status}`);
  return value;
}
