import { RevealsAnswer } from '@kith/protocol';
import type { HallApp, HallServices } from '../app.ts';
import { binary, bytesOf } from '../http/binary.ts';
import { originOf } from '../http/origin.ts';
import { redeemTickets } from './tickets.ts';

export function revealRoutes(
  app: HallApp,
  { context, networks, requireMember, limitMember }: HallServices,
): void {
  app.post(
    '/v1/me/reveals',
    {
      onRequest: [requireMember, limitMember],
      schema: {
        tags: ['private'],
        summary: 'Ask for the people that tickets name; binary `Reveals`',
        security: [{ memberToken: [] }],
        consumes: [binary],
        response: { 200: RevealsAnswer },
      },
    },
    async (request) => {
      const origin = originOf(request, networks);
      return { accepted: await redeemTickets(context, request.memberId, bytesOf(request.body), origin) };
    },
  );
}
