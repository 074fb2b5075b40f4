import {
  BudgetReport,
  type CanonicalNumber,
  ContactsPatch,
  ContactsPut,
  isRegion,
  numbersPerCallMax,
  Problem,
  parseNumber,
  SyncAnswer,
} from '@kith/protocol';
import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { originOf } from '../http/origin.ts';
import { inSlices } from '../in-slices.ts';
import { eraseBook, readBudget, type Sync, sync } from './contacts.ts';
import { SyncLane } from './lane.ts';

const tags = ['member'];
const security = [{ memberToken: [] }];

/** The plain way of finding people: numbers come in, counts go out, the numbers are forgotten. */
export function contactsRoutes(app: HallApp, services: HallServices): void {
  const { context, networks, metrics, requireMember, limitMember } = services;
  const options = { onRequest: [requireMember, limitMember] };
  const lane = new SyncLane();

  async function answer(memberId: string, parsed: Parsed, given: Omit<Sync, 'add' | 'rejected'>) {
    const result = await sync(context, memberId, {
      ...given,
      add: parsed.numbers,
      rejected: parsed.rejected.length,
    });
    metrics.synced({ accepted: parsed.accepted, rejected: parsed.rejected.length, fresh: result.new });
    return { accepted: parsed.accepted, rejected: parsed.rejected, ...result };
  }

  app.put(
    '/v1/me/contacts',
    {
      ...options,
      schema: {
        tags,
        security,
        summary: 'Send the whole address book',
        body: ContactsPut,
        response: { 200: SyncAnswer },
      },
    },
    async (request) => {
      const { numbers, region } = request.body;
      const origin = originOf(request, networks);
      checkCount(numbers.length);
      return lane.run(request.memberId, numbers.length, async () => {
        const parsed = await parse(numbers, region);
        return answer(request.memberId, parsed, { mode: 'replace', remove: [], origin });
      });
    },
  );

  app.patch(
    '/v1/me/contacts',
    {
      ...options,
      schema: {
        tags,
        security,
        summary: 'Add and remove numbers',
        body: ContactsPatch,
        response: { 200: SyncAnswer },
      },
    },
    async (request) => {
      const { add = [], remove = [], region } = request.body;
      const origin = originOf(request, networks);
      const count = add.length + remove.length;
      checkCount(count);
      return lane.run(request.memberId, count, async () => {
        const removed = (await parse(remove, region)).numbers;
        const added = await parse(add, region);
        return answer(request.memberId, added, { mode: 'change', remove: removed, origin });
      });
    },
  );

  app.delete(
    '/v1/me/contacts',
    {
      ...options,
      schema: {
        tags,
        security,
        summary: 'Erase the address book and all found through it',
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await eraseBook(context, request.memberId);
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/v1/me/budget',
    {
      onRequest: requireMember,
      schema: { tags, security, summary: 'What I may still spend', response: { 200: BudgetReport } },
    },
    async (request) => readBudget(context, request.memberId),
  );
}

interface Parsed {
  numbers: readonly CanonicalNumber[];
  accepted: number;
  rejected: SyncAnswer['rejected'];
}

async function parse(numbers: readonly string[], region: string | undefined): Promise<Parsed> {
  const upper = region?.toUpperCase();
  if (upper !== undefined && !isRegion(upper))
    throw new Problem('region_invalid', undefined, { at: '/region' });
  const parsed = await inSlices(numbers, (slice) => slice.map((text) => parseNumber(text, upper)));
  const understood = parsed.flatMap((one) => (one.ok ? [one.number] : []));
  return {
    numbers: [...new Set(understood)],
    accepted: understood.length,
    rejected: parsed.flatMap((one, index) => (one.ok ? [] : [{ index, code: one.code }])),
  };
}

function checkCount(count: number): void {
  if (count > numbersPerCallMax) {
    throw new Problem('numbers_too_many', `One call carries at most ${numbersPerCallMax} numbers`);
  }
}
