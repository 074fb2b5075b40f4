import type { Detection, Ring, RingGraph, RingMember } from '@kith/detection';
import type { RingOrder, RingState } from '@kith/protocol/study';
import type { Queryable, Transaction } from '../postgres/database.ts';

export interface RingRow {
  ringId: string;
  state: RingState;
  accounts: number;
  evidence: number;
  foundAt: Date;
  updatedAt: Date;
  body: Omit<Ring, 'members' | 'graph'>;
  /** Why it was dismissed. */
  note: string | null;
}

const columns = `ring_id as "ringId", state, accounts, evidence, found_at as "foundAt", updated_at as "updatedAt", body, note`;

/** What rings are filtered and ordered by; every part may be left out. */
export interface RingFilter {
  states?: readonly RingState[];
  /** Traffic left from there, ISO 3166. */
  country?: string;
  /** Part of an id, a reason, an operator or a link, in any case; or a whole member id. */
  text?: string;
}

const orderSql = {
  evidence: 'evidence',
  accounts: 'accounts',
  tried: `(body -> 'tried' ->> 'numbers')::float8`,
  revealed: `(body -> 'got' ->> 'reveals')::float8`,
  since: `(body ->> 'since')::float8`,
  updatedAt: 'updated_at',
} as const satisfies Record<RingOrder, string>;

const ringFilter = `($1::text[] is null or state = any($1))
  and ($2::text is null or body -> 'origins' @> jsonb_build_array(jsonb_build_object('country', $2::text)))
  and ($3::text is null or position($3 in lower(ring_id)) > 0 or ring_id = any($4::text[])
    or position($3 in lower((body -> 'reasons')::text || (body -> 'origins')::text || (body -> 'links')::text)) > 0)`;

async function filterValues(db: Queryable, { states, country, text }: RingFilter): Promise<unknown[]> {
  const of = text
    ? await db.query<{ id: string }>(`select ring_id as id from ring_members where member_id = $1`, [text])
    : [];
  return [states ?? null, country ?? null, text?.toLowerCase() ?? null, of.map(({ id }) => id)];
}

export async function readRings(
  db: Queryable,
  filter: RingFilter,
  page: { sort: RingOrder; order: 'asc' | 'desc'; from: number; limit: number },
): Promise<{ rows: RingRow[]; total: number }> {
  const values = await filterValues(db, filter);
  const rows = await db.query<RingRow>(
    `select ${columns} from rings where ${ringFilter}
     order by ${orderSql[page.sort]} ${page.order}, ring_id limit $5 offset $6`,
    [...values, page.limit, page.from],
  );
  const [count] = await db.query<{ total: number }>(
    `select count(*)::integer as total from rings where ${ringFilter}`,
    values,
  );
  return { rows, total: count!.total };
}

/** How many rings are in each state. */
export async function countRings(db: Queryable): Promise<Record<RingState, number>> {
  const rows = await db.query<{ state: RingState; count: number }>(
    `select state, count(*)::integer as count from rings group by state`,
  );
  const counts = { open: 0, throttled: 0, suspended: 0, dismissed: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/** Held until the transaction ends: of two who decide at once, one decides. */
export async function lockRing(tx: Queryable, ringId: string): Promise<RingRow | undefined> {
  const [row] = await tx.query<RingRow>(`select ${columns} from rings where ring_id = $1 for update`, [
    ringId,
  ]);
  return row;
}

export async function setRingNote(tx: Queryable, ringId: string, note: string | null): Promise<void> {
  await tx.query(`update rings set note = $2 where ring_id = $1`, [ringId, note]);
}

/** The drawing of a ring, as detection made it. */
export async function readRingGraph(db: Queryable, ringId: string): Promise<RingGraph | undefined> {
  const [row] = await db.query<{ graph: RingGraph | null }>(
    `select coalesce(graph, body -> 'graph') as graph from rings where ring_id = $1`,
    [ringId],
  );
  return row?.graph ?? undefined;
}

/** The last search for others like a ring: undefined without such a ring, null without a search. */
export async function readWhoElse<Answer>(db: Queryable, ringId: string): Promise<Answer | null | undefined> {
  const [row] = await db.query<{ answer: Answer | null }>(
    `select who_else as answer from rings where ring_id = $1`,
    [ringId],
  );
  return row?.answer;
}

export async function writeWhoElse(tx: Queryable, ringId: string, answer: object): Promise<void> {
  await tx.query(`update rings set who_else = $2 where ring_id = $1`, [ringId, JSON.stringify(answer)]);
}

export async function readRing(db: Queryable, ringId: string): Promise<RingRow | undefined> {
  const [row] = await db.query<RingRow>(`select ${columns} from rings where ring_id = $1`, [ringId]);
  return row;
}

/** Accounts of a ring and those near it, most evidence first: all, or so many. */
export async function readRingMembers(
  db: Queryable,
  ringId: string,
  limit: number | null = null,
): Promise<RingMember[]> {
  return db.query(
    `select member_id as member, evidence, own, flagged, protected as "isProtected" from ring_members
     where ring_id = $1 order by evidence desc, member_id limit $2`,
    [ringId, limit],
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
  const { members, graph, ...body } = ring;
  await tx.query(
    `insert into rings (ring_id, state, accounts, evidence, found_at, updated_at, body, graph)
     values ($1, 'open', $2, $3, $4, $4, $5, $6)
     on conflict (ring_id) do update set accounts = excluded.accounts, evidence = excluded.evidence,
       updated_at = excluded.updated_at, body = excluded.body, graph = excluded.graph`,
    [ring.id, ring.accounts, ring.evidence, now, JSON.stringify(body), JSON.stringify(graph)],
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

/** Whether any of these members shares the ring's budgets. */
export async function isThrottled(
  db: Queryable,
  ringId: string,
  memberIds: readonly string[],
): Promise<boolean> {
  const rows = await db.query(
    `select 1 as one from members where member_id = any($2) and ring_id = $1 limit 1`,
    [ringId, memberIds],
  );
  return rows.length > 0;
}

/** Members who share the ring's budgets from now on, or no longer. */
export async function setThrottled(
  tx: Queryable,
  memberIds: readonly string[],
  ringId: string | null,
): Promise<void> {
  await tx.query(`update members set ring_id = $2 where member_id = any($1)`, [memberIds, ringId]);
}

export interface WatchRun {
  at: Date;
  events: number;
  tookMs: number;
  rings: number;
}

const lastRun = 'detection';

/** That detection has run, and what came of it. */
export async function writeRun(
  db: Queryable,
  { events, tookMs, rings }: Pick<Detection, 'events' | 'tookMs' | 'rings'>,
  at: Date,
): Promise<void> {
  await db.query(
    `insert into watch_runs (name, at, events, took_ms, rings) values ($1, $2, $3, $4, $5)
     on conflict (name) do update set at = excluded.at, events = excluded.events, took_ms = excluded.took_ms,
       rings = excluded.rings`,
    [lastRun, at, events, Math.round(tookMs), rings.length],
  );
}

export async function readRun(db: Queryable): Promise<WatchRun | undefined> {
  const [row] = await db.query<WatchRun>(
    `select at, events::float8 as events, took_ms as "tookMs", rings from watch_runs where name = $1`,
    [lastRun],
  );
  return row;
}

export interface MemberCard {
  name: string;
  suspended: boolean;
  createdAt: Date;
}

/** Names and states of members that are not erased. */
export async function readCards(
  db: Queryable,
  memberIds: readonly string[],
): Promise<Map<string, MemberCard>> {
  const rows = await db.query<MemberCard & { id: string }>(
    `select member_id as id, card_name as name, suspended_at is not null as suspended, created_at as "createdAt"
     from members where member_id = any($1)`,
    [memberIds],
  );
  return new Map(rows.map(({ id, ...card }) => [id, card]));
}
