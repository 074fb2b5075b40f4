import type { Ring, RingMember } from '@kith/detection';
import type { Queryable, Transaction } from '../postgres/database.ts';

export type RingState = 'open' | 'throttled' | 'suspended' | 'dismissed';

export interface RingRow {
  ringId: string;
  state: RingState;
  accounts: number;
  evidence: number;
  foundAt: Date;
  updatedAt: Date;
  body: Omit<Ring, 'members'>;
}

const columns = `ring_id as "ringId", state, accounts, evidence, found_at as "foundAt", updated_at as "updatedAt", body`;

export async function readRings(db: Queryable, after: string, limit: number): Promise<RingRow[]> {
  return db.query(`select ${columns} from rings where ring_id > $1 order by ring_id limit $2`, [
    after,
    limit,
  ]);
}

export async function readRing(db: Queryable, ringId: string): Promise<RingRow | undefined> {
  const [row] = await db.query<RingRow>(`select ${columns} from rings where ring_id = $1`, [ringId]);
  return row;
}

export async function readRingMembers(db: Queryable, ringId: string): Promise<RingMember[]> {
  return db.query(
    `select member_id as member, evidence, own, flagged, protected as "isProtected" from ring_members
     where ring_id = $1 order by evidence desc, member_id`,
    [ringId],
  );
}

/** All rings with their accounts, so that detection gives them the ids they have. */
export async function readKnownRings(db: Queryable): Promise<{ id: string; members: string[] }[]> {
  return db.query(
    `select ring_id as id, array_agg(member_id) as members from ring_members where flagged group by ring_id`,
  );
}

/** Stores a ring as it was found now; what people have decided about it stays. */
export async function upsertRing(tx: Transaction, ring: Ring, now: Date): Promise<void> {
  const { members, ...body } = ring;
  await tx.query(
    `insert into rings (ring_id, state, accounts, evidence, found_at, updated_at, body)
     values ($1, 'open', $2, $3, $4, $4, $5)
     on conflict (ring_id) do update set accounts = excluded.accounts, evidence = excluded.evidence,
       updated_at = excluded.updated_at, body = excluded.body`,
    [ring.id, ring.accounts, ring.evidence, now, JSON.stringify(body)],
  );
  await tx.query(`delete from ring_members where ring_id = $1`, [ring.id]);
  await tx.query(
    `insert into ring_members (ring_id, member_id, evidence, own, flagged, protected)
     select $1, m, e, o, f, p
     from unnest($2::text[], $3::float8[], $4::float8[], $5::boolean[], $6::boolean[]) as given (m, e, o, f, p)`,
    [
      ring.id,
      members.map((member) => member.member),
      members.map((member) => member.evidence),
      members.map((member) => member.own),
      members.map((member) => member.flagged),
      members.map((member) => member.isProtected),
    ],
  );
}

export async function setRingState(tx: Queryable, ringId: string, state: RingState): Promise<void> {
  await tx.query(`update rings set state = $2 where ring_id = $1`, [ringId, state]);
}

/** Members who share the ring's budgets from now on, or no longer. */
export async function setThrottled(
  tx: Queryable,
  memberIds: readonly string[],
  ringId: string | null,
): Promise<void> {
  await tx.query(`update members set ring_id = $2 where member_id = any($1)`, [memberIds, ringId]);
}
