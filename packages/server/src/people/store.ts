import type { How } from '@kith/protocol';
import type { Queryable } from '../postgres/database.ts';

/** Someone that a viewer sees. */
export interface PersonRow {
  viewerId: string;
  subjectId: string;
  how: How;
  slot: Buffer | null;
  epoch: number | null;
  ally: boolean;
  since: Date;
}

export async function insertPeople(tx: Queryable, rows: readonly PersonRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into people (viewer_id, subject_id, how, slot, epoch, ally, since)
     select v, s, h, decode(l, 'hex'), e, a, t
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::boolean[], $7::timestamptz[])
       as given (v, s, h, l, e, a, t)
     on conflict (viewer_id, subject_id, how) do update set
       slot = case when excluded.epoch >= coalesce(people.epoch, 0) then excluded.slot else people.slot end,
       epoch = greatest(people.epoch, excluded.epoch)`,
    [
      rows.map((row) => row.viewerId),
      rows.map((row) => row.subjectId),
      rows.map((row) => row.how),
      rows.map((row) => row.slot?.toString('hex') ?? null),
      rows.map((row) => row.epoch),
      rows.map((row) => row.ally),
      rows.map((row) => row.since),
    ],
  );
}

/** Those of `subjectIds` that the viewer already sees in this way, or in whichever. */
export async function readKnown(
  db: Queryable,
  viewerId: string,
  how: How | 'any',
  subjectIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(
    `select subject_id as id from people
     where viewer_id = $1 and (how = $2 or $2 = 'any') and subject_id = any($3)`,
    [viewerId, how, subjectIds],
  );
  return new Set(rows.map((row) => row.id));
}

/** A page of the people a viewer sees, by id; each once, a mutual meeting before a found number. */
export async function readPage(
  db: Queryable,
  viewerId: string,
  after: string,
  limit: number,
): Promise<{ subjectId: string; how: How; since: Date }[]> {
  return db.query(
    `select distinct on (subject_id) subject_id as "subjectId", how, since from people
     where viewer_id = $1 and subject_id > $2 order by subject_id, how limit $3`,
    [viewerId, after, limit],
  );
}

/** Ends meetings in these slots, for both sides. */
export async function endMeetings(tx: Queryable, memberId: string, slots: readonly Buffer[]): Promise<void> {
  if (slots.length === 0) return;
  const others = await tx.query<{ id: string }>(
    `delete from people where viewer_id = $1 and how = 'mutual' and slot = any($2) returning subject_id as id`,
    [memberId, slots],
  );
  if (others.length === 0) return;
  await tx.query(`delete from people where viewer_id = any($1) and subject_id = $2 and how = 'mutual'`, [
    others.map((row) => row.id),
    memberId,
  ]);
}

/** Takes a member out of others' sight: everywhere, or only where a number was enough. */
export async function hide(tx: Queryable, memberId: string, from: 'everyone' | 'number'): Promise<void> {
  if (from === 'number') {
    await tx.query(`delete from people where subject_id = $1 and how = 'number'`, [memberId]);
    return;
  }
  await tx.query(`delete from people where subject_id = $1`, [memberId]);
  await tx.query(`delete from people where viewer_id = $1 and how = 'mutual'`, [memberId]);
}

/** Forgets everyone this member sees. */
export async function forgetSeen(tx: Queryable, memberId: string): Promise<void> {
  await tx.query(`delete from people where viewer_id = $1`, [memberId]);
  await tx.query(`delete from people where subject_id = $1 and how = 'mutual'`, [memberId]);
}

/** Meetings whose slots have expired without being refreshed. */
export async function deleteMeetingsBefore(db: Queryable, epoch: number): Promise<void> {
  await db.query(`delete from people where how = 'mutual' and epoch < $1`, [epoch]);
}
