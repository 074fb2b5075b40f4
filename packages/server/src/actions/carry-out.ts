import { Problem } from '@kith/protocol';
import { readSlots } from '../contacts/store.ts';
import type { Context } from '../context.ts';
import { readMembers } from '../members/store.ts';
import { meet } from '../people/meetings.ts';
import type { Transaction } from '../postgres/database.ts';
import { setRingState } from '../rings/store.ts';
import { readOpposite } from '../slots/store.ts';
import { uuidv7 } from '../uuidv7.ts';
import { announce } from '../webhooks/webhooks.ts';
import { type ActionAnswer, expectFresh, expectState, getAction, needsApproval } from './plans.ts';
import { type ActionRow, lockAction, setActionState } from './store.ts';
import {
  deleteOpenEntries,
  giveBack,
  keep,
  restore,
  suspend,
  takeKept,
  takeWaiting,
  type WithdrawnRow,
  wake,
} from './suspension/store.ts';

/**
 * Suspends every account of a plan, in one transaction: all of them or none. Tokens are refused and nobody sees the
 * accounts from the moment it commits; what waited for them is put aside; the host is told.
 *
 * @throws Problem `action_unknown`, `action_state`, `approval_missing`, `plan_stale`
 */
export async function carryOut(context: Context, actionId: string, by: string): Promise<ActionAnswer> {
  await context.database.transaction(async (tx) => {
    const action = expectState(await lockAction(tx, actionId), 'planned', 'approved');
    if (needsApproval(context, action) && action.state !== 'approved') throw new Problem('approval_missing');
    await expectFresh(context, action);
    const now = context.now();
    const at = new Date(now);
    const suspended = await suspend(tx, action.members, at);
    await deleteOpenEntries(tx, suspended);
    const waiting = await takeWaiting(tx, suspended);
    const marks = suspended.map((memberId) => ({
      memberId,
      what: 'suspension' as const,
      row: { at: at.toISOString() },
    }));
    await keep(
      tx,
      actionId,
      [...marks, ...waiting].map((row): WithdrawnRow => ({ ...row, withdrawnId: uuidv7(now) })),
    );
    await setActionState(tx, actionId, 'done', by, at);
    await setRingState(tx, action.ringId, 'suspended');
    await record(tx, context, action, 'suspend', by, suspended);
    await announce(tx, context, 'members.suspended', {
      action: actionId,
      ring: action.ringId,
      members: suspended,
    });
  });
  return getAction(context, actionId);
}

/**
 * Takes an action back, exactly: those it suspended and nobody else, what waited for them waits again, and whoever
 * has saved them meanwhile meets them.
 *
 * @throws Problem `action_unknown`, `action_state`
 */
export async function undo(context: Context, actionId: string, by: string): Promise<ActionAnswer> {
  await context.database.transaction(async (tx) => {
    const action = expectState(await lockAction(tx, actionId), 'done');
    const now = context.now();
    const kept = await takeKept(tx, actionId);
    const restored = await restore(tx, kept.flatMap(suspendedIn), action.doneAt!);
    const alive = new Set(await aliveAmong(tx, kept));
    await giveBack(tx, kept, alive);
    await wake(tx, [...alive], new Date(now));
    await meetAgain(tx, context, restored, now);
    await setActionState(tx, actionId, 'undone', by, new Date(now));
    await setRingState(tx, action.ringId, 'open');
    await record(tx, context, action, 'undo', by, restored);
    await announce(tx, context, 'members.restored', {
      action: actionId,
      ring: action.ringId,
      members: restored,
    });
  });
  return getAction(context, actionId);
}

const suspendedIn = (row: WithdrawnRow): string[] => (row.what === 'suspension' ? [row.memberId] : []);

async function aliveAmong(tx: Transaction, kept: readonly WithdrawnRow[]): Promise<string[]> {
  const ids = new Set(kept.map((row) => row.memberId));
  return (await readMembers(tx, [...ids])).map((member) => member.memberId);
}

/** Slots stayed where they were; what others wrote opposite them in the meantime becomes a meeting now. */
async function meetAgain(
  tx: Transaction,
  context: Context,
  memberIds: readonly string[],
  now: number,
): Promise<void> {
  for (const member of await readMembers(tx, memberIds)) {
    const slots = await readSlots(tx, member.memberId);
    await meet(tx, context, member, await readOpposite(tx, member.memberId, slots), now);
  }
}

async function record(
  tx: Transaction,
  context: Context,
  action: ActionRow,
  what: 'suspend' | 'undo',
  by: string,
  memberIds: readonly string[],
): Promise<void> {
  const body = { what, action: action.actionId, ring: action.ringId, by };
  await context.ledger.append(
    tx,
    memberIds.map((memberId) => ({ memberId, kind: 'enforcement' as const, body })),
    context.now(),
  );
}
