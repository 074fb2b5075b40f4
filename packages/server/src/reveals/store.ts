import type { NumberSketch } from '@kith/detection';
import type { Scope } from '../budgets/scopes.ts';
import type { Queryable } from '../postgres/database.ts';

/** A lookup that is paid for and not yet run. */
export interface LookupRow {
  memberId: string;
  lookupId: string;
  /** Directory tags; none where the whole book is to be looked up again. */
  tags: Buffer;
  scopes: Scope[];
  /** What a batch of new numbers looked like. */
  sketch: Omit<NumberSketch, 'solitary'> | null;
}

/** One such lookup a member is enough, however often it syncs; new numbers go first. */
const recheckId = 'ffffffff-ffff-7fff-bfff-ffffffffffff';

/** Looks a member's whole book up again. */
export async function insertRecheck(
  tx: Queryable,
  memberId: string,
  scopes: readonly Scope[],
): Promise<void> {
  await tx.query(
    `insert into lookups (member_id, lookup_id, tags, scopes) values ($1, $2, '', $3)
     on conflict (member_id, lookup_id) do update set scopes = excluded.scopes`,
    [memberId, recheckId, JSON.stringify(scopes)],
  );
}

/** A hit that waits for its batch. */
export interface RevealRow {
  viewerId: string;
  subjectId: string;
  scopes: Scope[];
}

export async function insertLookup(tx: Queryable, row: LookupRow): Promise<void> {
  await tx.query(
    `insert into lookups (member_id, lookup_id, tags, scopes, sketch) values ($1, $2, $3, $4, $5)`,
    [
      row.memberId,
      row.lookupId,
      row.tags,
      JSON.stringify(row.scopes),
      row.sketch && JSON.stringify(row.sketch),
    ],
  );
}

/** Lookups to run, oldest first; their ids only, for whoever gets to delete the row runs it. */
export async function readLookups(
  db: Queryable,
  limit: number,
): Promise<{ memberId: string; lookupId: string }[]> {
  return db.query(
    `select member_id as "memberId", lookup_id as "lookupId" from lookups order by lookup_id limit $1`,
    [limit],
  );
}

export async function takeLookup(
  tx: Queryable,
  key: { memberId: string; lookupId: string },
): Promise<LookupRow | undefined> {
  const [row] = await tx.query<LookupRow>(
    `delete from lookups where member_id = $1 and lookup_id = $2
     returning member_id as "memberId", lookup_id as "lookupId", tags, scopes, sketch`,
    [key.memberId, key.lookupId],
  );
  return row;
}

/** Queues reveals, ripe at a moment, and returns those that were not queued before. */
export async function queueReveals(
  tx: Queryable,
  viewerId: string,
  subjectIds: readonly string[],
  scopes: readonly Scope[],
  ripeAt: Date,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `insert into reveals (viewer_id, subject_id, scopes, ripe_at)
     select $1, s, $3::jsonb, $4::timestamptz from unnest($2::text[]) as s
     on conflict (viewer_id, subject_id) do nothing
     returning subject_id as id`,
    [viewerId, subjectIds, JSON.stringify(scopes), ripeAt],
  );
  return rows.map((row) => row.id);
}

/** Reveals that were ripe before a batch began. */
export async function readRipe(tx: Queryable, viewerId: string, before: Date): Promise<RevealRow[]> {
  return tx.query<RevealRow>(
    `select viewer_id as "viewerId", subject_id as "subjectId", scopes from reveals
     where viewer_id = $1 and ripe_at < $2`,
    [viewerId, before],
  );
}

export async function deleteQueued(
  tx: Queryable,
  viewerId: string,
  subjectIds: readonly string[],
): Promise<void> {
  await tx.query(`delete from reveals where viewer_id = $1 and subject_id = any($2)`, [viewerId, subjectIds]);
}

/** What is queued for a member to see, and lookups that have yet to run. */
export async function forgetQueue(tx: Queryable, memberId: string): Promise<void> {
  await tx.query(`delete from reveals where viewer_id = $1`, [memberId]);
  await tx.query(`delete from lookups where member_id = $1`, [memberId]);
}

/** Queued reveals of a member to anyone. */
export async function withdrawReveals(tx: Queryable, subjectId: string): Promise<void> {
  await tx.query(`delete from reveals where subject_id = $1`, [subjectId]);
}

/** When the first of a viewer's reveals is ripe. */
export async function firstRipeAt(tx: Queryable, viewerId: string): Promise<Date | undefined> {
  const rows = await tx.query<{ ripeAt: Date }>(
    `select ripe_at as "ripeAt" from reveals where viewer_id = $1 order by ripe_at limit 1`,
    [viewerId],
  );
  return rows[0]?.ripeAt;
}
