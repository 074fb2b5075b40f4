import { Problem } from '@kith/protocol';
import type { Action } from '@kith/protocol/study';
import { readSlots } from '../contacts/store.ts';
import type { Context } from '../context.ts';
import { readMembers } from '../members/store.ts';
import { meet } from '../people/meetings.ts';
import type { Transaction } from '../postgres/database.ts';
import { isThrottled, setRingState } from '../rings/store.ts';
import { readOpposite } from '../slots/store.ts';
import { uuidv7 } from '../uuidv7.ts';
import { announce } from '../webhooks/webhooks.ts';
import { expectFresh, expectState, getAction, needsApproval } from './plans.ts';
import { withProgress } from './progress.ts';
import { type ActionRow, lockAction, readAction, setActionState } from './store.ts';
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

/** Accounts of which one statement takes what they have: the others' turn comes between two, and progress is seen. */
const accountsAtOnce = 1_000;

/**
 * Suspends every account of a plan, in one transaction: all of them or none. Tokens are refused and nobody sees the
 * accounts from the moment it commits; what waited for them is put aside; the host is told. Whoever has lost the answer
 * asks again, and is answered the same.
 *
 * @throws Problem `action_unknown`, `action_state`, `approval_missing`, `plan_stale`
 */
export async function carryOut(context: Context, actionId: string, by: string): Promise<Action> {
  const of = (await readAction(context.database, actionId))?.members.length ?? 0;
  await withProgress(actionId, of, (advance) =>
    context.database.transaction(async (tx) => {
      const held = await lockAction(tx, actionId);
      if (held?.state === 'done' && held.doneBy === by) return;
      const action = expectState(held, 'planned', 'approved');
      if (needsApproval(context, action) && action.state !== 'approved')
        throw new Problem('approval_missing');
      await expectFresh(context, action);
      const at = new Date(context.now());
      const suspended: string[] = [];
      for (let start = 0; start < action.members.length; start += accountsAtOnce) {
        const slice = action.members.slice(start, start + accountsAtOnce);
        suspended.push(...(await suspendSome(tx, actionId, slice, at)));
        advance(slice.length);
      }
      await setActionState(tx, actionId, 'done', by, at);
      await setRingState(tx, action.ringId, 'suspended');
      await record(tx, context, action, 'suspend', by, suspended);
      await announce(tx, context, 'members.suspended', {
        action: actionId,
        ring: action.ringId,
        members: suspended,
      });
    }),
  );
  return getAction(context, actionId);
}

/** @returns those who were not suspended yet */
async function suspendSome(
  tx: Transaction,
  actionId: string,
  memberIds: readonly string[],
  at: Date,
): Promise<string[]> {
  const suspended = await suspend(tx, memberIds, at);
  await deleteOpenEntries(tx, suspended);
  const waiting = await takeWaiting(tx, suspended);
  const marks = suspended.map((memberId) => ({
    memberId,
    what: 'suspension' as const,
    row: { at: at.toISOString() },
  }));
  const rows = [...marks, ...waiting].map(
    (row): WithdrawnRow => ({ ...row, withdrawnId: uuidv7(at.getTime()) }),
  );
  await keep(tx, actionId, rows);
  return suspended;
}

/**
 * Takes an action back, exactly: those it suspended and nobody else, what waited for them waits again, and whoever
 * has saved them meanwhile meets them. Members who are gone stay gone. Asked again, it answers the same.
 *
 * @throws Problem `action_unknown`, `action_state`
 */
export async function undo(context: Context, actionId: string, by: string): Promise<Action> {
  await context.database.transaction(async (tx) => {
    const held = await lockAction(tx, actionId);
    if (held?.state === 'undone' && held.undoneBy === by) return;
    const action = expectState(held, 'done');
    const now = context.now();
    const kept = await takeKept(tx, actionId);
    const restored = await restore(tx, kept.flatMap(suspendedIn), action.doneAt!);
    const alive = new Set(await aliveAmong(tx, kept));
    await giveBack(tx, kept, alive);
    await wake(tx, [...alive], new Date(now));
    await meetAgain(tx, context, restored, now);
    await setActionState(tx, actionId, 'undone', by, new Date(now));
    const throttled = await isThrottled(tx, action.ringId, action.members);
    await setRingState(tx, action.ringId, throttled ? 'throttled' : 'open');
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
