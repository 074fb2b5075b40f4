import type { Queryable } from '../../postgres/database.ts';
import type { LedgerRow } from '../entry.ts';
import { type EntryPlace, entryColumns } from '../tree/store.ts';

/** An entry as it is shown. */
export interface FoundRow {
  memberId: string;
  entryId: string;
  at: Date;
  kind: string;
  otherId: string | null;
  body: string;
}

const columns = `member_id as "memberId", entry_id::text as "entryId", at, kind, other_id as "otherId", body`;

/** What every search may ask for besides; null for what it does not ask for. */
export interface Conditions {
  kinds: readonly string[] | null;
  from: Date | null;
  to: Date | null;
  /** JSON text that the body holds. */
  holds: string | null;
}

const conditions = `($1::text[] is null or kind = any($1)) and ($2::timestamptz is null or at >= $2)
  and ($3::timestamptz is null or at < $3) and ($4::text is null or position($4 in body) > 0)`;
const valuesOf = ({ kinds, from, to, holds }: Conditions) => [kinds, from, to, holds];

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** One member's entries, newest first. */
export async function readOfMember(
  db: Queryable,
  memberId: string,
  asked: Conditions,
  page: { before: string | undefined; limit: number },
): Promise<FoundRow[]> {
  return db.query(
    `select ${columns} from ledger where ${conditions} and member_id = $5 and entry_id < $6::uuid
     order by entry_id desc limit $7`,
    [...valuesOf(asked), memberId, page.before ?? lastId, page.limit],
  );
}

/** Entries of one of the kinds that are few, newest first; `ledger_rare` finds them. */
export async function readOfRareKind(
  db: Queryable,
  kind: string,
  asked: Conditions,
  page: { before: string | undefined; limit: number },
): Promise<FoundRow[]> {
  return db.query(
    `select ${columns} from ledger where ${conditions} and kind = $5 and entry_id < $6::uuid
       and kind in ('enforcement', 'case', 'view', 'sign-in', 'canary', 'member-erased')
     order by entry_id desc limit $7`,
    [...valuesOf(asked), kind, page.before ?? lastId, page.limit],
  );
}

/** What is not sealed yet, newest first. */
export async function readFreshest(
  db: Queryable,
  asked: Conditions,
  page: { before: string | undefined; limit: number },
): Promise<FoundRow[]> {
  return db.query(
    `select ${columns} from ledger where ${conditions} and not sealed and entry_id < $5::uuid
     order by entry_id desc limit $6`,
    [...valuesOf(asked), page.before ?? lastId, page.limit],
  );
}

export interface Leaf extends EntryPlace {
  index: number;
}

/** Leaves below a place, last first. */
export async function readLeavesBelow(db: Queryable, below: number, limit: number): Promise<Leaf[]> {
  const rows = await db.query<EntryPlace & { index: string }>(
    `select leaf_index as index, member_id as "memberId", entry_id::text as "entryId" from ledger_leaves
     where leaf_index < $1 order by leaf_index desc limit $2`,
    [below, limit],
  );
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

/** The entries at these places that are asked for, in no order. */
export async function readAt(
  db: Queryable,
  places: readonly EntryPlace[],
  asked: Conditions,
): Promise<FoundRow[]> {
  return db.query(
    `select ${columns} from ledger where ${conditions} and member_id = any($5) and entry_id = any($6::uuid[])`,
    [
      ...valuesOf(asked),
      [...new Set(places.map(({ memberId }) => memberId))],
      places.map(({ entryId }) => entryId),
    ],
  );
}

/** An entry as its leaf has it. */
export async function readWhole(db: Queryable, place: EntryPlace): Promise<LedgerRow | undefined> {
  const [row] = await db.query<LedgerRow>(
    `select ${entryColumns} from ledger where member_id = $1 and entry_id = $2`,
    [place.memberId, place.entryId],
  );
  return row;
}

export async function isUnsealed(db: Queryable, entryId: string): Promise<boolean> {
  const rows = await db.query(`select 1 as one from ledger where not sealed and entry_id = $1`, [entryId]);
  return rows.length > 0;
}
