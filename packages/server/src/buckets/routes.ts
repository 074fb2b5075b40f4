import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { binary } from '../http/binary.ts';
import { Buckets } from './buckets.ts';

const dayMs = 86_400_000;

/** Buckets are everybody's: no token, and any cache may keep them until the day ends. */
export function bucketRoutes(app: HallApp, { context }: HallServices): void {
  const buckets = new Buckets(context);

  app.get(
    '/v1/buckets/:prefix',
    {
      schema: {
        tags: ['private'],
        summary: 'The open members whose tags begin with a prefix; binary `Bucket`, or its hints alone',
        params: Type.Object({ prefix: Type.Integer({ minimum: 0 }) }),
        querystring: Type.Object({
          day: Type.Optional(Type.Integer({ minimum: 0 })),
          key: Type.Optional(Type.Integer({ minimum: 0 })),
          part: Type.Optional(Type.Union([Type.Literal('hints'), Type.Literal('whole')])),
        }),
        produces: [binary],
      },
    },
    async (request, reply) => {
      const { day, key, part } = request.query;
      const asked = {
        prefix: request.params.prefix,
        ...(day !== undefined && { day }),
        ...(key !== undefined && { keyVersion: key }),
      };
      const found = await buckets.get(asked);
      const body = part === 'hints' ? found.parts.hints : found.parts.whole;
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      const secsLeft = Math.max(Math.floor(((found.day.day + 1) * dayMs - context.now()) / 1000), 0);
      reply.header('etag', etag);
      // Only an address that names its day stays true after midnight.
      reply.header(
        'cache-control',
        day === undefined ? 'no-cache' : `public, max-age=${secsLeft}, immutable`,
      );
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      return reply.type(binary).send(body);
    },
  );
}
