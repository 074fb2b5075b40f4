import type { Context } from '../context.ts';
import { lockMembersToShow, type MemberRow } from '../members/store.ts';
import type { Transaction } from '../postgres/database.ts';
import { type Met, type SlotWrite, writeSides } from '../slots/store.ts';
import { insertPeople, type PersonRow, readKnown } from './store.ts';

const dayMs = 86_400_000;

/** Whether a member takes part in mutual discovery at all. */
export function canMeet(member: Pick<MemberRow, 'discoverable' | 'phoneTag' | 'suspendedAt'>): boolean {
  return member.discoverable !== 'nobody' && member.phoneTag !== null && member.suspendedAt === null;
}

/**
 * Writes a member's sides and introduces it to whoever is opposite. One that takes no part writes none: a side that lies
 * there makes the other's sync do more, and so would tell, by its time, that somebody has saved that number.
 */
export async function writeAndMeet(
  tx: Transaction,
  context: Context,
  me: MemberRow,
  writes: readonly SlotWrite[],
  now: number,
): Promise<Meetings> {
  if (!canMeet(me)) return noMeetings;
  return meet(tx, context, me, await writeSides(tx, me.memberId, writes), now);
}

export interface Meetings {
  /** Slots with somebody opposite who may be seen. */
  shown: readonly Met[];
  /** How many people were met for the first time. */
  first: number;
  /** Of the first meetings, those that pay. */
  allies: number;
}

export const noMeetings: Meetings = { shown: [], first: 0, allies: 0 };

/**
 * Introduces a member to everyone who has written the opposite side of its slots: both see each other from now on, and
 * the ledger says so in the same transaction. Those whose choice forbids it are passed over, and meet when it changes.
 */
export async function meet(
  tx: Transaction,
  context: Context,
  me: MemberRow,
  met: readonly Met[],
  now: number,
): Promise<Meetings> {
  if (met.length === 0 || !canMeet(me)) return noMeetings;
  const slotOf = newestSlots(met);
  const others = (await lockMembersToShow(tx, [...slotOf.keys()])).filter(canMeet);
  const known = await readKnown(
    tx,
    me.memberId,
    'mutual',
    others.map((other) => other.memberId),
  );
  await insertPeople(
    tx,
    others.flatMap((other) => {
      const at = slotOf.get(other.memberId)!;
      return [sight(context, me, other, at, now), sight(context, other, me, at, now)];
    }),
  );
  const first = others.filter((other) => !known.has(other.memberId));
  await context.ledger.append(
    tx,
    first.flatMap((other) => [reveal(me, other), reveal(other, me)]),
    now,
  );
  const seen = new Set(others.map((other) => other.memberId));
  return {
    shown: met.filter((at) => seen.has(at.otherId)),
    first: first.length,
    allies: first.filter((other) => isAlly(context, me, other, now)).length,
  };
}

/** One side of a meeting. */
function sight(context: Context, viewer: MemberRow, subject: MemberRow, at: Met, now: number): PersonRow {
  return {
    viewerId: viewer.memberId,
    subjectId: subject.memberId,
    how: 'mutual',
    slot: at.slot,
    epoch: at.epoch,
    ally: isAlly(context, viewer, subject, now),
    since: new Date(now),
  };
}

/** Reciprocity pays for meetings with established members outside one's own ring. */
function isAlly(context: Context, viewer: MemberRow, subject: MemberRow, now: number): boolean {
  const sameRing = viewer.ringId !== null && viewer.ringId === subject.ringId;
  return !sameRing && now - subject.createdAt.getTime() >= context.policy.establishedDays * dayMs;
}

function reveal(viewer: MemberRow, subject: MemberRow) {
  return {
    memberId: subject.memberId,
    otherId: viewer.memberId,
    kind: 'reveal' as const,
    body: { how: 'mutual' },
  };
}

/** Near the end of an epoch a pair meets in two slots; the later one lasts longer. */
function newestSlots(met: readonly Met[]): Map<string, Met> {
  const newest = new Map<string, Met>();
  for (const at of met) {
    const before = newest.get(at.otherId);
    if (!before || before.epoch < at.epoch) newest.set(at.otherId, at);
  }
  return newest;
}
