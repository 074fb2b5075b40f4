import { Overtaken, type Queryable } from '../postgres/database.ts';

export interface DirectoryRow {
  tag: Buffer;
  memberId: string;
  verifiedAt: Date;
}

/** Who owns a number, held until the transaction ends. */
export async function lockOwner(tx: Queryable, tag: Uint8Array): Promise<DirectoryRow | undefined> {
  const [row] = await tx.query<DirectoryRow>(
    `select tag, member_id as "memberId", verified_at as "verifiedAt" from directory where tag = $1 for update`,
    [tag],
  );
  return row;
}

/**
 * Makes a member the owner of a number.
 *
 * @param owned whether `lockOwner` found an owner, whom this one succeeds
 * @throws Overtaken when somebody else has become the first owner meanwhile
 */
export async function setOwner(
  tx: Queryable,
  row: DirectoryRow & { open: boolean },
  owned: boolean,
): Promise<void> {
  const succeed = `update set member_id = excluded.member_id, verified_at = excluded.verified_at, open = excluded.open`;
  const rows = await tx.query(
    `insert into directory (tag, member_id, verified_at, open) values ($1, $2, $3, $4)
     on conflict (tag) do ${owned ? succeed : 'nothing'} returning tag`,
    [row.tag, row.memberId, row.verifiedAt, row.open],
  );
  if (rows.length === 0) throw new Overtaken();
}

export async function removeOwner(tx: Queryable, tag: Uint8Array, memberId: string): Promise<void> {
  await tx.query(`delete from directory where tag = $1 and member_id = $2`, [tag, memberId]);
}

/** The members behind tags who let anyone with their number find them. `tags`: 16 bytes each, concatenated. */
export async function findOpen(db: Queryable, tags: Buffer): Promise<string[]> {
  const list = [];
  for (let at = 0; at < tags.length; at += 16) list.push(tags.subarray(at, at + 16));
  const rows = await db.query<{ memberId: string }>(
    `select member_id as "memberId" from directory where tag = any($1) and open`,
    [list],
  );
  return rows.map((row) => row.memberId);
}
