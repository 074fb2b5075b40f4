import { Problem } from '@kith/protocol';
import { LedgerCheckpoint, LedgerPage, LedgerProof, LedgerQuery } from '@kith/protocol/study';
import { Type } from 'typebox';
import { recordView } from '../../analysts/record.ts';
import type { HallApp, HallServices } from '../../app.ts';
import { proveEntry, showCheckpoint } from './proof.ts';
import { searchLedger } from './search.ts';

const tags = ['analyst'];
const security = [{ session: [] }, { serviceKey: [] }];

/** The ledger to be searched, and what proves each entry of it. */
export function ledgerRoutes(app: HallApp, { context, requireAnalyst }: HallServices): void {
  const onRequest = requireAnalyst('viewer');

  app.get(
    '/v1/ledger',
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: 'What is on record, newest first',
        querystring: LedgerQuery,
        response: { 200: LedgerPage },
      },
    },
    async (request) => {
      const { query } = request;
      for (const name of ['from', 'to'] as const)
        if (query[name] !== undefined && Number.isNaN(Date.parse(query[name])))
          throw new Problem('query_invalid', `/${name} is not a time`, { at: `/${name}` });
      const found = await searchLedger(context, query);
      if (query.member !== undefined) await recordView(context, request.analyst, 'ledger', query.member);
      return found;
    },
  );

  app.get(
    '/v1/ledger/checkpoint',
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: 'The newest signed head of the ledger; 204 before anything was sealed',
        response: { 200: LedgerCheckpoint, 204: Type.Null() },
      },
    },
    async (_request, reply) => {
      const head = await showCheckpoint(context);
      return head ? reply.status(200).send(head) : reply.status(204).send(null);
    },
  );

  app.get(
    '/v1/ledger/entries/:id/proof',
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: 'What shows that an entry is in the signed tree',
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        response: { 200: LedgerProof },
      },
    },
    async (request) => proveEntry(context, request.params.id),
  );
}
