import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { getRing, listRings } from './rings.ts';

const tags = ['analyst'];
const security = [{ session: [] }, { serviceKey: [] }];

/** Networks of accounts that act as one, as detection last saw them. */
export function ringRoutes(app: HallApp, { context, requireAnalyst }: HallServices): void {
  app.get(
    '/v1/rings',
    {
      onRequest: requireAnalyst('viewer'),
      schema: {
        tags,
        security,
        summary: 'Rings found, with their reasons in words',
        querystring: Type.Object({
          after: Type.Optional(Type.String()),
          limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
        }),
      },
    },
    async (request) => listRings(context, request.query),
  );

  app.get(
    '/v1/rings/:id',
    {
      onRequest: requireAnalyst('viewer'),
      schema: {
        tags,
        security,
        summary: 'One ring, whole: accounts, reasons, origins, timeline',
        params: Type.Object({ id: Type.String() }),
      },
    },
    async (request) => getRing(context, request.params.id),
  );
}
