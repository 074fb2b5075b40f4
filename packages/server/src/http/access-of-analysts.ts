import { Problem } from '@kith/protocol';
import type { FastifyRequest } from 'fastify';
import { nameKeyOf } from '../analysts/names.ts';
import { checkCsrf, findSession, type Session } from '../analysts/sessions.ts';
import { readAnalyst } from '../analysts/store.ts';
import type { ServiceKeyCheck } from '../auth/service-keys.ts';
import type { Role } from '../auth/store.ts';
import type { Context } from '../context.ts';
import { sessionCookie } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who does this, by the one name that person or key has; set by `asAnalyst`. */
    analyst: string;
    /** The session, where it is a person's; set by `asAnalyst` and `withSession`. */
    session: Session | undefined;
  }
}

/** Each role may do what those before it may; the host owns the service, and may do everything. */
const ranks = { viewer: 1, analyst: 2, approver: 3, admin: 4, host: 4 } as const;

export type LeastRole = 'viewer' | 'analyst' | 'approver' | 'admin';

/** Lets in whoever has signed in, or holds a key, with this role or above. */
export function asAnalyst(keys: ServiceKeyCheck, context: Context) {
  return (least: LeastRole) =>
    async (request: FastifyRequest): Promise<void> => {
      const { by, role } = request.headers.authorization
        ? await holderOf(keys, context, request)
        : await personOf(context, request);
      if (ranks[role] < ranks[least]) throw new Problem('role_insufficient');
      request.analyst = by;
    };
}

/** A key stands for its owner, with no more than the owner may do; without one it is named by itself. */
async function holderOf(keys: ServiceKeyCheck, context: Context, request: FastifyRequest) {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!token) throw new Problem('token_missing');
  const { keyId, label, role, owner } = await keys.check(token);
  if (owner === null) return { by: `${label} (${keyId})`, role };
  const analyst = await readAnalyst(context.database, nameKeyOf(owner));
  if (analyst?.state !== 'active') throw new Problem('service_key_invalid');
  return { by: analyst.name, role: lesser(role, analyst.role) };
}

const lesser = (one: Role, other: Role): Role => (ranks[one] <= ranks[other] ? one : other);

async function personOf(context: Context, request: FastifyRequest) {
  const session = await sessionOf(context, request);
  if (session.analyst.mustChangePassword) throw new Problem('password_change_required');
  return { by: session.analyst.name, role: session.analyst.role };
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The session of the cookie that a browser has sent.
 *
 * @throws Problem `session_missing`, `session_expired`, `csrf_invalid`
 */
export async function sessionOf(context: Context, request: FastifyRequest): Promise<Session> {
  const token = request.cookies[sessionCookie];
  if (!token) throw new Problem('session_missing');
  const session = await findSession(context, token);
  if (!safeMethods.has(request.method)) {
    checkOrigin(request);
    checkCsrf(session, request.headers['kith-csrf']);
  }
  request.session = session;
  return session;
}

/**
 * Browsers say where a call that changes something comes from, and pages cannot make them say otherwise.
 *
 * @throws Problem `csrf_invalid`
 */
export function checkOrigin(request: FastifyRequest): void {
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `${request.protocol}://${request.host}`)
    throw new Problem('csrf_invalid');
}
