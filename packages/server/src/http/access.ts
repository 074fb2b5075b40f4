import { Problem } from '@kith/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MemberTokens } from '../auth/member-tokens.ts';
import type { ServiceKeyCheck } from '../auth/service-keys.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose token this request carries; set by `asMember`. */
    memberId: string;
  }
}

function bearer(request: FastifyRequest): string {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!token) throw new Problem('token_missing');
  return token;
}

/** Lets only the host in. */
export function asHost(keys: ServiceKeyCheck) {
  return async (request: FastifyRequest): Promise<void> => {
    const { role } = await keys.check(bearer(request));
    if (role !== 'host' && role !== 'admin') throw new Problem('role_insufficient');
  };
}

/** Lets a member in, as itself. Whether it is suspended is asked where the answer cannot be overtaken: in the store. */
export function asMember(tokens: MemberTokens) {
  return async (request: FastifyRequest): Promise<void> => {
    request.memberId = await tokens.check(bearer(request));
  };
}

/** Requests that one member may have under way at once: more would only wait for each other, on everybody's connections. */
const atOnceMax = 4;

/** Holds each member to a few requests at a time, from their headers on: bodies are what costs memory. */
export function oneMemberAtOnce() {
  const underWay = new Map<string, number>();
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { memberId } = request;
    const count = underWay.get(memberId) ?? 0;
    if (count >= atOnceMax) throw new Problem('too_many_requests', undefined, { retryAfterSecs: 1 });
    underWay.set(memberId, count + 1);
    reply.raw.once('close', () => {
      const left = underWay.get(memberId)! - 1;
      if (left > 0) underWay.set(memberId, left);
      else underWay.delete(memberId);
    });
  };
}
