import {
  type Discoverable,
  type Me,
  type Member,
  type MemberInput,
  Problem,
  parseNumber,
} from '@kith/protocol';
import { forgetKept } from '../actions/suspension/store.ts';
import { withdrawEntries } from '../buckets/store.ts';
import { memberScope } from '../budgets/scopes.ts';
import { deleteBudgets } from '../budgets/store.ts';
import { forgetBook } from '../contacts/contacts.ts';
import { dropSlots, readKeptSlots, readSlots } from '../contacts/store.ts';
import type { Context } from '../context.ts';
import { lockOwner, removeOwner, setOwner } from '../directory/store.ts';
import { canMeet, writeAndMeet } from '../people/meetings.ts';
import { hide } from '../people/store.ts';
import type { Transaction } from '../postgres/database.ts';
import { withdrawReveals } from '../reveals/store.ts';
import { epochAt } from '../slots/epochs.ts';
import { sidesOf } from '../slots/slots.ts';
import { withdrawSides } from '../slots/store.ts';
import { active, readActiveMember } from './active.ts';
import { checkMemberId } from './member-id.ts';
import { clearPhone, deleteMember, lockMember, type MemberRow, readMember, writeMember } from './store.ts';
import { readTime } from './times.ts';

/** Creates or changes a member; what the input leaves out keeps its value. */
export async function putMember(
  context: Context,
  memberId: string,
  input: MemberInput,
): Promise<{ member: Member; created: boolean }> {
  checkMemberId(memberId);
  return context.database.transaction(async (tx) => {
    const before = await lockMember(tx, memberId, 'change');
    const after = await putInTransaction(tx, context, memberId, input, before);
    return { member: toMember(context, after), created: !before };
  });
}

/** The same inside a caller's transaction, for imports. */
export async function putInTransaction(
  tx: Transaction,
  context: Context,
  memberId: string,
  input: MemberInput,
  before: MemberRow | undefined,
): Promise<MemberRow> {
  const now = context.now();
  const after = merge(context, memberId, input, before, new Date(now));
  const moved = !sameTag(before?.phoneTag ?? null, after.phoneTag);
  if (before?.phoneTag && moved) await releaseNumber(tx, before);
  if (after.phoneTag) await claimNumber(tx, context, after, now);
  await writeMember(tx, after, before !== undefined);
  await applyChoice(tx, context, before, after, now);
  return after;
}

function merge(
  context: Context,
  memberId: string,
  input: MemberInput,
  before: MemberRow | undefined,
  now: Date,
): MemberRow {
  return {
    memberId,
    ...phoneOf(context, memberId, input, before, now),
    discoverable: input.discoverable ?? before?.discoverable ?? 'nobody',
    card: input.card,
    canary: input.canary ?? before?.canary ?? false,
    createdAt: readTime(input.createdAt, '/createdAt') ?? before?.createdAt ?? now,
    updatedAt: now,
    suspendedAt: before?.suspendedAt ?? null,
    revealAt: before?.revealAt ?? null,
    waitingAt: before?.waitingAt ?? null,
    waitingScopes: before?.waitingScopes ?? null,
    ringId: before?.ringId ?? null,
  };
}

type Phone = Pick<MemberRow, 'phoneSealed' | 'phoneTag' | 'phoneVerifiedAt'>;

/** A number that the host sends is one it has verified; without a time, just now. */
export function phoneOf(
  context: Context,
  memberId: string,
  input: Pick<MemberInput, 'phone' | 'phoneVerifiedAt'>,
  before: Phone | undefined,
  now: Date,
): Phone {
  if (input.phone === null) return { phoneSealed: null, phoneTag: null, phoneVerifiedAt: null };
  const verifiedAt = readTime(input.phoneVerifiedAt, '/phoneVerifiedAt');
  if (input.phone === undefined) {
    const { phoneSealed = null, phoneTag = null, phoneVerifiedAt = null } = before ?? {};
    return { phoneSealed, phoneTag, phoneVerifiedAt: phoneTag ? (verifiedAt ?? phoneVerifiedAt) : null };
  }
  const parsed = parseNumber(input.phone);
  if (!parsed.ok) throw new Problem('phone_invalid', undefined, { at: '/phone' });
  const phoneTag = context.keyring.tag('directory', parsed.number);
  const kept = sameTag(phoneTag, before?.phoneTag ?? null) ? before : undefined;
  return {
    phoneSealed: kept?.phoneSealed ?? context.keyring.sealNumber(parsed.number, memberId),
    phoneTag,
    phoneVerifiedAt: verifiedAt ?? kept?.phoneVerifiedAt ?? now,
  };
}

function sameTag(a: Buffer | null, b: Buffer | null): boolean {
  return a === b || (a !== null && b !== null && a.equals(b));
}

/** The number is not this member's any more: meetings under it end, and nobody finds the member by it. */
async function releaseNumber(tx: Transaction, member: MemberRow): Promise<void> {
  await removeOwner(tx, member.phoneTag!, member.memberId);
  await stepBack(tx, member.memberId);
  await dropSlots(tx, member.memberId);
  await withdrawReveals(tx, member.memberId);
  await withdrawEntries(tx, member.memberId);
}

/** The newest verification owns a number: a recycled one leaves its old owner, with everything that hung on it. */
async function claimNumber(tx: Transaction, context: Context, member: MemberRow, now: number): Promise<void> {
  const owner = await lockOwner(tx, member.phoneTag!);
  if (owner && owner.memberId !== member.memberId) {
    if (owner.verifiedAt > member.phoneVerifiedAt!) throw new Problem('phone_taken');
    const previous = await lockMember(tx, owner.memberId, 'change');
    if (previous?.phoneTag?.equals(member.phoneTag!)) {
      await releaseNumber(tx, previous);
      await clearPhone(tx, previous.memberId, new Date(now));
      await context.ledger.append(tx, [settingEntry({ ...previous, phoneTag: null }, now)], now);
    }
  }
  const open = member.discoverable === 'anyone' && !member.suspendedAt;
  await setOwner(
    tx,
    { tag: member.phoneTag!, memberId: member.memberId, verifiedAt: member.phoneVerifiedAt!, open },
    owner !== undefined,
  );
}

/** Makes a choice true everywhere before anyone is told that it was made. */
async function applyChoice(
  tx: Transaction,
  context: Context,
  before: MemberRow | undefined,
  after: MemberRow,
  now: number,
): Promise<void> {
  const changed = before?.discoverable !== after.discoverable || !before.phoneTag !== !after.phoneTag;
  if (!changed) return;
  if (before && !canMeet(after)) {
    await stepBack(tx, after.memberId);
    await withdrawReveals(tx, after.memberId);
  } else if (before?.discoverable === 'anyone' && after.discoverable !== 'anyone') {
    await hide(tx, after.memberId, 'number');
    await withdrawReveals(tx, after.memberId);
  }
  if (before?.discoverable === 'anyone' && after.discoverable !== 'anyone') {
    await withdrawEntries(tx, after.memberId);
  }
  await context.ledger.append(tx, [settingEntry(after, now)], now);
  if (before && !canMeet(before) && canMeet(after)) {
    const sides = sidesOf(await readKeptSlots(tx, after.memberId), epochAt(context.policy, now));
    await writeAndMeet(tx, context, after, sides, now);
  }
}

/** Out of everybody's sight, and out of the slots: there it could be felt. Its book keeps them for when it comes back. */
async function stepBack(tx: Transaction, memberId: string): Promise<void> {
  await withdrawSides(tx, memberId, await readSlots(tx, memberId));
  await hide(tx, memberId, 'everyone');
}

/** What the ledger keeps of a choice, so that "what was it at time T" has an answer. */
export function settingEntry(member: Pick<MemberRow, 'memberId' | 'discoverable' | 'phoneTag'>, now: number) {
  return {
    memberId: member.memberId,
    kind: 'setting' as const,
    body: {
      discoverable: member.discoverable,
      hasPhone: member.phoneTag !== null,
      validFrom: new Date(now).toISOString(),
    },
  };
}

/** `PATCH /v1/me` */
export async function choose(context: Context, memberId: string, discoverable: Discoverable): Promise<Me> {
  return context.database.transaction(async (tx) => {
    const before = active(await lockMember(tx, memberId, 'change'));
    const now = context.now();
    const after: MemberRow = { ...before, discoverable, updatedAt: new Date(now) };
    if (after.phoneTag) await claimNumber(tx, context, after, now);
    await writeMember(tx, after, true);
    await applyChoice(tx, context, before, after, now);
    return toMe(after);
  });
}

/** Erases a member everywhere but the ledger, where its opaque id remains. */
export async function eraseMember(context: Context, memberId: string): Promise<void> {
  checkMemberId(memberId);
  await context.database.transaction(async (tx) => {
    const member = await lockMember(tx, memberId, 'change');
    if (!member) throw new Problem('member_unknown');
    if (member.phoneTag) await releaseNumber(tx, member);
    await hide(tx, memberId, 'everyone');
    await withdrawReveals(tx, memberId);
    await forgetBook(tx, context, memberId);
    await forgetKept(tx, memberId);
    await deleteBudgets(tx, memberScope(context.keyring, memberId).tag);
    await context.ledger.eraseContexts(tx, memberId);
    await deleteMember(tx, memberId);
    await context.ledger.append(tx, [{ memberId, kind: 'member-erased', body: {} }], context.now());
  });
}

export async function getMember(context: Context, memberId: string): Promise<Member> {
  checkMemberId(memberId);
  const row = await readMember(context.database, memberId);
  if (!row) throw new Problem('member_unknown');
  return toMember(context, row);
}

export async function getMe(context: Context, memberId: string): Promise<Me> {
  return toMe(await readActiveMember(context.database, memberId));
}

/** Only the host, who sent the number, sees it again. */
function toMember(context: Context, row: MemberRow): Member {
  return {
    id: row.memberId,
    phone: row.phoneSealed && context.keyring.openNumber(row.phoneSealed, row.memberId),
    phoneVerifiedAt: row.phoneVerifiedAt?.toISOString() ?? null,
    discoverable: row.discoverable,
    card: row.card,
    canary: row.canary,
    suspended: row.suspendedAt !== null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function toMe(row: MemberRow): Me {
  return {
    id: row.memberId,
    card: row.card,
    discoverable: row.discoverable,
    hasPhone: row.phoneTag !== null,
    createdAt: row.createdAt.toISOString(),
  };
}
