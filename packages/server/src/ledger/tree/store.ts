import type { Tile, TilePlace } from '@kith/protocol/ledger';
import type { Queryable } from '../../postgres/database.ts';
import type { LeafRow } from '../codes.ts';
import type { LedgerRow } from '../entry.ts';

/** Any number that no other program is likely to lock: "seal" in ASCII. */
const sealingLock = 0x73_65_61_6c;

/** Columns of an entry as exact text; an infinite time stays readable, so that a changed row cannot stop its finding. */
export const entryColumns = `ledger.member_id as "memberId", ledger.entry_id::text as "entryId",
  trunc(extract(epoch from ledger.at) * 1000000)::text as "at", ledger.kind, ledger.other_id as "otherId",
  ledger.body, ledger.context_hash as "contextHash", ledger.mac`;

/** Taken until the transaction ends, if no other server holds it. */
export async function tryLockSealing(tx: Queryable): Promise<boolean> {
  const [row] = await tx.query<{ taken: boolean }>('select pg_try_advisory_xact_lock($1) as taken', [
    sealingLock,
  ]);
  return row!.taken;
}

/** Where an entry stands among those not yet sealed. */
export type EntryPlace = Pick<LedgerRow, 'entryId' | 'memberId'>;

/** Unsealed entries after a place, in order of their ids, which is nearly that of time. */
export async function readUnsealed(
  database: Queryable,
  after: EntryPlace | undefined,
  limit: number,
): Promise<LedgerRow[]> {
  return database.query<LedgerRow>(
    `select ${entryColumns} from ledger
     where not sealed and (entry_id, member_id) ${after ? '>' : '>='} ($1::uuid, $2)
     order by entry_id, member_id limit $3`,
    [after?.entryId ?? '00000000-0000-0000-0000-000000000000', after?.memberId ?? '', limit],
  );
}

/** Leaves that name any of these entries. */
export async function readLeavesOf(database: Queryable, entryIds: readonly string[]): Promise<LeafRow[]> {
  const rows = await database.query<RawLeaf>(
    `select ${leafColumns} from ledger_leaves where entry_id = any($1::uuid[])`,
    [entryIds],
  );
  return rows.map(toLeaf);
}

/** @param leaves at consecutive places */
export async function insertLeaves(tx: Queryable, leaves: readonly LeafRow[]): Promise<void> {
  await tx.query(
    `insert into ledger_leaves (leaf_index, member_id, entry_id, leaf_hash, seal)
     select $1::bigint + n - 1, member_id, entry_id,
       substring($4::bytea from (n * 32 - 31)::integer for 32),
       substring($5::bytea from (n * 32 - 31)::integer for 32)
     from unnest($2::text[], $3::uuid[]) with ordinality as given (member_id, entry_id, n)`,
    [
      leaves[0]?.leafIndex,
      leaves.map((leaf) => leaf.memberId),
      leaves.map((leaf) => leaf.entryId),
      Buffer.concat(leaves.map((leaf) => leaf.leafHash)),
      Buffer.concat(leaves.map((leaf) => leaf.seal)),
    ],
  );
}

/** Ids find the rows in the partial index; the member belongs to the key, and a copy under another member stays out. */
export async function markSealed(tx: Queryable, entries: readonly EntryPlace[]): Promise<void> {
  await tx.query(
    `update ledger set sealed = true
     where not sealed and entry_id = any($1::uuid[]) and entry_id::text || member_id = any($2::text[])`,
    [entries.map((entry) => entry.entryId), entries.map((entry) => entry.entryId + entry.memberId)],
  );
}

export async function readTiles(database: Queryable, places: readonly TilePlace[]): Promise<Tile[]> {
  if (places.length === 0) return [];
  const rows = await database.query<{ level: number; index: string; hashes: Buffer }>(
    `select level, tile as "index", hashes from ledger_tiles
     where tile = any($1::bigint[]) and level || '/' || tile = any($2::text[])`,
    [places.map(({ index }) => index), places.map(({ level, index }) => `${level}/${index}`)],
  );
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

export async function writeTiles(tx: Queryable, tiles: readonly Tile[]): Promise<void> {
  await tx.query(
    `insert into ledger_tiles (tile, level, hashes)
     select * from unnest($1::bigint[], $2::smallint[], $3::bytea[])
     on conflict (tile, level) do update set hashes = excluded.hashes`,
    [
      tiles.map(({ index }) => index),
      tiles.map(({ level }) => level),
      tiles.map(({ hashes }) => Buffer.from(hashes)),
    ],
  );
}

export interface CheckpointRow {
  size: number;
  root: Buffer;
  note: string;
}

export async function readNewestCheckpoint(database: Queryable): Promise<CheckpointRow | undefined> {
  const [newest] = await readCheckpointsBelow(database, Number.MAX_SAFE_INTEGER, 1);
  return newest;
}

/** Newest first. */
export async function readCheckpointsBelow(
  database: Queryable,
  size: number,
  limit: number,
): Promise<CheckpointRow[]> {
  const rows = await database.query<RawCheckpoint>(
    'select size, root, note from ledger_checkpoints where size < $1 order by size desc limit $2',
    [size, limit],
  );
  return rows.map(toCheckpoint);
}

/** Those of trees larger than `after` and not larger than `upTo`, oldest first. */
export async function readCheckpointsBetween(
  database: Queryable,
  after: number,
  upTo: number,
  limit: number,
): Promise<CheckpointRow[]> {
  const rows = await database.query<RawCheckpoint>(
    'select size, root, note from ledger_checkpoints where size > $1 and size <= $2 order by size limit $3',
    [after, upTo, limit],
  );
  return rows.map(toCheckpoint);
}

export async function insertCheckpoint(tx: Queryable, row: CheckpointRow, sealedAt: Date): Promise<void> {
  await tx.query('insert into ledger_checkpoints (size, root, note, sealed_at) values ($1, $2, $3, $4)', [
    row.size,
    row.root,
    row.note,
    sealedAt,
  ]);
}

/** Leaves from an index up, in order. */
export async function readLeavesFrom(database: Queryable, from: number, limit: number): Promise<LeafRow[]> {
  const rows = await database.query<RawLeaf>(
    `select ${leafColumns} from ledger_leaves where leaf_index >= $1 order by leaf_index limit $2`,
    [from, limit],
  );
  return rows.map(toLeaf);
}

export const leafColumns = `leaf_index as "leafIndex", member_id as "memberId", entry_id::text as "entryId",
  leaf_hash as "leafHash", seal`;

export type RawLeaf = Omit<LeafRow, 'leafIndex'> & { leafIndex: string };
type RawCheckpoint = Omit<CheckpointRow, 'size'> & { size: string };

/** The driver gives bigints as text. */
export function toLeaf(row: RawLeaf): LeafRow {
  return { ...row, leafIndex: Number(row.leafIndex) };
}

function toCheckpoint(row: RawCheckpoint): CheckpointRow {
  return { ...row, size: Number(row.size) };
}
