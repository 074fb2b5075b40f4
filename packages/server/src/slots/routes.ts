import { wireKinds } from '@kith/protocol/crypto';
import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { binary, bytesOf } from '../http/binary.ts';
import { originOf } from '../http/origin.ts';
import { readPrivateSides, withdrawPrivateSides, writePrivateSides } from './private.ts';

export function slotRoutes(
  app: HallApp,
  { context, networks, requireMember, limitMember }: HallServices,
): void {
  app.post(
    '/v1/me/slots',
    {
      onRequest: [requireMember, limitMember],
      schema: {
        tags: ['private'],
        summary:
          'Write sides of slots, or read opposite those written; binary `SlotsWrite` or `SlotsRead`, `SlotsAnswer`',
        security: [{ memberToken: [] }],
        consumes: [binary],
        produces: [binary],
      },
    },
    async (request, reply) => {
      const message = bytesOf(request.body);
      const answer =
        message[1] === wireKinds.slotsRead
          ? await readPrivateSides(context, request.memberId, message)
          : await writePrivateSides(context, request.memberId, message, originOf(request, networks));
      return reply.type(binary).header('cache-control', 'no-store').send(Buffer.from(answer));
    },
  );

  app.post(
    '/v1/me/slots/withdraw',
    {
      onRequest: [requireMember, limitMember],
      schema: {
        tags: ['private'],
        summary: 'Take sides of slots back; binary `SlotsRead`. Meetings in them end',
        security: [{ memberToken: [] }],
        consumes: [binary],
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const message = bytesOf(request.body);
      await withdrawPrivateSides(context, request.memberId, message, originOf(request, networks));
      return reply.status(204).send(null);
    },
  );
}
