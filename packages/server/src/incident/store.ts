import type { Queryable } from '../postgres/database.ts';

export type Phase = 'accounts' | 'exposed' | 'tried' | 'ready';

/** One computation of a case's exposure, and how far it has come. */
export interface RunRow {
  caseId: string;
  run: number;
  phase: Phase;
  /** The last id that the phase has dealt with. */
  after: string;
  done: number;
  total: number;
  startedAt: Date;
  startedBy: string;
}

/** How far a piece of a phase has come: the last id dealt with, and how many; none are left where it is null. */
export type Piece = { after: string; count: number } | null;

const runColumns = `case_id as "caseId", run, phase, after, done::float8 as done, total::float8 as total,
  started_at as "startedAt", started_by as "startedBy"`;

export async function readNewestRun(db: Queryable, caseId: string): Promise<RunRow | undefined> {
  const [row] = await db.query<RunRow>(
    `select ${runColumns} from case_runs where case_id = $1 order by run desc limit 1`,
    [caseId],
  );
  return row;
}

/** Held until the transaction ends: of two who work at one computation, one does the next piece. */
export async function lockUnfinishedRun(tx: Queryable, caseId: string): Promise<RunRow | undefined> {
  const [row] = await tx.query<RunRow>(
    `select ${runColumns} from case_runs where case_id = $1 and phase <> 'ready' order by run desc limit 1 for update`,
    [caseId],
  );
  return row;
}

export async function readUnfinishedCases(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ caseId: string }>(
    `select case_id as "caseId" from case_runs where phase <> 'ready' order by started_at, case_id`,
  );
  return rows.map((row) => row.caseId);
}

export async function insertRun(
  tx: Queryable,
  row: Pick<RunRow, 'caseId' | 'run' | 'total' | 'startedAt' | 'startedBy'>,
): Promise<void> {
  await tx.query(
    `insert into case_runs (case_id, run, phase, after, done, total, started_at, started_by)
     values ($1, $2, 'accounts', '', 0, $3, $4, $5)`,
    [row.caseId, row.run, row.total, row.startedAt, row.startedBy],
  );
}

export async function moveRun(
  tx: Queryable,
  row: Pick<RunRow, 'caseId' | 'run' | 'phase' | 'after' | 'done' | 'total'>,
): Promise<void> {
  await tx.query(
    `update case_runs set phase = $3, after = $4, done = $5, total = $6 where case_id = $1 and run = $2`,
    [row.caseId, row.run, row.phase, row.after, row.done, row.total],
  );
}

export async function setFigures(tx: Queryable, caseId: string, run: number, figures: object): Promise<void> {
  await tx.query(`update case_runs set figures = $3 where case_id = $1 and run = $2`, [
    caseId,
    run,
    JSON.stringify(figures),
  ]);
}

export async function readFigures<Figures>(
  db: Queryable,
  caseId: string,
  run: number,
): Promise<Figures | undefined> {
  const [row] = await db.query<{ figures: Figures | null }>(
    `select figures from case_runs where case_id = $1 and run = $2`,
    [caseId, run],
  );
  return row?.figures ?? undefined;
}

/** Tables that a computation fills, each by case and run. */
const runTables = [
  'case_accounts',
  'case_activity',
  'case_reveals',
  'case_exposed',
  'case_tried',
  'case_runs',
] as const;

/** Tells the planner what has been filled in since: it would take the tables to be as small as they were. */
export async function analyzeRunTables(tx: Queryable): Promise<void> {
  for (const table of runTables) await tx.query(`analyze ${table}`);
}

export async function deleteRunsBefore(tx: Queryable, caseId: string, run: number): Promise<void> {
  for (const table of runTables) {
    await tx.query(`delete from ${table} where case_id = $1 and run < $2`, [caseId, run]);
  }
}

/** The flagged accounts of the rings, as they are now; protected members are nobody's accounts. Returns how many. */
export async function insertAccounts(
  tx: Queryable,
  caseId: string,
  run: number,
  ringIds: readonly string[],
): Promise<number> {
  const rows = await tx.query(
    `insert into case_accounts (case_id, run, member_id)
     select distinct $1, $2::integer, member_id from ring_members
     where ring_id = any($3) and flagged and not protected returning 1 as one`,
    [caseId, run, ringIds],
  );
  return rows.length;
}

export async function readAccountIds(
  db: Queryable,
  run: Pick<RunRow, 'caseId' | 'run'>,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select member_id as id from case_accounts where case_id = $1 and run = $2 and member_id > $3
     order by member_id limit $4`,
    [run.caseId, run.run, after, limit],
  );
  return rows.map((row) => row.id);
}

/** What is found out about an account beside what it did. */
export interface AccountState {
  memberId: string;
  suspended: boolean;
  erased: boolean;
  kept: number;
  waiting: number;
}

export async function setAccountStates(
  tx: Queryable,
  run: Pick<RunRow, 'caseId' | 'run'>,
  states: readonly AccountState[],
): Promise<void> {
  await tx.query(
    `insert into case_accounts (case_id, run, member_id, suspended, erased, kept, waiting)
     select $1, $2::integer, m, s, e, k, w
     from unnest($3::text[], $4::boolean[], $5::boolean[], $6::bigint[], $7::bigint[]) as given (m, s, e, k, w)
     on conflict (case_id, run, member_id) do update set suspended = excluded.suspended, erased = excluded.erased,
       kept = excluded.kept, waiting = excluded.waiting`,
    [
      run.caseId,
      run.run,
      states.map((state) => state.memberId),
      states.map((state) => state.suspended),
      states.map((state) => state.erased),
      states.map((state) => state.kept),
      states.map((state) => state.waiting),
    ],
  );
}

/** What accounts did, by day and place, from the ledger. */
export async function insertActivity(
  tx: Queryable,
  run: Pick<RunRow, 'caseId' | 'run'>,
  accountIds: readonly string[],
): Promise<void> {
  await tx.query(
    `insert into case_activity (case_id, run, member_id, part, day, country, asn, operator, network, prefix, syncs, numbers,
       private_numbers, rejected, first_at, last_at, sent_from, sent_until)
     select $1, $2::integer, member_id, row_number() over (partition by member_id)::integer, day, country, asn, operator,
       network, prefix, syncs, numbers, private_numbers, rejected, first_at, last_at, sent_from, sent_until
     from (
       select l.member_id, (l.at at time zone 'UTC')::date as day, coalesce(c.country, '') as country,
         coalesce(c.network, 0) as asn, coalesce(c.operator, '') as operator,
         coalesce(c."networkKind", 'unknown') as network, coalesce(c.prefix, '') as prefix, count(*) as syncs,
         coalesce(sum(b.new), 0) as numbers, coalesce(sum(b.new) filter (where b.way = 'private'), 0) as private_numbers,
         coalesce(sum(b.rejected), 0) as rejected, min(l.at) as first_at, max(l.at) as last_at,
         min(l.at) filter (where b.way = 'plain' and b.new > 0) as sent_from,
         max(l.at) filter (where b.way = 'plain' and b.new > 0) as sent_until
       from ledger as l
         cross join lateral json_to_record(l.body::json) as b (way text, new bigint, rejected bigint)
         cross join lateral json_to_record(coalesce(l.context, '{}')::json)
           as c (country text, network bigint, operator text, "networkKind" text, prefix text)
       where l.member_id = any($3) and l.kind = 'sync'
       group by 1, 2, 3, 4, 5, 6, 7
     ) as parts`,
    [run.caseId, run.run, accountIds],
  );
}

/** Every card that the ledger says was shown to the accounts, and whose it was. */
export async function insertReveals(
  tx: Queryable,
  run: Pick<RunRow, 'caseId' | 'run'>,
  accountIds: readonly string[],
): Promise<void> {
  await tx.query(
    `insert into case_reveals (case_id, run, member_id, entry_id, viewer_id, at, how)
     select $1, $2::integer, member_id, entry_id, other_id, at, coalesce(body::json ->> 'how', '')
     from ledger where kind = 'reveal' and other_id = any($3)`,
    [run.caseId, run.run, accountIds],
  );
  await tx.query(
    `insert into case_exposed (case_id, run, member_id)
     select distinct case_id, run, member_id from case_reveals
     where case_id = $1 and run = $2 and viewer_id = any($3) on conflict do nothing`,
    [run.caseId, run.run, accountIds],
  );
}

/** A number of a book: a tag of its owner's own. */
export interface BookRow {
  memberId: string;
  tag: Buffer;
}

/** Numbers of several books, in order, after one of them: for each book its tags, 17 bytes each with whether it waits. */
export async function readBooks(
  db: Queryable,
  memberIds: readonly string[],
  after: BookRow,
  limit: number,
): Promise<{ memberId: string; page: Buffer }[]> {
  return db.query(
    `select member_id as "memberId",
       string_agg(tag || set_byte('\\x00'::bytea, 0, waiting::integer), ''::bytea order by tag) as page
     from (select member_id, tag, waiting_lookup is not null as waiting from contacts
           where member_id = any($1) and not private and (member_id, tag) > ($2, $3)
           order by member_id, tag limit $4) as books
     group by member_id order by member_id`,
    [memberIds, after.memberId, after.tag, limit],
  );
}

/** Who owns these tags of the directory now, whatever they have chosen. */
export async function readOwners(db: Queryable, tags: readonly Buffer[]): Promise<BookRow[]> {
  return db.query(`select member_id as "memberId", tag from directory where tag = any($1)`, [tags]);
}

/** When accounts sent numbers of the plain way: the first time and the last. */
export async function readSendingTimes(
  db: Queryable,
  run: Pick<RunRow, 'caseId' | 'run'>,
  accountIds: readonly string[],
): Promise<Map<string, { from: Date; until: Date }>> {
  const rows = await db.query<{ memberId: string; from: Date; until: Date }>(
    `select member_id as "memberId", min(sent_from) as "from", max(sent_until) as "until" from case_activity
     where case_id = $1 and run = $2 and member_id = any($3) and sent_from is not null group by member_id`,
    [run.caseId, run.run, accountIds],
  );
  return new Map(rows.map((row) => [row.memberId, { from: row.from, until: row.until }]));
}

/** Notes whose numbers were sent and when; of one that was sent several times, the first and the last. */
export async function insertTried(
  tx: Queryable,
  run: Pick<RunRow, 'caseId' | 'run'>,
  rows: readonly ListedRow[],
): Promise<void> {
  await tx.query(
    `insert into case_tried as t (case_id, run, member_id, from_at, until_at)
     select $1, $2::integer, m, min(f), max(u)
     from unnest($3::text[], $4::timestamptz[], $5::timestamptz[]) as given (m, f, u) group by m
     on conflict (case_id, run, member_id) do update
       set from_at = least(t.from_at, excluded.from_at), until_at = greatest(t.until_at, excluded.until_at)`,
    [
      run.caseId,
      run.run,
      rows.map((row) => row.memberId),
      rows.map((row) => row.from),
      rows.map((row) => row.until),
    ],
  );
}

/** A member of one of the lists. */
export interface ListedRow {
  memberId: string;
  /** When its number was sent, for those who were tried. */
  from: Date;
  until: Date;
}

/** Members of one of the lists that come after one, in order. */
export async function readListed(
  db: Queryable,
  run: Pick<RunRow, 'caseId' | 'run'>,
  list: 'case_exposed' | 'case_tried',
  after: string,
  limit: number,
): Promise<ListedRow[]> {
  const times = list === 'case_tried' ? ', from_at as "from", until_at as "until"' : '';
  return db.query(
    `select member_id as "memberId" ${times} from ${list}
     where case_id = $1 and run = $2 and member_id > $3 order by member_id limit $4`,
    [run.caseId, run.run, after, limit],
  );
}

export async function countListed(
  db: Queryable,
  run: Pick<RunRow, 'caseId' | 'run'>,
  list: 'case_exposed' | 'case_tried',
): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::float8 as count from ${list} where case_id = $1 and run = $2`,
    [run.caseId, run.run],
  );
  return row!.count;
}

export type ExposedKind = 'person' | 'erased' | 'canary' | 'account';

/** One look into the index for each, whatever the planner knows of a table that has just been filled. */
export async function setExposed(
  tx: Queryable,
  run: Pick<RunRow, 'caseId' | 'run'>,
  rows: readonly { memberId: string; kind: ExposedKind; language: string | null }[],
): Promise<void> {
  await tx.query(
    `insert into case_exposed (case_id, run, member_id, kind, language)
     select $1, $2::integer, m, k, l from unnest($3::text[], $4::text[], $5::text[]) as given (m, k, l)
     on conflict (case_id, run, member_id) do update set kind = excluded.kind, language = excluded.language`,
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

export async function setTried(
  tx: Queryable,
  run: Pick<RunRow, 'caseId' | 'run'>,
  rows: readonly TriedRow[],
): Promise<void> {
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

/** An address block that an account of the case sent from. */
export interface PrefixRow {
  prefix: string;
  asn: number;
  country: string;
}

export async function readPrefixes(
  db: Queryable,
  run: Pick<RunRow, 'caseId' | 'run'>,
  after: PrefixRow,
  limit: number,
): Promise<PrefixRow[]> {
  return db.query(
    `select distinct prefix, asn::float8 as asn, country from case_activity
     where case_id = $1 and run = $2 and prefix <> '' and (prefix, asn, country) > ($3, $4, $5)
     order by prefix, asn, country limit $6`,
    [run.caseId, run.run, after.prefix, after.asn, after.country, limit],
  );
}

/** Which of these are on one of the lists. */
export async function readAmong(
  db: Queryable,
  run: Pick<RunRow, 'caseId' | 'run'>,
  list: 'case_accounts' | 'case_exposed',
  memberIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db.query<{ memberId: string }>(
    `select member_id as "memberId" from ${list} where case_id = $1 and run = $2 and member_id = any($3)`,
    [run.caseId, run.run, memberIds],
  );
  return new Set(rows.map((row) => row.memberId));
}
