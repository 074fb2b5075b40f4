import { holdBudgets } from '../budgets/budgets.ts';
import { unitMs } from '../budgets/gcra.ts';
import type { Policy } from '../budgets/policy.ts';
import { memberScope, scopesToday } from '../budgets/scopes.ts';
import type { Context } from '../context.ts';
import { inTurn } from '../in-turn.ts';
import { dueMembers, lockMember, type MemberRow, scheduleRefill } from '../members/store.ts';
import { writeAndMeet } from '../people/meetings.ts';
import type { Transaction } from '../postgres/database.ts';
import { insertLookup } from '../reveals/store.ts';
import { epochAt } from '../slots/epochs.ts';
import { sidesOf } from '../slots/slots.ts';
import { uuidv7 } from '../uuidv7.ts';
import { countWaiting, takeWaitingLookups, takeWaitingSlots } from './store.ts';

/** Looking more often than this gains nobody anything, ms. */
const refillEveryMsMin = 10_000;
const membersAtOnce = 200;

/** When budget will have come for some of what waits. */
export function refillAt(policy: Policy, now: number): Date {
  const unit = Math.min(unitMs(policy.budgets.lookups.member), unitMs(policy.budgets.slots.member));
  return new Date(now + Math.max(unit, refillEveryMsMin));
}

/**
 * Lets waiting contacts through as budgets refill. Returns how many members were looked at; fewer than asked for means
 * that nothing more is due.
 */
export async function runRefills(context: Context): Promise<number> {
  const now = context.now();
  const due = await dueMembers(context.database, 'waiting_at', new Date(now), membersAtOnce);
  return inTurn(due, (memberId) => context.database.transaction((tx) => refill(tx, context, memberId, now)));
}

async function refill(tx: Transaction, context: Context, memberId: string, now: number): Promise<void> {
  const me = await lockMember(tx, memberId, 'sync');
  if (!me) return;
  const waiting = await countWaiting(tx, memberId);
  if (me.suspendedAt || waiting.contacts === 0) return scheduleRefill(tx, memberId, null);
  const spent = me.waitingScopes ?? [memberScope(context.keyring, memberId)];
  const scopes = scopesToday(context.policy, spent, me.createdAt, now);
  const held = await holdBudgets(tx, context.policy, { memberId, scopes, units: ['slots', 'lookups'] }, now);
  const slots = held.take('slots', waiting.slots);
  const lookups = held.take('lookups', waiting.lookups);
  await held.write(tx);
  if (slots > 0) await writeWaiting(tx, context, me, slots, now);
  if (lookups > 0) {
    const tags = Buffer.concat(await takeWaitingLookups(tx, memberId, lookups));
    await insertLookup(tx, { memberId, lookupId: uuidv7(now), tags, scopes, sketch: null });
  }
  const done = slots === waiting.slots && lookups === waiting.lookups;
  await scheduleRefill(tx, memberId, done ? null : { at: refillAt(context.policy, now), scopes });
}

async function writeWaiting(tx: Transaction, context: Context, me: MemberRow, count: number, now: number) {
  const taken = await takeWaitingSlots(tx, me.memberId, count);
  await writeAndMeet(tx, context, me, sidesOf(taken, epochAt(context.policy, now)), now);
}
