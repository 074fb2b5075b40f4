import type { RingState } from '@kith/protocol/study';
import * as study from '@kith/protocol/study';
import { Type } from 'typebox';
import { recordView } from '../analysts/record.ts';
import type { HallApp, HallServices } from '../app.ts';
import { RingTables } from './accounts.ts';
import { decideRing, throttleRing } from './decisions.ts';
import { getGraph } from './graph.ts';
import { getRing, listRings } from './read.ts';
import { getWhoElse, searchWhoElse } from './who-else.ts';

const tags = ['analyst'];
const security = [{ session: [] }, { serviceKey: [] }];
const params = study.ringParams;

/** Networks of accounts that act as one, as detection last saw them. */
export function ringRoutes(app: HallApp, services: HallServices): void {
  const { context, requireAnalyst } = services;

  app.get(
    '/v1/rings',
    {
      onRequest: requireAnalyst('viewer'),
      schema: {
        tags,
        security,
        summary: 'Rings found, with their reasons in words',
        querystring: study.RingsQuery,
        response: { 200: study.RingPage },
      },
    },
    async (request) => {
      const { state, country, q, ...page } = request.query;
      const states = state?.split(',') as RingState[] | undefined;
      return listRings(
        context,
        { ...(states && { states }), ...(country && { country }), ...(q && { text: q }) },
        page,
      );
    },
  );

  app.get(
    '/v1/rings/:id',
    {
      onRequest: requireAnalyst('viewer'),
      schema: {
        tags,
        security,
        summary: 'One ring: reasons, origins, timeline, and its first accounts',
        params,
        response: { 200: study.RingDetail },
      },
    },
    async (request) => getRing(context, request.params.id),
  );

  app.patch(
    '/v1/rings/:id',
    {
      onRequest: requireAnalyst('analyst'),
      schema: {
        tags,
        security,
        summary: 'Say that a ring is none, or take that back',
        params,
        body: study.RingDecision,
        response: { 200: study.RingDetail },
      },
    },
    async (request) => {
      const { state, note } = request.body;
      const decision = { by: request.analyst, ...(note !== undefined && { note }) };
      await decideRing(context, request.params.id, state, decision);
      return getRing(context, request.params.id);
    },
  );

  app.post(
    '/v1/rings/:id/throttle',
    {
      onRequest: requireAnalyst('analyst'),
      schema: {
        tags,
        security,
        summary: 'Hold the accounts of a ring together to what one member may spend',
        params,
        body: study.NothingMore,
        response: { 200: study.RingDetail },
      },
    },
    async (request) => {
      await throttleRing(context, request.params.id, request.analyst);
      return getRing(context, request.params.id);
    },
  );

  accountRoutes(app, services);
}

/** What is known of a ring's accounts, and of others like them; each look is on record. */
function accountRoutes(app: HallApp, { context, requireAnalyst, events }: HallServices): void {
  const tables = new RingTables(context, events);

  app.get(
    '/v1/rings/:id/accounts',
    {
      onRequest: requireAnalyst('viewer'),
      schema: {
        tags,
        security,
        summary: 'The accounts of a ring, those near it too, and what each did',
        params,
        querystring: study.AccountsQuery,
        response: { 200: study.RingAccounts },
      },
    },
    async (request) => {
      const page = await tables.page(request.params.id, request.query);
      await recordView(context, request.analyst, 'ring-accounts', request.params.id);
      return page;
    },
  );

  app.get(
    '/v1/rings/:id/graph',
    {
      onRequest: requireAnalyst('viewer'),
      schema: {
        tags,
        security,
        summary: 'A drawing of a ring: accounts, and what they share',
        params,
        querystring: study.GraphQuery,
        response: { 200: study.RingGraph },
      },
    },
    async (request) => getGraph(context, request.params.id, request.query.accounts),
  );

  app.get(
    '/v1/rings/:id/who-else',
    {
      onRequest: requireAnalyst('viewer'),
      schema: {
        tags,
        security,
        summary: 'Who else did this, as it was last searched for; 204 where nobody has searched yet',
        params,
        response: { 200: study.WhoElse, 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const answer = await getWhoElse(context, request.params.id);
      if (!answer) return reply.status(204).send(null);
      await recordView(context, request.analyst, 'who-else', request.params.id);
      return reply.status(200).send(answer);
    },
  );

  app.post(
    '/v1/rings/:id/who-else',
    {
      onRequest: requireAnalyst('analyst'),
      schema: {
        tags,
        security,
        summary: 'Search all events for others who did this; the answer may be nobody, and is on record',
        params,
        response: { 200: study.WhoElse },
      },
    },
    async (request) => {
      const answer = await searchWhoElse(context, await events(), request.params.id, request.analyst);
      await recordView(context, request.analyst, 'who-else', request.params.id);
      return answer;
    },
  );
}
