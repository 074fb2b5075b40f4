import { createHash } from 'node:crypto';
import type { RingMember } from '@kith/detection';
import { Problem } from '@kith/protocol';
import type { Action } from '@kith/protocol/study';
import type { Context } from '../context.ts';
import { readMembers } from '../members/store.ts';
import type { Queryable, Transaction } from '../postgres/database.ts';
import { historyOfRing } from '../rings/decisions.ts';
import { readCards, readRing, readRingMembers } from '../rings/store.ts';
import { uuidv7 } from '../uuidv7.ts';
import { progressOf } from './progress.ts';
import type { ActionRow, PlanSummary } from './store.ts';
import * as store from './store.ts';
import { expectTwoPeople } from './two-people.ts';

/** An account with so many established friends is looked at twice before it is suspended. */
const honestAllies = 5;
const sampleSize = 10;

/**
 * Who would be hit by suspending a ring, why, how many look honest, and what they would lose. Changes nothing.
 *
 * @throws Problem `ring_unknown`, `ring_state` for a ring that is dismissed
 */
export async function planSuspension(context: Context, ringId: string, by: string): Promise<Action> {
  const { database } = context;
  const ring = await readRing(database, ringId);
  if (!ring) throw new Problem('ring_unknown');
  if (ring.state === 'dismissed') throw new Problem('ring_state', 'The ring is dismissed');
  const found = await readRingMembers(database, ringId);
  const action = {
    actionId: uuidv7(context.now()),
    ringId,
    fingerprint: fingerprintOf(found),
    ...(await whoIsHit(database, ring.body.reasons, found, [])),
    plannedBy: by,
    plannedAt: new Date(context.now()),
  };
  await database.transaction(async (tx) => {
    await store.insertAction(tx, action);
    await record(tx, context, action, 'plan', by);
  });
  return getAction(context, action.actionId);
}

/**
 * Leaves members of the ring alone, those and no others, and counts anew. Whoever agreed before has to agree again.
 *
 * @throws Problem `action_unknown`, `action_state`, `plan_stale`, `member_unknown`
 */
export async function leaveOut(
  context: Context,
  actionId: string,
  memberIds: readonly string[],
  by: string,
): Promise<Action> {
  await context.database.transaction(async (tx) => {
    const action = expectState(await store.lockAction(tx, actionId), 'planned', 'approved');
    await expectFresh(context, action);
    const found = await readRingMembers(tx, action.ringId);
    const leftOut = [...new Set(memberIds)].sort();
    const inRing = new Set(found.map(({ member }) => member));
    if (!leftOut.every((member) => inRing.has(member)))
      throw new Problem('member_unknown', 'Somebody who is left out does not belong to the ring');
    const ring = await readRing(tx, action.ringId);
    const hit = await whoIsHit(tx, ring?.body.reasons ?? [], found, leftOut);
    const plannedAt = new Date(context.now());
    await store.replan(tx, { actionId, leftOut, ...hit, plannedBy: by, plannedAt });
    await record(tx, context, action, 'change-plan', by, { leftOut: leftOut.length });
  });
  return getAction(context, actionId);
}

async function whoIsHit(
  db: Queryable,
  reasons: readonly { words: string }[],
  found: readonly RingMember[],
  leftOut: readonly string[],
): Promise<{ members: string[]; summary: PlanSummary }> {
  const alone = new Set(leftOut);
  const flagged = found.filter(
    ({ flagged, isProtected, member }) => flagged && !isProtected && !alone.has(member),
  );
  const rows = await readMembers(
    db,
    flagged.map(({ member }) => member),
  );
  const active = new Set(rows.filter((row) => !row.suspendedAt).map((row) => row.memberId));
  const suspended = rows.length - active.size;
  const members = flagged.map(({ member }) => member).filter((member) => active.has(member));
  const summary = {
    accounts: members.length,
    protected: found.filter((member) => member.flagged && member.isProtected).length,
    alreadySuspended: suspended,
    ...(await honestLooking(db, members)),
    lose: await store.countLosses(db, members),
    why: reasons.map((reason) => reason.words),
  };
  return { members, summary };
}

/** The accounts of a ring, as one value: when it differs, the ring is no longer the one that was planned for. */
export function fingerprintOf(members: readonly RingMember[]): string {
  const flagged = members
    .filter((member) => member.flagged && !member.isProtected)
    .map(({ member }) => member);
  return createHash('sha256').update(JSON.stringify(flagged.sort())).digest('hex');
}

async function honestLooking(
  db: Queryable,
  members: readonly string[],
): Promise<Pick<PlanSummary, 'looksHonest' | 'sample'>> {
  const allies = await store.countAlliesOf(db, members);
  const doubtful = members.flatMap((member) => {
    const count = allies.get(member) ?? 0;
    return count >= honestAllies
      ? [{ member, why: [`${count} established members have saved its number back`] }]
      : [];
  });
  return { looksHonest: doubtful.length, sample: doubtful.slice(0, sampleSize) };
}

/**
 * Asks for somebody's approval. Asking again says it anew.
 *
 * @throws Problem `action_unknown`, `action_state`, `plan_stale`
 */
export async function ask(
  context: Context,
  actionId: string,
  by: string,
  note: string | undefined,
): Promise<Action> {
  await context.database.transaction(async (tx) => {
    const action = expectState(await store.lockAction(tx, actionId), 'planned');
    await expectFresh(context, action);
    await store.setAsked(tx, actionId, { by, at: new Date(context.now()), note: note ?? null });
    await record(tx, context, action, 'ask', by);
  });
  return getAction(context, actionId);
}

/**
 * A second person agrees. Whoever says so twice is answered the same; of two people who agree at once, one is told that
 * it is done.
 *
 * @throws Problem `action_unknown`, `action_state`, `approver_same`, `approver_unknown`, `plan_stale`
 */
export async function approve(context: Context, actionId: string, by: string): Promise<Action> {
  await context.database.transaction(async (tx) => {
    const action = expectState(await store.lockAction(tx, actionId), 'planned', 'approved');
    if (action.state === 'approved') {
      if (action.approvedBy === by) return;
      throw new Problem('action_state', `${action.approvedBy} has approved the action already`);
    }
    await expectTwoPeople(context, action.plannedBy, by);
    await expectFresh(context, action);
    await store.setActionState(tx, actionId, 'approved', by, new Date(context.now()));
    await record(tx, context, action, 'approve', by);
  });
  return getAction(context, actionId);
}

/** What is decided about a plan changes nothing for any member, and stands with the ring. */
async function record(
  tx: Transaction,
  { ledger, now }: Context,
  action: Pick<ActionRow, 'actionId' | 'ringId'>,
  what: string,
  by: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  const body = { what, action: action.actionId, ring: action.ringId, by, ...more };
  await ledger.append(
    tx,
    [{ memberId: historyOfRing(action.ringId), kind: 'enforcement' as const, body }],
    now(),
  );
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

async function isStale({ database }: Context, action: ActionRow): Promise<boolean> {
  if (action.state !== 'planned' && action.state !== 'approved') return false;
  const ring = await readRing(database, action.ringId);
  if (!ring || ring.state === 'dismissed') return true;
  return fingerprintOf(await readRingMembers(database, action.ringId)) !== action.fingerprint;
}

export async function getAction(context: Context, actionId: string): Promise<Action> {
  const action = await store.readAction(context.database, actionId);
  if (!action) throw new Problem('action_unknown');
  return answerOf(context, action);
}

export async function listActions(context: Context): Promise<{ actions: Action[] }> {
  const rows = await store.readActions(context.database, 200);
  return { actions: await Promise.all(rows.map((row) => answerOf(context, row))) };
}

async function answerOf(context: Context, row: ActionRow): Promise<Action> {
  const progress = progressOf(row.actionId);
  return {
    id: row.actionId,
    ring: row.ringId,
    kind: row.kind,
    state: row.state,
    accounts: row.members.length,
    members: row.members,
    leftOut: row.leftOut,
    summary: { ...row.summary, sample: await withNames(context, row.summary.sample ?? []) },
    needsApproval: needsApproval(context, row),
    stale: await isStale(context, row),
    ...(progress && { progress }),
    plannedBy: row.plannedBy,
    plannedAt: row.plannedAt.toISOString(),
    ...stamp('asked', row.askedBy, row.askedAt),
    ...(row.note !== null && { note: row.note }),
    ...stamp('approved', row.approvedBy, row.approvedAt),
    ...stamp('done', row.doneBy, row.doneAt),
    ...stamp('undone', row.undoneBy, row.undoneAt),
  };
}

/** `{askedBy, askedAt}`, where it has happened. */
function stamp<Name extends string>(
  name: Name,
  by: string | null,
  at: Date | null,
): { [Key in `${Name}By` | `${Name}At`]?: string } {
  if (by === null || at === null) return {};
  return { [`${name}By`]: by, [`${name}At`]: at.toISOString() } as never;
}

/** Names are looked up where they are shown, and stand nowhere else: they go with the member. */
async function withNames(context: Context, sample: PlanSummary['sample']) {
  if (sample.length === 0) return [];
  const cards = await readCards(
    context.database,
    sample.map(({ member }) => member),
  );
  return sample.map((each) => ({ ...each, name: cards.get(each.member)?.name ?? '' }));
}
