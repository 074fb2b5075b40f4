import { Readable } from 'node:stream';
import { Problem } from '@kith/protocol';
import {
  caseParams,
  ExposedList,
  Exposure,
  ListQuery,
  NoticesBody,
  NoticesQueued,
  OutputList,
  ProtectedList,
} from '@kith/protocol/study';
import { Type } from 'typebox';
import { recordView } from '../analysts/record.ts';
import type { HallApp, HallServices } from '../app.ts';
import { getCase } from '../cases/overview.ts';
import type { Context } from '../context.ts';
import { exposureState, figuresOf, startExposure } from './exposure.ts';
import { exposedMembers, protectedMembers } from './lists.ts';
import { queueNotices } from './notices/deliver.ts';
import { nextNotices } from './notices/notices.ts';
import { lists, outputs } from './outputs/outputs.ts';
import { openSource } from './outputs/source.ts';

const tags = ['cases'];
const security = [{ session: [] }, { serviceKey: [] }];
const params = caseParams;

/** In a frame an output shows what it is, runs nothing, and fetches nothing; only our own pages may frame it. */
const framePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'";

/** Who was exposed in a case, and everything that is made of it. */
export function incidentRoutes(app: HallApp, { context, requireAnalyst }: HallServices): void {
  app.post(
    '/v1/cases/:id/exposure',
    {
      onRequest: requireAnalyst('analyst'),
      schema: {
        tags,
        security,
        summary: 'Work out who was exposed, in the background; ask again how far it is',
        params,
        response: { 202: Exposure },
      },
    },
    async (request, reply) => {
      await startExposure(context, request.params.id, request.analyst);
      return reply.status(202).send(await stateOf(context, request.params.id));
    },
  );

  app.get(
    '/v1/cases/:id/exposure',
    {
      onRequest: requireAnalyst('viewer'),
      schema: {
        tags,
        security,
        summary: 'The figures of a case, or how far they are',
        params,
        response: { 200: Exposure },
      },
    },
    async (request) => stateOf(context, request.params.id),
  );

  app.get(
    '/v1/cases/:id/exposure/members',
    {
      onRequest: requireAnalyst('viewer'),
      schema: {
        tags,
        security,
        summary: 'Each member whose card was shown, with every time and viewer',
        params,
        querystring: ListQuery,
        response: { 200: ExposedList },
      },
    },
    async (request) => {
      const { run, figures } = await figuresOf(context, request.params.id);
      await recordView(context, request.analyst, 'case exposed', request.params.id);
      const { after = '', limit } = request.query;
      return { ...(await pageOf(exposedMembers(context, run, after), limit)), total: figures.membersExposed };
    },
  );

  app.get(
    '/v1/cases/:id/protected',
    {
      onRequest: requireAnalyst('viewer'),
      schema: {
        tags,
        security,
        summary: 'Each member whose number was sent and whose card was not shown, with what protected it',
        params,
        querystring: ListQuery,
        response: { 200: ProtectedList },
      },
    },
    async (request) => {
      const { run, figures } = await figuresOf(context, request.params.id);
      await recordView(context, request.analyst, 'case protected', request.params.id);
      const { after = '', limit } = request.query;
      const total = figures.membersProtected.total;
      return { ...(await pageOf(protectedMembers(context, run, after), limit)), total };
    },
  );

  app.get(
    '/v1/cases/:id/outputs',
    {
      onRequest: requireAnalyst('viewer'),
      schema: { tags, security, summary: 'What can be downloaded', params, response: { 200: OutputList } },
    },
    async (request) => {
      await figuresOf(context, request.params.id);
      return {
        files: [...outputs, ...lists].map(({ name, title, type, about }) => ({ name, title, type, about })),
      };
    },
  );

  app.get(
    '/v1/cases/:id/outputs/:name',
    {
      onRequest: requireAnalyst('analyst'),
      schema: {
        tags,
        security,
        summary:
          'One output: report.html, report.pdf, stix.json, misp.json, veris.json, gdpr-33.html, statement.html, notices.ndjson',
        params: Type.Object({ ...params.properties, name: Type.String({ maxLength: 100 }) }),
        querystring: Type.Object({
          inline: Type.Optional(Type.Boolean({ description: 'To be looked at in a frame of our own pages' })),
        }),
      },
    },
    async (request, reply) => {
      const { id, name } = request.params;
      const { type, pieces } = await openOutput(context, id, name, request.analyst);
      const { inline = false } = request.query;
      if (inline) reply.header('content-security-policy', framePolicy);
      return reply
        .header('content-type', type)
        .header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename="${name}"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(pieces, { objectMode: false }));
    },
  );

  app.post(
    '/v1/cases/:id/notices',
    {
      onRequest: requireAnalyst('approver'),
      schema: {
        tags,
        security,
        summary:
          'Send one notice for each exposed member to the host’s webhook; asked again, it repeats nothing',
        params,
        body: NoticesBody,
        response: { 200: NoticesQueued },
      },
    },
    async (request) => queueNotices(context, request.params.id, request.analyst),
  );
}

async function stateOf(context: Context, caseId: string) {
  await getCase(context, caseId);
  return exposureState(context, caseId);
}

/** The first rows of a list, and after whom it goes on. */
async function pageOf<Row extends { member: string }>(rows: AsyncIterable<Row>, limit: number) {
  const members: Row[] = [];
  for await (const row of rows) {
    if (members.length === limit) return { members, next: members.at(-1)!.member };
    members.push(row);
  }
  return { members };
}

async function openOutput(
  context: Context,
  caseId: string,
  name: string,
  by: string,
): Promise<{ type: string; pieces: AsyncIterable<Buffer> }> {
  const output = outputs.find((each) => each.name === name);
  const list = lists.find((each) => each.name === name);
  if (!output && !list) throw new Problem('output_unknown');
  const source = await openSource(context, caseId);
  await recordView(context, by, `case ${name}`, caseId);
  const pieces = output ? output.write(source) : noticeLines(context, source);
  return { type: (output ?? list)!.type, pieces: asBytes(pieces) };
}

async function* noticeLines(
  context: Context,
  { run, document }: Awaited<ReturnType<typeof openSource>>,
): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const page = await nextNotices(context, run, { host: document.host, after, limit: 1_000 });
    if (page.length === 0) return;
    for (const notice of page) yield `${JSON.stringify(notice)}\n`;
    after = page.at(-1)!.member;
  }
}

async function* asBytes(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece as string);
}
