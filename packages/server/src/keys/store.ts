import type { Queryable } from '../postgres/database.ts';

export async function readRoot(database: Queryable): Promise<Buffer | undefined> {
  const [row] = await database.query<{ wrapped: Buffer }>(`select wrapped from keyring where name = 'root'`);
  return row?.wrapped;
}

export async function insertRoot(database: Queryable, wrapped: Uint8Array): Promise<void> {
  await database.query(
    `insert into keyring (name, wrapped, created_at) values ('root', $1, now()) on conflict (name) do nothing`,
    [wrapped],
  );
}

/** Replaces the root only if it is still the one that was read. */
export async function replaceRoot(
  database: Queryable,
  before: Uint8Array,
  after: Uint8Array,
): Promise<boolean> {
  const rows = await database.query(
    `update keyring set wrapped = $2 where name = 'root' and wrapped = $1 returning name`,
    [before, after],
  );
  return rows.length === 1;
}
