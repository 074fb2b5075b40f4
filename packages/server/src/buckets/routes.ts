import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { binary, bytesOf } from '../http/binary.ts';
import { Buckets } from './buckets.ts';

const dayMs = 86_400_000;

/** A request for 1,024 parts of buckets, and nothing longer: whoever asks has no token. */
const partsRequestBytesMax = 11 + 6 * 1_024;

/** Buckets are everybody's: no token, and any cache may keep them until the day ends. */
export function bucketRoutes(app: HallApp, { context }: HallServices): void {
  const buckets = new Buckets(context);
  bucketPartsRoute(app, buckets);

  app.get(
    '/v1/buckets/:prefix',
    {
      // A thousand of these are one client's morning: headers for pages would be a third of their bytes.
      helmet: false,
      schema: {
        tags: ['private'],
        summary:
          'The open members whose tags begin with a prefix; binary `Bucket`, its hints alone, or by `Range` a part of it',
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
      const { parts, day: today } = await buckets.get(asked);
      const { body, etag } = part === 'hints' ? parts.hints : parts.whole;
      const secsLeft = Math.max(Math.floor(((today.day + 1) * dayMs - context.now()) / 1000), 0);
      reply
        .header('etag', etag)
        .header('accept-ranges', 'bytes')
        .header('x-content-type-options', 'nosniff')
        // Only an address that names its day stays true after midnight.
        .header('cache-control', day === undefined ? 'no-cache' : `public, max-age=${secsLeft}, immutable`);
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      const range = rangeIn(request.headers.range, body.length);
      if (range === undefined) return reply.type(binary).send(body);
      reply.status(206).header('content-range', `bytes ${range.from}-${range.to}/${body.length}`);
      return reply.type(binary).send(body.subarray(range.from, range.to + 1));
    },
  );
}

/** The same of many buckets at once, for clients that ask the service itself: no cache keeps it. */
function bucketPartsRoute(app: HallApp, buckets: Buckets): void {
  app.post(
    '/v1/buckets',
    {
      helmet: false,
      bodyLimit: partsRequestBytesMax,
      schema: {
        tags: ['private'],
        summary:
          'Parts of many buckets of today: short hints, rests of hints, sealed tickets; binary `BucketPartsRequest` and `BucketPartsAnswer`',
        consumes: [binary],
        produces: [binary],
      },
    },
    async (request, reply) => {
      const message = await buckets.getParts(bytesOf(request.body));
      reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
      return reply.type(binary).send(Buffer.from(message));
    },
  );
}

/** The one range asked for, RFC 9110 14.1.2; undefined where the whole is to be sent, as for anything unusual. */
function rangeIn(header: string | undefined, length: number): { from: number; to: number } | undefined {
  const [, first, last] = /^bytes=(\d{1,10})-(\d{1,10})$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined) return undefined;
  const [from, to] = [Number(first), Math.min(Number(last), length - 1)];
  return from <= to ? { from, to } : undefined;
}
