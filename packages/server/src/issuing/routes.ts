import { PrivateParameters } from '@kith/protocol';
import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { today } from '../buckets/days.ts';
import { binary } from '../http/binary.ts';
import { epochsToWrite } from '../slots/epochs.ts';
import { issueMemberKeys } from './issuing.ts';

/** Keys of the private way: everyone's public ones, and a member's own. */
export function issuingRoutes(app: HallApp, { context, requireMember, limitMember }: HallServices): void {
  app.get(
    '/v1/parameters',
    {
      schema: {
        tags: ['private'],
        summary: 'Public keys, epochs and bucket lengths of the private way',
        response: { 200: PrivateParameters },
      },
    },
    async (_request, reply) => {
      const { day, keyVersion, prefixBits } = await today(context);
      const { publicKey } = await context.oprf.pair(keyVersion);
      reply.header('cache-control', 'public, max-age=60');
      return {
        epochs: epochsToWrite(context.policy, context.now()),
        issuers: await context.issuer.publicSet(),
        ...(context.issuer.outside && { issuerUrls: [...context.issuer.outside.urls] }),
        oprf: { keyVersion, publicKey: Buffer.from(publicKey).toString('base64url') },
        buckets: { day, keyVersion, prefixBits },
      };
    },
  );

  app.post(
    '/v1/me/keys',
    {
      onRequest: [requireMember, limitMember],
      schema: {
        tags: ['private'],
        summary: "A member's keys for its own verified number; binary `MemberKeysAnswer`",
        security: [{ memberToken: [] }],
        querystring: Type.Object({ epoch: Type.Optional(Type.Integer({ minimum: 0 })) }),
        produces: [binary],
      },
    },
    async (request, reply) => {
      const issued = await issueMemberKeys(context, request.memberId, request.query.epoch);
      reply.header('cache-control', 'no-store');
      if (!(issued instanceof Uint8Array)) return reply.send(issued);
      return reply.type(binary).send(Buffer.from(issued));
    },
  );

  app.get(
    '/v1/attestation-keys',
    { schema: { tags: ['private'], summary: 'JWKS by which issuers check attestations of this service' } },
    async () => context.attestor.jwks(),
  );
}
