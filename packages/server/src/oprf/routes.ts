import type { HallApp, HallServices } from '../app.ts';
import { binary, bytesOf } from '../http/binary.ts';
import { originOf } from '../http/origin.ts';
import { evaluateRequest } from './oprf.ts';

export function oprfRoutes(
  app: HallApp,
  { context, networks, requireMember, limitMember }: HallServices,
): void {
  app.post(
    '/v1/me/oprf',
    {
      onRequest: [requireMember, limitMember],
      schema: {
        tags: ['private'],
        summary: 'Evaluate blinded numbers, one lookup each; binary `OprfRequest` and `OprfResponse`',
        security: [{ memberToken: [] }],
        consumes: [binary],
        produces: [binary],
      },
    },
    async (request, reply) => {
      const origin = originOf(request, networks);
      const message = await evaluateRequest(context, request.memberId, bytesOf(request.body), origin);
      return reply.type(binary).header('cache-control', 'no-store').send(Buffer.from(message));
    },
  );
}
