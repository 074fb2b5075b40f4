import type { Queryable } from '../postgres/database.ts';
import type { ListedRow } from './members-store.ts';
import type { RunRow } from './store.ts';

type Run = Pick<RunRow, 'caseId' | 'run'>;

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
  run: Run,
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
  run: Run,
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
export async function insertActivity(tx: Queryable, run: Run, accountIds: readonly string[]): Promise<void> {
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

/** Every card that the ledger says was shown to the accounts. */
export async function insertReveals(tx: Queryable, run: Run, accountIds: readonly string[]): Promise<void> {
  await tx.query(
    `insert into case_reveals (case_id, run, member_id, entry_id, viewer_id, at, how)
     select $1, $2::integer, member_id, entry_id, other_id, at, coalesce(body::json ->> 'how', '')
     from ledger where kind = 'reveal' and other_id = any($3)`,
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
  run: Run,
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
export async function insertTried(tx: Queryable, run: Run, rows: readonly ListedRow[]): Promise<void> {
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
