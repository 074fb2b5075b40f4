import { Problem } from '@kith/protocol';
import { PasswordBody, Session as SessionAnswer, SignInBody, SignInWays } from '@kith/protocol/study';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { HallApp, HallServices } from '../../app.ts';
import { checkOrigin, sessionOf } from '../../http/access-of-analysts.ts';
import { originOf } from '../../http/origin.ts';
import { cookieOptions, sessionCookie, setSessionCookie } from '../../http/session-cookie.ts';
import { passwordsOf } from '../analysts.ts';
import { oidcRoutes } from '../oidc/routes.ts';
import { recordSignIn } from '../record.ts';
import { endSession, type Session } from '../sessions.ts';
import { changePassword, type SignedIn, signIn } from '../sign-in.ts';

const tags = ['session'];
const security = [{ session: [] }];

/** A browser is known for half a year. */
const browserCookie = 'kith_browser';
const browserSecs = 180 * 86_400;

/** Signing in and out, for people. */
export function sessionRoutes(app: HallApp, services: HallServices): void {
  const { context, networks, signInWays, oidc } = services;
  if (oidc) oidcRoutes(app, services, oidc);
  const door = { context, passwords: passwordsOf(context) };

  app.get(
    '/v1/session/ways',
    { schema: { tags, summary: 'How one can sign in here', response: { 200: SignInWays } } },
    async () => signInWays,
  );

  app.post(
    '/v1/session',
    {
      schema: {
        tags,
        summary: 'Sign in with a name and a password',
        body: SignInBody,
        response: { 200: SessionAnswer },
      },
    },
    async (request, reply) => {
      checkOrigin(request);
      if (!signInWays.local)
        throw new Problem('sign_in_refused', 'People sign in elsewhere, not with a password');
      const browser = request.cookies[browserCookie];
      const signedIn = await signIn(door, { ...request.body, browser, from: originOf(request, networks) });
      await endOldSession(request);
      return welcome(request, reply, signedIn);
    },
  );

  app.get(
    '/v1/session',
    { schema: { tags, security, summary: 'Who has signed in', response: { 200: SessionAnswer } } },
    async (request) => answerOf(await sessionOf(context, request)),
  );

  app.delete(
    '/v1/session',
    { schema: { tags, security, summary: 'Sign out', response: { 204: Type.Null() } } },
    async (request, reply) => {
      const session = await sessionOf(context, request);
      await context.database.transaction(async (tx) => {
        await endSession({ database: tx }, session.token);
        await recordSignIn(context, tx, session.analyst, 'signed-out');
      });
      return reply.clearCookie(sessionCookie, { path: '/' }).status(204).send(null);
    },
  );

  app.post(
    '/v1/session/password',
    {
      schema: {
        tags,
        security,
        summary: "Change one's own password; other sessions end, and this one goes on under a new cookie",
        body: PasswordBody,
        response: { 200: SessionAnswer },
      },
    },
    async (request, reply) => {
      const session = await sessionOf(context, request);
      const from = originOf(request, networks);
      return welcome(request, reply, await changePassword(door, session, request.body, from));
    },
  );

  /** Whoever signs in again does not leave the session of before lying about. */
  async function endOldSession(request: FastifyRequest): Promise<void> {
    const old = request.cookies[sessionCookie];
    if (old) await endSession(context, old);
  }
}

function welcome(request: FastifyRequest, reply: FastifyReply, { session, browser }: SignedIn) {
  setSessionCookie(request, reply, session);
  reply.setCookie(browserCookie, browser, {
    ...cookieOptions(request),
    path: '/v1/session',
    maxAge: browserSecs,
  });
  return answerOf(session);
}

function answerOf({ analyst, csrf, expiresAt }: Session) {
  return { analyst, csrf, expiresAt };
}
