import type { Queryable } from '../postgres/database.ts';

export interface ServiceKeyRow {
  key_id: string;
  label: string;
  created_at: Date;
  revoked_at: Date | null;
}

export async function insertServiceKey(
  database: Queryable,
  key: { keyId: string; secretHash: Uint8Array; label: string },
): Promise<void> {
  await database.query(
    `insert into service_keys (key_id, secret_hash, label, created_at) values ($1, $2, $3, now())`,
    [key.keyId, key.secretHash, key.label],
  );
}

/** The hash of a key's secret, unless the key is unknown or revoked. */
export async function readSecretHash(database: Queryable, keyId: string): Promise<Buffer | undefined> {
  const [row] = await database.query<{ secret_hash: Buffer }>(
    `select secret_hash from service_keys where key_id = $1 and revoked_at is null`,
    [keyId],
  );
  return row?.secret_hash;
}

export async function listServiceKeys(database: Queryable): Promise<ServiceKeyRow[]> {
  return database.query(`select key_id, label, created_at, revoked_at from service_keys order by created_at`);
}

export async function revokeServiceKey(database: Queryable, keyId: string): Promise<boolean> {
  const rows = await database.query(
    `update service_keys set revoked_at = now() where key_id = $1 and revoked_at is null returning key_id`,
    [keyId],
  );
  return rows.length === 1;
}
