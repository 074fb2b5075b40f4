import { Reveals, readTicket } from '@kith/protocol/crypto';
import { dayOf } from '../buckets/days.ts';
import { readHandles } from '../buckets/store.ts';
import type { Origin } from '../budgets/scopes.ts';
import { scopesOf } from '../budgets/scopes.ts';
import type { Context } from '../context.ts';
import { active } from '../members/active.ts';
import { lockMember } from '../members/store.ts';
import { queueHits } from './lookups.ts';

/**
 * Takes tickets that a member has opened in today's buckets, and queues what they name as reveals. Those who have left
 * the open directory since are passed over without a word.
 *
 * @returns how many tickets were taken
 * @throws CryptoError `wire_invalid`, `ticket_forged`, `ticket_expired`: then none of them is taken
 */
export async function redeemTickets(
  context: Context,
  memberId: string,
  message: Uint8Array,
  origin: Origin,
): Promise<number> {
  const tickets = Reveals.deserialize(message).list();
  const key = context.keyring.key('ticket');
  const now = context.now();
  const day = dayOf(now);
  const handles = tickets.map((ticket) => readTicket(key, ticket, { oldestDay: day, newestDay: day }));
  await context.database.transaction(async (tx) => {
    const me = active(await lockMember(tx, memberId, 'sync'));
    const found = await readHandles(tx, handles);
    const scopes = scopesOf(context.keyring, context.policy, me, origin, now);
    await queueHits(tx, context, me, found, scopes);
  });
  return tickets.length;
}
