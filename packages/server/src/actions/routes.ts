import { Action, ActionList, AskBody, actionParams, LeaveOutBody, PlanBody } from '@kith/protocol/study';
import { recordView } from '../analysts/record.ts';
import type { HallApp, HallServices } from '../app.ts';
import { carryOut, undo } from './carry-out.ts';
import * as plans from './plans.ts';

const security = [{ session: [] }, { serviceKey: [] }];
const tags = ['analyst'];
const params = actionParams;
const response = { 200: Action };

/** A plan before an act: who is hit and why, approved by a second person above a size, done as one, undone as one. */
export function actionRoutes(app: HallApp, { context, requireAnalyst }: HallServices): void {
  /** Where a plan names people, the look at it is on record. */
  async function shown(answer: Action, by: string): Promise<Action> {
    if (answer.summary.sample.length > 0) await recordView(context, by, 'plan', answer.id);
    return answer;
  }

  app.get(
    '/v1/actions',
    {
      onRequest: requireAnalyst('viewer'),
      schema: {
        tags,
        security,
        summary: 'Plans and actions, newest first',
        response: { 200: ActionList },
      },
    },
    async (request) => {
      const { actions } = await plans.listActions(context);
      if (actions.some(({ summary }) => summary.sample.length > 0))
        await recordView(context, request.analyst, 'plans', '');
      return { actions };
    },
  );

  app.post(
    '/v1/actions',
    {
      onRequest: requireAnalyst('analyst'),
      schema: {
        tags,
        security,
        summary: 'Plan the suspension of a ring; changes nothing yet',
        body: PlanBody,
        response: { 201: Action },
      },
    },
    async (request, reply) => {
      const plan = await plans.planSuspension(context, request.body.ring, request.analyst);
      return reply.status(201).send(await shown(plan, request.analyst));
    },
  );

  app.get(
    '/v1/actions/:id',
    {
      onRequest: requireAnalyst('viewer'),
      schema: { tags, security, summary: 'One plan or action', params, response },
    },
    async (request) => shown(await plans.getAction(context, request.params.id), request.analyst),
  );

  app.patch(
    '/v1/actions/:id',
    {
      onRequest: requireAnalyst('analyst'),
      schema: {
        tags,
        security,
        summary: 'Leave some accounts alone; counted anew, and to be approved anew',
        params,
        body: LeaveOutBody,
        response,
      },
    },
    async (request) => {
      const { leaveOut } = request.body;
      return shown(
        await plans.leaveOut(context, request.params.id, leaveOut, request.analyst),
        request.analyst,
      );
    },
  );

  app.post(
    '/v1/actions/:id/ask',
    {
      onRequest: requireAnalyst('analyst'),
      schema: { tags, security, summary: 'Ask for approval', params, body: AskBody, response },
    },
    async (request) => plans.ask(context, request.params.id, request.analyst, request.body?.note),
  );

  app.post(
    '/v1/actions/:id/approve',
    {
      onRequest: requireAnalyst('approver'),
      schema: { tags, security, summary: 'Agree, as a second person', params, response },
    },
    async (request) => plans.approve(context, request.params.id, request.analyst),
  );

  app.post(
    '/v1/actions/:id/act',
    {
      onRequest: requireAnalyst('analyst'),
      schema: { tags, security, summary: 'Carry the plan out, all of it or nothing', params, response },
    },
    async (request) => carryOut(context, request.params.id, request.analyst),
  );

  app.post(
    '/v1/actions/:id/undo',
    {
      onRequest: requireAnalyst('analyst'),
      schema: { tags, security, summary: 'Take an action back, exactly', params, response },
    },
    async (request) => undo(context, request.params.id, request.analyst),
  );
}
