import { Exposure, People } from '@kith/protocol';
import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { listPeople, readExposure } from './people.ts';

const tags = ['member'];
const security = [{ memberToken: [] }];
const pageMax = 1_000;

/** Whom a member has found, and who has found it. */
export function peopleRoutes(app: HallApp, { context, requireMember }: HallServices): void {
  app.get(
    '/v1/me/people',
    {
      onRequest: requireMember,
      schema: {
        tags,
        security,
        summary: 'People found, without saying which number led to them',
        querystring: Type.Object({
          after: Type.Optional(
            Type.String({ pattern: '^[^\\u0000]*$', description: '`next` of the page before' }),
          ),
          limit: Type.Integer({ minimum: 1, maximum: pageMax, default: 200 }),
        }),
        response: { 200: People },
      },
    },
    async (request) => listPeople(context, request.memberId, request.query),
  );

  app.get(
    '/v1/me/exposure',
    {
      onRequest: requireMember,
      schema: {
        tags,
        security,
        summary: 'How often, when and to how many I was revealed',
        response: { 200: Exposure },
      },
    },
    async (request) => readExposure(context, request.memberId),
  );
}
