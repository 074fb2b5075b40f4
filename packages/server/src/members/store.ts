import type { Card, Discoverable } from '@kith/protocol';
import type { Scope } from '../budgets/scopes.ts';
import { Overtaken, type Queryable } from '../postgres/database.ts';

/** A member as it is stored; the number only sealed. */
export interface MemberRow {
  memberId: string;
  phoneSealed: Buffer | null;
  phoneTag: Buffer | null;
  phoneVerifiedAt: Date | null;
  discoverable: Discoverable;
  card: Card;
  canary: boolean;
  createdAt: Date;
  updatedAt: Date;
  suspendedAt: Date | null;
  revealAt: Date | null;
  waitingAt: Date | null;
  waitingScopes: Scope[] | null;
  /** The ring whose budget it shares, while that is throttled. */
  ringId: string | null;
}

const columns = `member_id as "memberId", phone_sealed as "phoneSealed", phone_tag as "phoneTag",
  phone_verified_at as "phoneVerifiedAt", discoverable,
  json_strip_nulls(json_build_object('name', card_name, 'handle', card_handle, 'avatarUrl', card_avatar_url)) as card,
  canary, created_at as "createdAt", updated_at as "updatedAt", suspended_at as "suspendedAt",
  reveal_at as "revealAt", waiting_at as "waitingAt",
  waiting_scopes as "waitingScopes", ring_id as "ringId"`;

export async function readMember(db: Queryable, memberId: string): Promise<MemberRow | undefined> {
  const [row] = await db.query<MemberRow>(`select ${columns} from members where member_id = $1`, [memberId]);
  return row;
}

export async function readMembers(db: Queryable, memberIds: readonly string[]): Promise<MemberRow[]> {
  return db.query<MemberRow>(`select ${columns} from members where member_id = any($1)`, [memberIds]);
}

/**
 * Locks that order what happens to a member. `sync` holds off other syncs of the same member; `change` also holds off
 * everybody who is about to show this member to someone (`show`), so that a choice, once answered, is never overtaken.
 */
const locks = { sync: 'for no key update', change: 'for update', show: 'for key share' } as const;

export async function lockMember(
  tx: Queryable,
  memberId: string,
  lock: keyof typeof locks,
): Promise<MemberRow | undefined> {
  const [row] = await tx.query<MemberRow>(
    `select ${columns} from members where member_id = $1 ${locks[lock]}`,
    [memberId],
  );
  return row;
}

/** One by one, in one order: a lock on rows of many shards is not to be had in one statement. */
export async function lockMembersToShow(tx: Queryable, memberIds: readonly string[]): Promise<MemberRow[]> {
  const rows: MemberRow[] = [];
  for (const memberId of [...memberIds].sort()) {
    const row = await lockMember(tx, memberId, 'show');
    if (row) rows.push(row);
  }
  return rows;
}

/**
 * Writes a member, a new one or one that `lockMember` holds.
 *
 * @throws Overtaken when somebody else has created a member of this id meanwhile
 */
export async function writeMember(
  tx: Queryable,
  row: Omit<MemberRow, 'revealAt' | 'waitingAt' | 'waitingScopes' | 'ringId'>,
  held: boolean,
): Promise<void> {
  const rows = await tx.query(
    `insert into members (member_id, phone_sealed, phone_tag, phone_verified_at, discoverable, card_name, card_handle,
       card_avatar_url, canary, created_at, updated_at, suspended_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (member_id) do ${held ? changeMember : 'nothing'} returning member_id`,
    [
      row.memberId,
      row.phoneSealed,
      row.phoneTag,
      row.phoneVerifiedAt,
      row.discoverable,
      row.card.name,
      row.card.handle,
      row.card.avatarUrl ?? null,
      row.canary,
      row.createdAt,
      row.updatedAt,
      row.suspendedAt,
    ],
  );
  if (rows.length === 0) throw new Overtaken();
}

const changeMember = `update set
  phone_sealed = excluded.phone_sealed, phone_tag = excluded.phone_tag,
  phone_verified_at = excluded.phone_verified_at, discoverable = excluded.discoverable,
  card_name = excluded.card_name, card_handle = excluded.card_handle,
  card_avatar_url = excluded.card_avatar_url, canary = excluded.canary,
  created_at = excluded.created_at, updated_at = excluded.updated_at`;

/** Takes a member's number away, when another member has verified it since. */
export async function clearPhone(tx: Queryable, memberId: string, now: Date): Promise<void> {
  await tx.query(
    `update members set phone_sealed = null, phone_tag = null, phone_verified_at = null, updated_at = $2
     where member_id = $1`,
    [memberId, now],
  );
}

export async function deleteMember(tx: Queryable, memberId: string): Promise<void> {
  await tx.query(`delete from members where member_id = $1`, [memberId]);
}

/** When to look again at what waits for budget, and which budgets it will spend; null when nothing waits. */
export async function scheduleRefill(
  tx: Queryable,
  memberId: string,
  due: { at: Date; scopes: readonly Scope[] } | null,
): Promise<void> {
  await tx.query(`update members set waiting_at = $2, waiting_scopes = $3 where member_id = $1`, [
    memberId,
    due?.at ?? null,
    due ? JSON.stringify(due.scopes) : null,
  ]);
}

/** The batch in which a member's waiting reveals may appear; null when none wait. */
export async function scheduleReveals(tx: Queryable, memberId: string, at: Date | null): Promise<void> {
  await tx.query(`update members set reveal_at = $2 where member_id = $1`, [memberId, at]);
}

/** Members with something due, longest due first. */
export async function dueMembers(
  db: Queryable,
  what: 'waiting_at' | 'reveal_at',
  now: Date,
  limit: number,
): Promise<string[]> {
  const rows = await db.query<{ memberId: string }>(
    `select member_id as "memberId" from members where ${what} <= $1 order by ${what}, member_id limit $2`,
    [now, limit],
  );
  return rows.map((row) => row.memberId);
}
