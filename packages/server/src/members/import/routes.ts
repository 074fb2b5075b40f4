import { Problem } from '@kith/protocol';
import type { HallApp, HallServices } from '../../app.ts';
import { importMembers } from './import.ts';

const ndjson = 'application/x-ndjson';

/** The host's whole membership, as a stream. */
export function importRoutes(app: HallApp, { context, requireHost }: HallServices): void {
  // Apart, because this call takes a stream of its own type, and no other.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(ndjson, async (_request: unknown, payload: unknown) => payload);
    scope.post(
      '/v1/members/import',
      {
        onRequest: requireHost,
        config: { streaming: true },
        bodyLimit: Number.MAX_SAFE_INTEGER,
        schema: {
          tags: ['host'],
          summary:
            'Import members, one JSON document a line; the answer streams progress, errors and a last line with the sums',
          security: [{ serviceKey: [] }],
          consumes: [ndjson],
          produces: [ndjson],
        },
      },
      async (request, reply) => {
        if (!request.body) throw new Problem('media_type_unsupported', `This call takes ${ndjson}`);
        return reply.type(ndjson).send(importMembers(context, request.body as NodeJS.ReadableStream));
      },
    );
  });
}
