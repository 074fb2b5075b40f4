import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { carryOut, undo } from './carry-out.ts';
import { approve, getAction, listActions, planSuspension } from './plans.ts';

const tags = ['analyst'];
const security = [{ session: [] }, { serviceKey: [] }];
const params = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** A plan before an act: who is hit and why, approved by a second person above a size, done as one, undone as one. */
export function actionRoutes(app: HallApp, { context, requireAnalyst }: HallServices): void {
  app.get(
    '/v1/actions',
    {
      onRequest: requireAnalyst('viewer'),
      schema: { tags, security, summary: 'Plans and actions, newest first' },
    },
    async () => listActions(context),
  );

  app.post(
    '/v1/actions',
    {
      onRequest: requireAnalyst('analyst'),
      schema: {
        tags,
        security,
        summary: 'Plan the suspension of a ring; changes nothing yet',
        body: Type.Object(
          { ring: Type.String(), kind: Type.Literal('suspend') },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) =>
      reply.status(201).send(await planSuspension(context, request.body.ring, request.analyst)),
  );

  app.get(
    '/v1/actions/:id',
    {
      onRequest: requireAnalyst('viewer'),
      schema: { tags, security, summary: 'One plan or action', params },
    },
    async (request) => getAction(context, request.params.id),
  );

  app.post(
    '/v1/actions/:id/approve',
    {
      onRequest: requireAnalyst('approver'),
      schema: { tags, security, summary: 'Agree, as a second person', params },
    },
    async (request) => approve(context, request.params.id, request.analyst),
  );

  app.post(
    '/v1/actions/:id/act',
    {
      onRequest: requireAnalyst('analyst'),
      schema: { tags, security, summary: 'Carry the plan out, all of it or nothing', params },
    },
    async (request) => carryOut(context, request.params.id, request.analyst),
  );

  app.post(
    '/v1/actions/:id/undo',
    {
      onRequest: requireAnalyst('analyst'),
      schema: { tags, security, summary: 'Take an action back, exactly', params },
    },
    async (request) => undo(context, request.params.id, request.analyst),
  );
}
