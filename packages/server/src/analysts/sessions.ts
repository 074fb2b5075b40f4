import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Problem } from '@kith/protocol';
import type { Context } from '../context.ts';
import type { Queryable } from '../postgres/database.ts';
import * as store from './store.ts';

/** A working day, and a lunch break. */
export const sessionLife = { totalMs: 12 * 3_600_000, idleMs: 3_600_000 } as const;

/** A session is written down as seen at most so often. */
const touchEveryMs = 60_000;

/** What a browser is given: the token in a cookie, the rest for its pages. */
export interface Session {
  token: string;
  csrf: string;
  analyst: { id: string; name: string; role: store.AnalystRow['role']; mustChangePassword: boolean };
  expiresAt: string;
}

/** A new session; its token is random, never one that the browser brought. */
export async function openSession(
  context: Pick<Context, 'now'>,
  tx: Queryable,
  analyst: store.AnalystRow,
): Promise<Session> {
  const now = context.now();
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now + sessionLife.totalMs);
  const at = new Date(now);
  await store.insertSession(tx, {
    tokenHash: hashOf(token),
    nameKey: analyst.nameKey,
    createdAt: at,
    seenAt: at,
    expiresAt,
  });
  await store.setSeen(tx, analyst.nameKey, at);
  return sessionOf(token, analyst, expiresAt);
}

/**
 * Whose session this is. Asked of the database each time: whoever is disabled is out at once.
 *
 * @throws Problem `session_expired`
 */
export async function findSession(
  { database, now }: Pick<Context, 'database' | 'now'>,
  token: string,
  { touch = true }: { touch?: boolean } = {},
): Promise<Session> {
  const tokenHash = hashOf(token);
  const row = await store.readSession(database, tokenHash);
  if (!row) throw new Problem('session_expired');
  const at = now();
  if (at >= row.expiresAt.getTime() || at >= row.seenAt.getTime() + sessionLife.idleMs) {
    await store.deleteSession(database, tokenHash);
    throw new Problem('session_expired');
  }
  const analyst = await store.readAnalyst(database, row.nameKey);
  if (analyst?.state !== 'active') throw new Problem('session_expired');
  if (touch && at - row.seenAt.getTime() >= touchEveryMs) {
    await store.touchSession(database, tokenHash, new Date(at));
    await store.setSeen(database, row.nameKey, new Date(at));
  }
  return sessionOf(token, analyst, row.expiresAt);
}

export async function endSession({ database }: { database: Queryable }, token: string): Promise<void> {
  await store.deleteSession(database, hashOf(token));
}

function sessionOf(token: string, analyst: store.AnalystRow, expiresAt: Date): Session {
  return {
    token,
    csrf: csrfOf(token),
    analyst: {
      id: analyst.analystId,
      name: analyst.name,
      role: analyst.role,
      mustChangePassword: analyst.mustChange,
    },
    expiresAt: expiresAt.toISOString(),
  };
}

/** 256 random bits need no slow hash. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Follows from the token, which scripts cannot read, and does not lead back to it. */
function csrfOf(token: string): string {
  return createHash('sha256').update(`kith/csrf/v1\0${token}`).digest('base64url');
}

/** @throws Problem `csrf_invalid` */
export function checkCsrf(session: Session, given: string | string[] | undefined): void {
  const bytes = Buffer.from(typeof given === 'string' ? given : '');
  const expected = Buffer.from(session.csrf);
  if (bytes.length !== expected.length || !timingSafeEqual(bytes, expected))
    throw new Problem('csrf_invalid');
}
