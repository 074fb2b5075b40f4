import {
  CaseChange,
  CaseDetail,
  CaseList,
  caseParams,
  NewCase,
  NewEvidence,
  NewNote,
} from '@kith/protocol/study';
import type { HallApp, HallServices } from '../app.ts';
import { addRecord, changeCase, createCase } from './cases.ts';
import { getCase, listCases } from './overview.ts';

const tags = ['cases'];
const security = [{ session: [] }, { serviceKey: [] }];

/** One investigation: rings, notes, evidence, decisions, who was exposed, the report. */
export function caseRoutes(app: HallApp, { context, requireAnalyst }: HallServices): void {
  app.get(
    '/v1/cases',
    {
      onRequest: requireAnalyst('viewer'),
      schema: { tags, security, summary: 'Cases, newest first', response: { 200: CaseList } },
    },
    async () => listCases(context),
  );

  app.post(
    '/v1/cases',
    {
      onRequest: requireAnalyst('analyst'),
      schema: { tags, security, summary: 'Open a case', body: NewCase, response: { 201: CaseDetail } },
    },
    async (request, reply) => {
      const id = await createCase(context, request.body, request.analyst);
      return reply.status(201).send(await getCase(context, id));
    },
  );

  app.get(
    '/v1/cases/:id',
    {
      onRequest: requireAnalyst('viewer'),
      schema: {
        tags,
        security,
        summary: 'One case, whole',
        params: caseParams,
        response: { 200: CaseDetail },
      },
    },
    async (request) => getCase(context, request.params.id),
  );

  app.patch(
    '/v1/cases/:id',
    {
      onRequest: requireAnalyst('analyst'),
      schema: {
        tags,
        security,
        summary: 'Change a case: its rings, its host, what a human says of who did it',
        params: caseParams,
        body: CaseChange,
        response: { 200: CaseDetail },
      },
    },
    async (request) => {
      await changeCase(context, request.params.id, request.body, request.analyst);
      return getCase(context, request.params.id);
    },
  );

  app.post(
    '/v1/cases/:id/notes',
    {
      onRequest: requireAnalyst('analyst'),
      schema: {
        tags,
        security,
        summary: 'Add a note, or a decision in words: decisions stand in the outputs',
        params: caseParams,
        body: NewNote,
        response: { 201: CaseDetail },
      },
    },
    async (request, reply) => {
      const { text, decision } = request.body;
      const kind = decision ? 'decision' : 'note';
      await addRecord(context, request.params.id, { kind, text }, request.analyst);
      return reply.status(201).send(await getCase(context, request.params.id));
    },
  );

  app.post(
    '/v1/cases/:id/evidence',
    {
      onRequest: requireAnalyst('analyst'),
      schema: {
        tags,
        security,
        summary: 'Add a piece of evidence',
        params: caseParams,
        body: NewEvidence,
        response: { 201: CaseDetail },
      },
    },
    async (request, reply) => {
      await addRecord(context, request.params.id, { kind: 'evidence', ...request.body }, request.analyst);
      return reply.status(201).send(await getCase(context, request.params.id));
    },
  );
}
