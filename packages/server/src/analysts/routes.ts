import { Analyst, AnalystChangeBody, AnalystList, NewAnalystBody } from '@kith/protocol/study';
import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { changeAnalyst, createAnalyst, listAnalysts } from './analysts.ts';

const tags = ['analyst'];
const security = [{ session: [] }, { serviceKey: [] }];

/** Who may study rings and decide; for admins. */
export function analystRoutes(app: HallApp, { context, requireAnalyst }: HallServices): void {
  const onRequest = requireAnalyst('admin');

  app.get(
    '/v1/analysts',
    {
      onRequest,
      schema: { tags, security, summary: 'All analysts, by name', response: { 200: AnalystList } },
    },
    async () => ({ analysts: await listAnalysts(context) }),
  );

  app.post(
    '/v1/analysts',
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: 'Make a local account; the answer shows its first password, this once',
        body: NewAnalystBody,
        response: { 201: Analyst },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await createAnalyst(context, { ...request.body, by: request.analyst })),
  );

  app.patch(
    '/v1/analysts/:id',
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: 'Change a role, disable or enable, or reset a password; sessions end',
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        body: AnalystChangeBody,
        response: { 200: Analyst },
      },
    },
    async (request) => changeAnalyst(context, request.params.id, request.body, request.analyst),
  );
}
