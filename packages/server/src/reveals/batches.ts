import { holdBudgets } from '../budgets/budgets.ts';
import type { Policy } from '../budgets/policy.ts';
import { type Scope, scopesToday } from '../budgets/scopes.ts';
import type { Context } from '../context.ts';
import { inTurn } from '../in-turn.ts';
import {
  dueMembers,
  lockMember,
  lockMembersToShow,
  type MemberRow,
  scheduleReveals,
} from '../members/store.ts';
import { insertPeople, readKnown } from '../people/store.ts';
import type { Transaction } from '../postgres/database.ts';
import { deleteQueued, firstRipeAt, type RevealRow, readRipe } from './store.ts';

const viewersAtOnce = 200;

/** The first batch after `now`. */
export function nextBatchAt(policy: Policy, now: number): Date {
  return new Date(batchAt(policy, now).getTime() + policy.reveals.batchSecs * 1000);
}

/** The batch that `now` belongs to. Batches are at multiples of the interval, the same for everyone. */
function batchAt(policy: Policy, now: number): Date {
  const everyMs = policy.reveals.batchSecs * 1000;
  return new Date(Math.floor(now / everyMs) * everyMs);
}

/**
 * Shows what was found by number, in batches: a card cannot be matched to the moment its number was sent, and among
 * those sent between two batches no order remains. Returns how many viewers were looked at.
 */
export async function runReveals(context: Context): Promise<number> {
  const now = context.now();
  const due = await dueMembers(context.database, 'reveal_at', new Date(now), viewersAtOnce);
  return inTurn(due, (viewerId) =>
    context.database.transaction((tx) => revealTo(tx, context, viewerId, now)),
  );
}

async function revealTo(tx: Transaction, context: Context, viewerId: string, now: number): Promise<void> {
  const viewer = await lockMember(tx, viewerId, 'sync');
  if (!viewer) return;
  if (viewer.suspendedAt) return scheduleReveals(tx, viewerId, null);
  const batch = batchAt(context.policy, now);
  for (const group of groupByScopes(await readRipe(tx, viewerId, batch))) {
    await revealGroup(tx, context, viewer, group, batch, now);
  }
  const ripeAt = await firstRipeAt(tx, viewerId);
  const next = ripeAt && nextBatchAt(context.policy, Math.max(ripeAt.getTime(), now));
  await scheduleReveals(tx, viewerId, next ?? null);
}

interface Group {
  scopes: Scope[];
  subjectIds: string[];
}

function groupByScopes(rows: readonly RevealRow[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = JSON.stringify(row.scopes);
    const group = groups.get(key) ?? { scopes: row.scopes, subjectIds: [] };
    group.subjectIds.push(row.subjectId);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Reveals as many of a group as the budgets allow. Those whose choice has changed, or who were met, cost nothing. */
async function revealGroup(
  tx: Transaction,
  context: Context,
  viewer: MemberRow,
  group: Group,
  batch: Date,
  now: number,
): Promise<void> {
  const scopes = scopesToday(context.policy, group.scopes, viewer.createdAt, now);
  const held = await holdBudgets(
    tx,
    context.policy,
    { memberId: viewer.memberId, scopes, units: ['reveals'] },
    now,
  );
  const queue = shuffled(context, viewer.memberId, group.subjectIds);
  while (queue.length > 0 && held.left('reveals') > 0) {
    const next = queue.splice(0, held.left('reveals'));
    const met = await readKnown(tx, viewer.memberId, 'any', next);
    const subjects = (await lockMembersToShow(tx, next)).filter(
      (subject) => isOpen(subject) && !met.has(subject.memberId),
    );
    held.take('reveals', subjects.length);
    await deleteQueued(tx, viewer.memberId, next);
    await show(tx, context, viewer, subjects, batch, now);
  }
  await held.write(tx);
}

/** An order that nobody outside can predict or relate to that of the numbers. */
function shuffled(context: Context, viewerId: string, subjectIds: readonly string[]): string[] {
  const rank = (id: string) => context.keyring.tag('order', `${viewerId}\0${id}`).toString('hex');
  return [...subjectIds]
    .map((id) => ({ id, rank: rank(id) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ id }) => id);
}

function isOpen(member: MemberRow): boolean {
  return member.discoverable === 'anyone' && member.phoneTag !== null && member.suspendedAt === null;
}

async function show(
  tx: Transaction,
  context: Context,
  viewer: MemberRow,
  subjects: readonly MemberRow[],
  since: Date,
  now: number,
): Promise<void> {
  await insertPeople(
    tx,
    subjects.map((subject) => ({
      viewerId: viewer.memberId,
      subjectId: subject.memberId,
      how: 'number' as const,
      slot: null,
      epoch: null,
      ally: false,
      since,
    })),
  );
  await context.ledger.append(
    tx,
    subjects.map((subject) => ({
      memberId: subject.memberId,
      otherId: viewer.memberId,
      kind: 'reveal' as const,
      body: { how: 'number' },
    })),
    now,
  );
}
