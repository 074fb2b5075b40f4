import type { Queryable } from '../postgres/database.ts';
import type { RunRow } from './store.ts';

type Run = Pick<RunRow, 'caseId' | 'run'>;

/** A member of one of the lists. */
export interface ListedRow {
  memberId: string;
  /** When its number was sent, for those who were tried. */
  from: Date;
  until: Date;
}

/** Whose cards were shown, after one of them, in order. */
export async function readShown(db: Queryable, run: Run, after: string, limit: number): Promise<string[]> {
  const rows = await db.query<{ memberId: string }>(
    `select distinct member_id as "memberId" from case_reveals
     where case_id = $1 and run = $2 and member_id > $3 order by member_id limit $4`,
    [run.caseId, run.run, after, limit],
  );
  return rows.map((row) => row.memberId);
}

/** Whose numbers were sent, after one of them, in order. */
export async function readTried(db: Queryable, run: Run, after: string, limit: number): Promise<ListedRow[]> {
  return db.query(
    `select member_id as "memberId", from_at as "from", until_at as "until" from case_tried
     where case_id = $1 and run = $2 and member_id > $3 order by member_id limit $4`,
    [run.caseId, run.run, after, limit],
  );
}

/** How many members there are to be gone through. */
export async function countMembers(db: Queryable, run: Run): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select (select count(distinct member_id) from case_reveals where case_id = $1 and run = $2)::float8
       + (select count(*) from case_tried where case_id = $1 and run = $2)::float8 as count`,
    [run.caseId, run.run],
  );
  return row!.count;
}

export type ExposedKind = 'person' | 'erased' | 'canary' | 'account';

export async function insertExposed(
  tx: Queryable,
  run: Run,
  rows: readonly { memberId: string; kind: ExposedKind; language: string | null }[],
): Promise<void> {
  await tx.query(
    `insert into case_exposed (case_id, run, member_id, kind, language)
     select $1, $2::integer, m, k, l from unnest($3::text[], $4::text[], $5::text[]) as given (m, k, l)
     on conflict do nothing`,
    [
      run.caseId,
      run.run,
      rows.map((row) => row.memberId),
      rows.map((row) => row.kind),
      rows.map((row) => row.language),
    ],
  );
}

/** Why no card of a member was shown, though its number was in a book. */
export type Protection = 'nobody' | 'mutual' | 'noNumber' | 'waiting';

export interface TriedRow extends ListedRow {
  setting: Protection | 'exposed' | 'account' | 'canary';
  changed: boolean;
}

/** One look into the index for each, whatever the planner knows of a table that has just been filled. */
export async function setTried(tx: Queryable, run: Run, rows: readonly TriedRow[]): Promise<void> {
  await tx.query(
    `insert into case_tried (case_id, run, member_id, from_at, until_at, setting, changed)
     select $1, $2::integer, m, f, u, s, c
     from unnest($3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::boolean[]) as given (m, f, u, s, c)
     on conflict (case_id, run, member_id) do update set setting = excluded.setting, changed = excluded.changed`,
    [
      run.caseId,
      run.run,
      rows.map((row) => row.memberId),
      rows.map((row) => row.from),
      rows.map((row) => row.until),
      rows.map((row) => row.setting),
      rows.map((row) => row.changed),
    ],
  );
}

/** All that was ever on record about these members' settings, each member's oldest first. */
export async function readSettingsOf(
  db: Queryable,
  memberIds: readonly string[],
): Promise<{ memberId: string; at: Date; body: string }[]> {
  return db.query(
    `select member_id as "memberId", at, body from ledger where member_id = any($1) and kind = 'setting'
     order by member_id, at, entry_id`,
    [memberIds],
  );
}

/** Which of these members are bait and nobody's account. */
export async function readCanariesAmong(db: Queryable, memberIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ memberId: string }>(
    `select member_id as "memberId" from members where member_id = any($1) and canary`,
    [memberIds],
  );
  return new Set(rows.map((row) => row.memberId));
}

/** Which of these are on one of the lists. */
export async function readAmong(
  db: Queryable,
  run: Run,
  list: 'case_accounts' | 'case_exposed',
  memberIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db.query<{ memberId: string }>(
    `select member_id as "memberId" from ${list} where case_id = $1 and run = $2 and member_id = any($3)`,
    [run.caseId, run.run, memberIds],
  );
  return new Set(rows.map((row) => row.memberId));
}
