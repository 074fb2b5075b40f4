import type { Queryable } from '../postgres/database.ts';
import { contextSaltBytes } from './codes.ts';
import type { LedgerRow, StoredContext } from './entry.ts';

/** An entry to be written. */
export type EntryRow = LedgerRow & StoredContext;

/** Codes, hashes and salts travel end to end in one value each, which is several times cheaper than arrays of bytes. */
export async function insertEntries(tx: Queryable, rows: readonly EntryRow[]): Promise<void> {
  await tx.query(
    `insert into ledger (member_id, entry_id, at, kind, other_id, body, context_hash, mac, sealed, context_salt, context)
     select member_id, entry_id, at, kind, other_id, body,
       case when context is not null then substring($8::bytea from (n * 32 - 31)::integer for 32) end,
       substring($7::bytea from (n * 32 - 31)::integer for 32), false,
       case when context is not null then substring($9::bytea from (n * 16 - 15)::integer for 16) end, context
     from unnest($1::timestamptz[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $10::text[])
       with ordinality as given (at, member_id, entry_id, kind, other_id, body, context, n)`,
    [
      rows.map((row) => new Date(Number(row.at) / 1_000).toISOString()),
      rows.map((row) => row.memberId),
      rows.map((row) => row.entryId),
      rows.map((row) => row.kind),
      rows.map((row) => row.otherId),
      rows.map((row) => row.body),
      Buffer.concat(rows.map((row) => row.mac)),
      Buffer.concat(rows.map((row) => row.contextHash ?? noHash)),
      Buffer.concat(rows.map((row) => row.salt ?? noSalt)),
      rows.map((row) => row.context),
    ],
  );
}

const noHash = Buffer.alloc(32);
const noSalt = Buffer.alloc(contextSaltBytes);

export async function eraseContexts(tx: Queryable, memberId: string): Promise<void> {
  await tx.query(
    `update ledger set context = null, context_salt = null
     where member_id = $1 and (context is not null or context_salt is not null)`,
    [memberId],
  );
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
