import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../analysts/sessions.ts';

export const sessionCookie = 'kith_session';

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, session: Session): void {
  reply.setCookie(sessionCookie, session.token, {
    ...cookieOptions(request),
    path: '/',
    expires: new Date(session.expiresAt),
  });
}

/** Never for scripts, never with calls that other sites make, and over TLS alone where there is TLS. */
export function cookieOptions(request: FastifyRequest) {
  return { httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' } as const;
}
