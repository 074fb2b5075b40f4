import { Me, Member, MemberInput, MemberToken, MePatch, Problem, SettingAnswer } from '@kith/protocol';
import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { choose, eraseMember, getMe, getMember, putMember } from './members.ts';
import { readSetting } from './settings.ts';

const MemberParams = Type.Object({ id: Type.String() });
const hostOnly = [{ serviceKey: [] }];
const memberOnly = [{ memberToken: [] }];

/** What the host does with its members. */
export function hostRoutes(app: HallApp, { context, tokens, requireHost }: HallServices): void {
  const options = { onRequest: requireHost };

  app.put(
    '/v1/members/:id',
    {
      ...options,
      schema: {
        tags: ['host'],
        summary: 'Create or change a member',
        security: hostOnly,
        params: MemberParams,
        body: MemberInput,
        response: { 200: Member, 201: Member },
      },
    },
    async (request, reply) => {
      const { member, created } = await putMember(context, request.params.id, request.body);
      return reply.status(created ? 201 : 200).send(member);
    },
  );

  app.get(
    '/v1/members/:id',
    {
      ...options,
      schema: {
        tags: ['host'],
        summary: 'Read a member',
        security: hostOnly,
        params: MemberParams,
        response: { 200: Member },
      },
    },
    async (request) => getMember(context, request.params.id),
  );

  app.delete(
    '/v1/members/:id',
    {
      ...options,
      schema: {
        tags: ['host'],
        summary: 'Erase a member everywhere; the ledger keeps its opaque id',
        security: hostOnly,
        params: MemberParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await eraseMember(context, request.params.id);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/v1/members/:id/token',
    {
      ...options,
      schema: {
        tags: ['host'],
        summary: 'Issue a short-lived member token',
        security: hostOnly,
        params: MemberParams,
        response: { 200: MemberToken },
      },
    },
    async (request) => {
      const member = await getMember(context, request.params.id);
      if (member.suspended) throw new Problem('member_suspended');
      return tokens.issue(member.id);
    },
  );

  app.get(
    '/v1/members/:id/setting',
    {
      ...options,
      schema: {
        tags: ['host'],
        summary: 'What a member had chosen at a moment, as known at another',
        security: hostOnly,
        params: MemberParams,
        querystring: Type.Object({
          at: Type.String({ format: 'date-time' }),
          knownAt: Type.Optional(Type.String({ format: 'date-time' })),
        }),
        response: { 200: SettingAnswer },
      },
    },
    async (request) => readSetting(context, request.params.id, request.query),
  );
}

/** What a member does with itself. */
export function meRoutes(app: HallApp, { context, requireMember }: HallServices): void {
  app.get(
    '/v1/me',
    {
      onRequest: requireMember,
      schema: {
        tags: ['member'],
        summary: 'Own card and setting',
        security: memberOnly,
        response: { 200: Me },
      },
    },
    async (request) => getMe(context, request.memberId),
  );

  app.patch(
    '/v1/me',
    {
      onRequest: requireMember,
      schema: {
        tags: ['member'],
        summary: 'Choose who may find me by number',
        security: memberOnly,
        body: MePatch,
        response: { 200: Me },
      },
    },
    async (request) => choose(context, request.memberId, request.body.discoverable),
  );
}
