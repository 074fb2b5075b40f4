import type { Queryable } from '../postgres/database.ts';

export interface ServiceKeyRow {
  key_id: string;
  label: string;
  role: Role;
  owner: string | null;
  created_at: Date;
  revoked_at: Date | null;
}

export async function insertServiceKey(
  database: Queryable,
  key: { keyId: string; secretHash: Uint8Array; label: string; role: Role; owner: string | null },
): Promise<void> {
  await database.query(
    `insert into service_keys (key_id, secret_hash, label, role, owner, created_at) values ($1, $2, $3, $4, $5, now())`,
    [key.keyId, key.secretHash, key.label, key.role, key.owner],
  );
}

/** What a key may do; the host's own may do everything that analysts may. */
export type Role = 'host' | 'viewer' | 'analyst' | 'approver' | 'admin';

export interface KeyInForce {
  secretHash: Buffer;
  label: string;
  role: Role;
  /** The analyst whose key it is. */
  owner: string | null;
}

/** A key, unless it is unknown or revoked. */
export async function readKeyInForce(database: Queryable, keyId: string): Promise<KeyInForce | undefined> {
  const [row] = await database.query<KeyInForce>(
    `select secret_hash as "secretHash", label, role, owner from service_keys where key_id = $1 and revoked_at is null`,
    [keyId],
  );
  return row;
}

export async function listServiceKeys(database: Queryable): Promise<ServiceKeyRow[]> {
  return database.query(
    `select key_id, label, role, owner, created_at, revoked_at from service_keys order by created_at`,
  );
}

export async function revokeServiceKey(database: Queryable, keyId: string): Promise<boolean> {
  const rows = await database.query(
    `update service_keys set revoked_at = now() where key_id = $1 and revoked_at is null returning key_id`,
    [keyId],
  );
  return rows.length === 1;
}
