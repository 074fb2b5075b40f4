import type { Queryable } from '../postgres/database.ts';

const name = 'oprf-version';

/** The newest version of the OPRF key; 1 until it is first rotated. */
export async function readVersion(db: Queryable): Promise<number> {
  const [row] = await db.query<{ wrapped: Buffer }>(`select wrapped from keyring where name = $1`, [name]);
  return row ? row.wrapped.readUInt16BE() : 1;
}

export async function writeVersion(db: Queryable, version: number): Promise<void> {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(version);
  await db.query(
    `insert into keyring (name, wrapped, created_at) values ($1, $2, now())
     on conflict (name) do update set wrapped = excluded.wrapped, created_at = now()`,
    [name, bytes],
  );
}

/** How much of this very request was paid for before. */
export async function readPaid(
  tx: Queryable,
  memberId: string,
  requestTag: Buffer,
): Promise<number | undefined> {
  const [row] = await tx.query<{ paid: number }>(
    `select paid from evaluations where member_id = $1 and request_tag = $2`,
    [memberId, requestTag],
  );
  return row?.paid;
}

export async function insertPaid(
  tx: Queryable,
  row: { memberId: string; requestTag: Buffer; keyVersion: number; paid: number; at: Date },
): Promise<void> {
  await tx.query(
    `insert into evaluations (member_id, request_tag, key_version, paid, at) values ($1, $2, $3, $4, $5)`,
    [row.memberId, row.requestTag, row.keyVersion, row.paid, row.at],
  );
  await tx.query(
    `insert into evaluation_counts as c (member_id, key_version, evaluated) values ($1, $2, $3)
     on conflict (member_id, key_version) do update set evaluated = c.evaluated + excluded.evaluated`,
    [row.memberId, row.keyVersion, row.paid],
  );
}

/** Elements evaluated for a member, under this version and under the one before it. */
export async function readCounts(
  tx: Queryable,
  memberId: string,
  keyVersion: number,
): Promise<{ now: number; before: number }> {
  const rows = await tx.query<{ version: number; evaluated: number }>(
    `select key_version as version, evaluated from evaluation_counts
     where member_id = $1 and key_version in ($2, $2 - 1)`,
    [memberId, keyVersion],
  );
  const of = (version: number) => rows.find((row) => row.version === version)?.evaluated ?? 0;
  return { now: of(keyVersion), before: of(keyVersion - 1) };
}

export async function deletePaidBefore(db: Queryable, before: Date): Promise<void> {
  await db.query(`delete from evaluations where at < $1`, [before]);
}

export async function forgetEvaluations(tx: Queryable, memberId: string): Promise<void> {
  await tx.query(`delete from evaluations where member_id = $1`, [memberId]);
  await tx.query(`delete from evaluation_counts where member_id = $1`, [memberId]);
}
