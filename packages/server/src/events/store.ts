import type { Queryable } from '../postgres/database.ts';

export async function readCursor(db: Queryable, name: string): Promise<number> {
  const [row] = await db.query<{ position: string }>(`select position from cursors where name = $1`, [name]);
  return Number(row?.position ?? 0);
}

export async function writeCursor(db: Queryable, name: string, position: number): Promise<void> {
  await db.query(
    `insert into cursors (name, position) values ($1, $2) on conflict (name) do update set position = $2`,
    [name, position],
  );
}

/** Moves a cursor, unless it stands there already: of several servers, one is the first. */
export async function claimCursor(db: Queryable, name: string, position: number): Promise<boolean> {
  const rows = await db.query(
    `insert into cursors as c (name, position) values ($1, $2)
     on conflict (name) do update set position = $2 where c.position <> $2 returning name`,
    [name, position],
  );
  return rows.length > 0;
}

export interface LedgerPlace {
  memberId: string;
  entryId: string;
}

/** Sealed entries in the order of the tree, from a leaf on. */
export async function readPlaces(db: Queryable, fromLeaf: number, limit: number): Promise<LedgerPlace[]> {
  return db.query(
    `select member_id as "memberId", entry_id::text as "entryId" from ledger_leaves
     where leaf_index >= $1 order by leaf_index limit $2`,
    [fromLeaf, limit],
  );
}

export interface EntryRow extends LedgerPlace {
  otherId: string | null;
  at: Date;
  kind: string;
  body: string;
  context: string | null;
}

export async function readEntries(db: Queryable, places: readonly LedgerPlace[]): Promise<EntryRow[]> {
  return db.query(
    `select member_id as "memberId", entry_id::text as "entryId", other_id as "otherId", at, kind, body, context
     from ledger where member_id = any($1) and entry_id = any($2::uuid[])`,
    [[...new Set(places.map((place) => place.memberId))], places.map((place) => place.entryId)],
  );
}

/** Marks tags as asked about by this member; returns how many nobody else has asked about. */
export async function countSolitary(tx: Queryable, tags: readonly Buffer[], asker: Buffer): Promise<number> {
  if (tags.length === 0) return 0;
  const sorted = [...tags].sort(Buffer.compare);
  const rows = await tx.query<{ others: boolean }>(
    `insert into asked as a (tag, asker, others)
     select substring($1::bytea from i * 16 + 1 for 16), $2, false from generate_series(0, length($1::bytea) / 16 - 1) as i
     on conflict (tag) do update set others = a.others or a.asker <> excluded.asker
     returning others`,
    [Buffer.concat(sorted), asker],
  );
  return rows.filter((row) => !row.others).length;
}

export async function forgetAsked(tx: Queryable, asker: Buffer): Promise<void> {
  await tx.query(`delete from asked where asker = $1 and not others`, [asker]);
}
