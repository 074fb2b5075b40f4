import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Problem } from '@kith/protocol';
import type { Origin } from '../budgets/scopes.ts';
import type { Context } from '../context.ts';
import { afterFailure, type Failures, lockoutRules, waitOf } from './lockout.ts';
import { nameKeyOf } from './names.ts';
import { checkPassword, type Passwords } from './passwords.ts';
import { recordSignIn } from './record.ts';
import { openSession, type Session } from './sessions.ts';
import * as store from './store.ts';

/** What the door works with. */
export interface Door {
  context: Context;
  passwords: Passwords;
}

export interface Attempt {
  name: string;
  password: string;
  /** The cookie of a browser that somebody has signed in with before. */
  browser?: string | undefined;
  from: Origin;
}

/** A session, and the cookie by which the browser is known from now on. */
export interface SignedIn {
  session: Session;
  browser: string;
}

/**
 * Every guess counts as a failure before it is looked at, and is taken back when it was right: a thousand at once are a
 * thousand failures. Names that nobody has are counted and take as long as others.
 *
 * @throws Problem `sign_in_refused`, `sign_in_locked`
 */
export async function signIn(door: Door, attempt: Attempt): Promise<SignedIn> {
  const { context, passwords } = door;
  const nameKey = nameKeyOf(attempt.name);
  const scopes = scopesOf(context, nameKey, attempt);
  const waitMs = await countFailure(context, scopes);
  const found = await store.readAnalyst(context.database, nameKey);
  if (waitMs > 0) {
    if (found) await record(context, found, 'locked', attempt);
    throw new Problem('sign_in_locked', undefined, { retryAfterSecs: Math.ceil(waitMs / 1000) });
  }
  const usable = found?.state === 'active' ? found.passwordHash : null;
  const right = await passwords.check(usable, attempt.password);
  const session = right && found ? await enter(context, found, attempt) : undefined;
  if (!session) {
    if (found) await record(context, found, 'refused', attempt);
    throw new Problem('sign_in_refused');
  }
  await forgive(context, scopes);
  return { session, browser: browserCookie(context, nameKey) };
}

/** Unless the password has been changed, or the account disabled, since it was checked. */
async function enter(
  context: Context,
  checked: store.AnalystRow,
  attempt: Attempt,
): Promise<Session | undefined> {
  return context.database.transaction(async (tx) => {
    const analyst = await store.lockAnalyst(tx, checked.nameKey);
    if (analyst?.passwordHash !== checked.passwordHash || analyst?.state !== 'active') return undefined;
    await recordSignIn(context, tx, analyst, 'signed-in', {
      body: { way: 'local' },
      from: { ...attempt.from },
    });
    return openSession(context, tx, analyst);
  });
}

async function record(
  context: Context,
  analyst: store.AnalystRow,
  what: 'refused' | 'locked',
  attempt: Attempt,
): Promise<void> {
  await recordSignIn(context, context.database, analyst, what, { from: { ...attempt.from } });
}

interface FailureScope {
  scope: Buffer;
  rule: (typeof lockoutRules)[keyof typeof lockoutRules];
}

/** A browser that is known for this name has failures of its own: others' guesses do not lock it out. */
function scopesOf({ keyring }: Context, nameKey: string, { browser, from }: Attempt): FailureScope[] {
  const known = browserOf(keyring.key('session'), nameKey, browser);
  const name = known ? `browser\0${nameKey}\0${known}` : `name\0${nameKey}`;
  return [
    { scope: keyring.tag('session', name), rule: lockoutRules.name },
    ...(from.prefix
      ? [{ scope: keyring.tag('session', `address\0${from.prefix}`), rule: lockoutRules.address }]
      : []),
  ];
}

/** @returns how long to wait; a guess that has to wait is no failure, or nobody would ever get in */
async function countFailure(context: Context, scopes: readonly FailureScope[]): Promise<number> {
  const now = context.now();
  const sorted = [...scopes].sort((a, b) => Buffer.compare(a.scope, b.scope));
  return context.database.transaction(async (tx) => {
    const held: (FailureScope & { state: Failures })[] = [];
    for (const each of sorted)
      held.push({ ...each, state: await store.lockFailures(tx, each.scope, new Date(now)) });
    const waitMs = Math.max(...held.map(({ state }) => waitOf(state, now)));
    if (waitMs > 0) return waitMs;
    for (const { scope, rule, state } of held)
      await store.writeFailures(tx, scope, afterFailure(rule, state, now));
    return 0;
  });
}

/** A right guess clears the name; of the address, only its own failure, or one account would open the way to others. */
async function forgive({ database }: Context, scopes: readonly FailureScope[]): Promise<void> {
  for (const { scope, rule } of scopes) {
    if (rule === lockoutRules.name) await store.deleteFailures(database, scope);
    else await store.forgiveFailure(database, scope);
  }
}

/** `<nonce>.<HMAC over name and nonce>`: says that this browser has been let in under this name, and no more. */
function browserCookie({ keyring }: Context, nameKey: string): string {
  const nonce = randomBytes(16).toString('base64url');
  return `${nonce}.${macOf(keyring.key('session'), nameKey, nonce).toString('base64url')}`;
}

function browserOf(key: Buffer, nameKey: string, cookie: string | undefined): string | undefined {
  const [nonce = '', mac = ''] = cookie?.split('.') ?? [];
  const given = Buffer.from(mac, 'base64url');
  const expected = macOf(key, nameKey, nonce);
  return given.length === expected.length && timingSafeEqual(given, expected) ? nonce : undefined;
}

function macOf(key: Buffer, nameKey: string, nonce: string): Buffer {
  return createHmac('sha256', key).update(`browser\0${nonce}\0${nameKey}`).digest();
}

/**
 * Changes one's own password. Every other session of the analyst ends, and this one goes on under a new token.
 *
 * @throws Problem `sign_in_refused`, `sign_in_locked`, `password_weak`
 */
export async function changePassword(
  { context, passwords }: Door,
  session: Session,
  given: { current: string; next: string },
  from: Origin,
): Promise<SignedIn> {
  const nameKey = nameKeyOf(session.analyst.name);
  const analyst = await store.readAnalyst(context.database, nameKey);
  const scopes = scopesOf(context, `${nameKey}\0change`, { name: '', password: '', from: {} });
  const waitMs = await countFailure(context, scopes);
  if (waitMs > 0)
    throw new Problem('sign_in_locked', undefined, { retryAfterSecs: Math.ceil(waitMs / 1000) });
  const right = await passwords.check(analyst?.passwordHash, given.current);
  if (!analyst || !right) throw new Problem('sign_in_refused', 'The current password is not right');
  await forgive(context, scopes);
  checkPassword(given.next, analyst.name);
  if (given.next === given.current) throw new Problem('password_weak', 'This is the password of before');
  const passwordHash = await passwords.hash(given.next);
  const opened = await context.database.transaction(async (tx) => {
    const held = await store.lockAnalyst(tx, nameKey);
    if (held?.passwordHash !== analyst.passwordHash || held?.state !== 'active')
      throw new Problem('session_expired');
    const changed = { ...held, passwordHash, mustChange: false };
    await store.updateAnalyst(tx, changed);
    await store.deleteSessionsOf(tx, nameKey);
    await recordSignIn(context, tx, held, 'password-changed', { from: { ...from } });
    return openSession(context, tx, changed);
  });
  return { session: opened, browser: browserCookie(context, nameKey) };
}
