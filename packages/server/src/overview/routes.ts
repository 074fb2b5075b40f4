import { Problem } from '@kith/protocol';
import { Overview } from '@kith/protocol/study';
import type { FastifyReply } from 'fastify';
import { findSession } from '../analysts/sessions.ts';
import type { HallApp, HallServices } from '../app.ts';
import { LiveOverview } from './live.ts';

const tags = ['analyst'];
const security = [{ session: [] }, { serviceKey: [] }];

const streamsMax = 200;
/** So often a stream asks whether its session is still one. */
const sessionCheckMs = 2_000;

/** What is happening now, and what changes while one looks. */
export function overviewRoutes(app: HallApp, { context, requireAnalyst, events }: HallServices): void {
  const onRequest = requireAnalyst('viewer');
  const live = new LiveOverview(context, events);
  const open = new Set<FastifyReply>();
  app.addHook('preClose', async () => {
    live.stop();
    for (const reply of open) reply.raw.end();
  });

  app.get(
    '/v1/overview',
    {
      onRequest,
      schema: { tags, security, summary: 'What is happening now', response: { 200: Overview } },
    },
    async () => live.current(),
  );

  app.get(
    '/v1/overview/stream',
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: 'The same as it changes (`overview`), and what else has changed (`changed`)',
        produces: ['text/event-stream'],
      },
    },
    async (request, reply) => {
      if (live.listeners >= streamsMax)
        throw new Problem('too_many_requests', undefined, { retryAfterSecs: 30 });
      const first = await live.current();
      // Whoever left meanwhile closes no second time: nothing would ever end what is begun for them.
      if (reply.raw.destroyed || request.raw.socket.destroyed) return reply.hijack();
      const send = startStream(reply);
      open.add(reply);
      send('overview', first);
      const end = live.listen({
        overview: (overview) => send('overview', overview),
        changed: (change) => send('changed', change),
      });
      const token = request.session?.token;
      const check = setInterval(async () => {
        // Looking at a page that nobody touches does not make a session last.
        if (token && !(await isAlive(token))) reply.raw.end();
      }, sessionCheckMs).unref();
      reply.raw.once('close', () => {
        clearInterval(check);
        end();
        open.delete(reply);
      });
      return reply;
    },
  );

  async function isAlive(token: string): Promise<boolean> {
    try {
      await findSession(context, token, { touch: false });
      return true;
    } catch (error) {
      return !(error instanceof Problem && error.code === 'session_expired');
    }
  }
}

/** Server-sent events: HTML, section 9.2. A reader that does not keep up misses what it has no room for. */
function startStream(reply: FastifyReply): (event: string, data: object) => void {
  const headers = reply.getHeaders() as Record<string, string>;
  reply.hijack();
  reply.raw.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  return (event, data) => {
    if (!reply.raw.writableEnded && !reply.raw.writableNeedDrain)
      reply.raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
}
