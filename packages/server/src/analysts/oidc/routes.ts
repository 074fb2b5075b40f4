import { Problem } from '@kith/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HallApp, HallServices } from '../../app.ts';
import { originOf } from '../../http/origin.ts';
import { cookieOptions, setSessionCookie } from '../../http/session-cookie.ts';
import { enterByOidc } from './enter.ts';
import type { Expected, OidcIssuer } from './issuer.ts';

const tags = ['session'];
const cookie = 'kith_oidc';
const path = '/v1/session/oidc';
/** So long somebody may take at the issuer's. */
const awaySecs = 600;

/** Signing in by whoever the host's people already sign in with. */
export function oidcRoutes(app: HallApp, services: HallServices, issuer: OidcIssuer): void {
  const { context, networks } = services;

  app.get(
    path,
    { schema: { tags, summary: 'Go and sign in elsewhere', produces: ['text/html'] } },
    async (request, reply) => {
      try {
        const { url, expected } = await issuer.begin(redirectUriOf(request));
        reply.setCookie(cookie, seal(expected), {
          ...cookieOptions(request),
          path,
          maxAge: awaySecs,
        });
        return reply.header('cache-control', 'no-store').redirect(url.href);
      } catch (error) {
        return backWith(reply, error);
      }
    },
  );

  app.get(
    `${path}/callback`,
    { schema: { tags, summary: 'Come back from there', produces: ['text/html'] } },
    async (request, reply) => {
      reply.clearCookie(cookie, { path }).header('cache-control', 'no-store');
      try {
        const expected = open(request.cookies[cookie]);
        const claims = await issuer.finish(new URL(request.url, serviceOf(request)), expected);
        const session = await enterByOidc(context, issuer.options, claims, originOf(request, networks));
        setSessionCookie(request, reply, session);
        return reply.redirect('/analyst');
      } catch (error) {
        return backWith(reply, error);
      }
    },
  );

  /** The browser carries it and can neither read nor change it; it is of use only so long. */
  function seal(expected: Expected): string {
    const text = JSON.stringify({ ...expected, until: context.now() + awaySecs * 1000 });
    return context.keyring.sealSecret(Buffer.from(text), cookie).toString('base64url');
  }

  function open(sealed: string | undefined): Expected {
    try {
      const text = context.keyring.openSecret(Buffer.from(sealed ?? '', 'base64url'), cookie);
      const { until, ...expected } = JSON.parse(text.toString()) as Expected & { until: number };
      if (until > context.now()) return expected;
    } catch {
      // Not ours, or not whole.
    }
    throw new Problem('sign_in_refused');
  }
}

/** People are sent to a page, never to a problem document. */
function backWith(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof Problem)) throw error;
  return reply.redirect(`/analyst/sign-in?problem=${error.code}`);
}

/** As the browser sees this service; the issuer sends people back to addresses alone that it has been told of. */
const serviceOf = (request: FastifyRequest) => `${request.protocol}://${request.host}`;

const redirectUriOf = (request: FastifyRequest) => `${serviceOf(request)}${path}/callback`;
