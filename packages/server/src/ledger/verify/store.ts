import type { Queryable, Transaction } from '../../postgres/database.ts';
import type { LeafRow } from '../codes.ts';
import { type EntryPlace, entryColumns, leafColumns, type RawLeaf, toLeaf } from '../tree/store.ts';
import type { StoredEntry } from './judge.ts';

export interface Extent {
  /** Rows marked sealed. */
  sealedRows: number;
  /** The last leaf of those with an index that can be one; -1 in an empty tree. */
  leafIndexMax: number;
}

/** How much there is, at one moment; read before the newest checkpoint, which is then not older. */
export async function readExtent(tx: Transaction): Promise<Extent> {
  const [rows] = await tx.query<{ count: string }>('select count(*) from ledger where sealed');
  const [leaves] = await tx.query<{ max: string | null }>(
    'select max(leaf_index) from ledger_leaves where leaf_index <= $1',
    [Number.MAX_SAFE_INTEGER],
  );
  return { sealedRows: Number(rows!.count), leafIndexMax: Number(leaves!.max ?? -1) };
}

/** Leaves of places that no tree has. */
export async function readLeavesOutside(database: Queryable, limit: number): Promise<LeafRow[]> {
  const rows = await database.query<RawLeaf>(
    `select ${leafColumns} from ledger_leaves where leaf_index < 0 or leaf_index > $1 limit $2`,
    [Number.MAX_SAFE_INTEGER, limit],
  );
  return rows.map(toLeaf);
}

export async function readEntries(
  database: Queryable,
  places: readonly EntryPlace[],
): Promise<StoredEntry[]> {
  if (places.length === 0) return [];
  return database.query<StoredEntry>(
    `select ${entryColumns}, ledger.sealed, ledger.context_salt as "salt", ledger.context
     from unnest($1::text[], $2::uuid[]) as wanted (member_id, entry_id)
     join ledger on ledger.member_id = wanted.member_id and ledger.entry_id = wanted.entry_id`,
    [places.map((place) => place.memberId), places.map((place) => place.entryId)],
  );
}

/** Which of these members were erased, by their own entries. */
export async function readErased(database: Queryable, memberIds: readonly string[]): Promise<string[]> {
  if (memberIds.length === 0) return [];
  const rows = await database.query<{ memberId: string }>(
    `select distinct member_id as "memberId" from ledger where kind = 'member-erased' and member_id = any($1)`,
    [memberIds],
  );
  return rows.map((row) => row.memberId);
}

/** Keys of rows marked sealed, after one of them, in the order of the table's key. */
export async function readSealedKeys(
  database: Queryable,
  after: EntryPlace | undefined,
  limit: number,
): Promise<EntryPlace[]> {
  return database.query<EntryPlace>(
    `select member_id as "memberId", entry_id::text as "entryId" from ledger
     where sealed and (member_id, entry_id) ${after ? '>' : '>='} ($1, $2::uuid)
     order by member_id, entry_id limit $3`,
    [after?.memberId ?? '', after?.entryId ?? '00000000-0000-0000-0000-000000000000', limit],
  );
}
