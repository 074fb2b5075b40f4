import type { Queryable } from '../postgres/database.ts';
import type { LedgerRow } from './entry.ts';

/** The personal context of one entry. */
export interface ContextRow {
  memberId: string;
  entryId: string;
  salt: Buffer;
  context: string;
}

/** Codes and hashes travel end to end in one value each, which is several times cheaper than arrays of bytes. */
export async function insertEntries(tx: Queryable, rows: readonly LedgerRow[], now: number): Promise<void> {
  await tx.query(
    `insert into ledger (member_id, entry_id, at, kind, other_id, body, context_hash, mac, sealed)
     select member_id, entry_id, $1::timestamptz, kind, other_id, body,
       case when bound then substring($7::bytea from (n * 32 - 31)::integer for 32) end,
       substring($8::bytea from (n * 32 - 31)::integer for 32), false
     from unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $9::boolean[])
       with ordinality as given (member_id, entry_id, kind, other_id, body, bound, n)`,
    [
      new Date(Math.trunc(now)).toISOString(),
      rows.map((row) => row.memberId),
      rows.map((row) => row.entryId),
      rows.map((row) => row.kind),
      rows.map((row) => row.otherId),
      rows.map((row) => row.body),
      Buffer.concat(rows.map((row) => row.contextHash ?? noHash)),
      Buffer.concat(rows.map((row) => row.mac)),
      rows.map((row) => row.contextHash !== null),
    ],
  );
}

const noHash = Buffer.alloc(32);

export async function insertContexts(tx: Queryable, rows: readonly ContextRow[]): Promise<void> {
  await tx.query(
    `insert into ledger_contexts (member_id, entry_id, salt, context)
     select * from unnest($1::text[], $2::uuid[], $3::bytea[], $4::text[])`,
    [
      rows.map((row) => row.memberId),
      rows.map((row) => row.entryId),
      rows.map((row) => row.salt),
      rows.map((row) => row.context),
    ],
  );
}

export async function deleteContexts(tx: Queryable, memberId: string): Promise<void> {
  await tx.query('delete from ledger_contexts where member_id = $1', [memberId]);
}

/** What was on record about a member's setting, oldest first. */
export async function readSettings(
  database: Queryable,
  memberId: string,
  recordedUntil: Date | 'infinity',
): Promise<{ at: Date; body: string }[]> {
  return database.query(
    `select at, body from ledger where member_id = $1 and kind = 'setting' and at <= $2 order by at, entry_id`,
    [memberId, recordedUntil],
  );
}

/** Reveals of a member by month in UTC, oldest first, and their total in the row without a month. */
export async function countReveals(
  database: Queryable,
  memberId: string,
): Promise<{ month: string | null; viewers: number; times: number }[]> {
  return database.query(
    `select month, count(distinct other_id)::integer as viewers, count(*)::integer as times
     from (select to_char(at at time zone 'UTC', 'YYYY-MM') as month, other_id
           from ledger where member_id = $1 and kind = 'reveal') as reveal
     group by grouping sets ((month), ()) order by month`,
    [memberId],
  );
}
