import { Problem } from '@kith/protocol';
import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { problemsPage } from '../http/problems.ts';

const Ok = Type.Object({ status: Type.Literal('ok') }, { examples: [{ status: 'ok' }] });
const tags = ['operations'];

/** For those who run the service: is it alive, may it have traffic, what is it doing, what can it say. */
export function operationsRoutes(app: HallApp, { context, metrics, state }: HallServices): void {
  app.get(
    '/healthz',
    { schema: { tags, summary: 'The process is alive', response: { 200: Ok } } },
    async () => ({
      status: 'ok' as const,
    }),
  );

  app.get(
    '/readyz',
    { schema: { tags, summary: 'Traffic is welcome: the database answers', response: { 200: Ok } } },
    async () => {
      if (state.stopping) throw new Problem('shutting_down');
      await context.database.query('select 1');
      return { status: 'ok' as const };
    },
  );

  app.get(
    '/metrics',
    { schema: { tags, summary: 'Prometheus metrics', produces: ['text/plain'] } },
    async (_request, reply) =>
      reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );

  app.get('/problems', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/html').send(problemsPage()),
  );
}
