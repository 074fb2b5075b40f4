import { createHash } from 'node:crypto';
import type { RingMember } from '@kith/detection';
import { Problem } from '@kith/protocol';
import type { Context } from '../context.ts';
import { readMembers } from '../members/store.ts';
import { readRing, readRingMembers } from '../rings/store.ts';
import { uuidv7 } from '../uuidv7.ts';
import {
  type ActionRow,
  countAlliesOf,
  countLosses,
  insertAction,
  lockAction,
  type PlanSummary,
  readAction,
  readActions,
  setActionState,
} from './store.ts';

/** An account with so many established friends is looked at twice before it is suspended. */
const honestAllies = 5;
const sampleSize = 10;

/** A plan or action as it is shown. */
export interface ActionAnswer {
  id: string;
  ring: string;
  kind: 'suspend';
  state: ActionRow['state'];
  accounts: number;
  members: string[];
  summary: PlanSummary;
  needsApproval: boolean;
  /** The ring has changed since: the plan must be made anew. */
  stale: boolean;
  planned: { by: string; at: string };
  approved?: { by: string; at: string };
  done?: { by: string; at: string };
  undone?: { by: string; at: string };
}

/** Who would be hit by suspending a ring, why, how many look honest, and what they would lose. Changes nothing. */
export async function planSuspension(context: Context, ringId: string, by: string): Promise<ActionAnswer> {
  const { database } = context;
  const ring = await readRing(database, ringId);
  if (!ring) throw new Problem('ring_unknown');
  const found = await readRingMembers(database, ringId);
  const flagged = found.filter((member) => member.flagged && !member.isProtected);
  const rows = await readMembers(
    database,
    flagged.map(({ member }) => member),
  );
  const active = new Set(rows.filter((row) => !row.suspendedAt).map((row) => row.memberId));
  const hit = flagged.filter(({ member }) => active.has(member));
  const members = hit.map(({ member }) => member);
  const action = {
    actionId: uuidv7(context.now()),
    ringId,
    fingerprint: fingerprintOf(found),
    members,
    summary: {
      accounts: members.length,
      protected: found.filter((member) => member.flagged && member.isProtected).length,
      alreadySuspended: flagged.length - hit.length,
      ...(await honestLooking(context, hit)),
      loses: await countLosses(database, members),
      why: ring.body.reasons.map((reason) => reason.words),
    },
    plannedBy: by,
    plannedAt: new Date(context.now()),
  };
  await insertAction(database, action);
  return getAction(context, action.actionId);
}

/** The accounts of a ring, as one value: when it differs, the ring is no longer the one that was planned for. */
export function fingerprintOf(members: readonly RingMember[]): string {
  const flagged = members
    .filter((member) => member.flagged && !member.isProtected)
    .map(({ member }) => member);
  return createHash('sha256').update(JSON.stringify(flagged.sort())).digest('hex');
}

async function honestLooking(context: Context, hit: readonly RingMember[]) {
  const allies = await countAlliesOf(
    context.database,
    hit.map(({ member }) => member),
  );
  const doubtful = hit.flatMap(({ member }) => {
    const count = allies.get(member) ?? 0;
    return count >= honestAllies
      ? [{ member, why: `${count} established members have saved its number back` }]
      : [];
  });
  return { looksHonest: doubtful.length, looksHonestSample: doubtful.slice(0, sampleSize) };
}

/**
 * A second person agrees.
 *
 * @throws Problem `action_unknown`, `action_state`, `approver_same`, `plan_stale`
 */
export async function approve(context: Context, actionId: string, by: string): Promise<ActionAnswer> {
  await context.database.transaction(async (tx) => {
    const action = expectState(await lockAction(tx, actionId), 'planned');
    if (action.plannedBy === by) throw new Problem('approver_same');
    await expectFresh(context, action);
    await setActionState(tx, actionId, 'approved', by, new Date(context.now()));
  });
  return getAction(context, actionId);
}

/** Above the size, a plan needs a second person. */
export function needsApproval(context: Context, action: Pick<ActionRow, 'members'>): boolean {
  return action.members.length > context.policy.enforcement.approvalAbove;
}

export function expectState(action: ActionRow | undefined, ...states: ActionRow['state'][]): ActionRow {
  if (!action) throw new Problem('action_unknown');
  if (!states.includes(action.state)) throw new Problem('action_state', `The action is ${action.state}`);
  return action;
}

/** @throws Problem `plan_stale` */
export async function expectFresh(context: Context, action: ActionRow): Promise<void> {
  if (await isStale(context, action)) throw new Problem('plan_stale');
}

async function isStale(context: Context, action: ActionRow): Promise<boolean> {
  if (action.state !== 'planned' && action.state !== 'approved') return false;
  return fingerprintOf(await readRingMembers(context.database, action.ringId)) !== action.fingerprint;
}

export async function getAction(context: Context, actionId: string): Promise<ActionAnswer> {
  const action = await readAction(context.database, actionId);
  if (!action) throw new Problem('action_unknown');
  return answerOf(context, action);
}

export async function listActions(context: Context): Promise<{ actions: ActionAnswer[] }> {
  const rows = await readActions(context.database, 200);
  return { actions: await Promise.all(rows.map((row) => answerOf(context, row))) };
}

async function answerOf(context: Context, row: ActionRow): Promise<ActionAnswer> {
  const stamp = (by: string | null, at: Date | null) => (by && at ? { by, at: at.toISOString() } : undefined);
  const approved = stamp(row.approvedBy, row.approvedAt);
  const done = stamp(row.doneBy, row.doneAt);
  const undone = stamp(row.undoneBy, row.undoneAt);
  return {
    id: row.actionId,
    ring: row.ringId,
    kind: row.kind,
    state: row.state,
    accounts: row.members.length,
    members: row.members,
    summary: row.summary,
    needsApproval: needsApproval(context, row),
    stale: await isStale(context, row),
    planned: { by: row.plannedBy, at: row.plannedAt.toISOString() },
    ...(approved && { approved }),
    ...(done && { done }),
    ...(undone && { undone }),
  };
}
