import type { Role } from '@kith/protocol/study';
import type { Queryable } from '../postgres/database.ts';
import type { Failures } from './lockout.ts';

export interface AnalystRow {
  nameKey: string;
  analystId: string;
  name: string;
  role: Role;
  state: 'active' | 'disabled';
  way: 'local' | 'oidc';
  passwordHash: string | null;
  mustChange: boolean;
  /** Who has seen its first password. */
  issuedBy: string | null;
  issuedAt: Date | null;
  createdAt: Date;
  lastSeenAt: Date | null;
}

const columns = `name_key as "nameKey", analyst_id::text as "analystId", name, role, state, way,
  password_hash as "passwordHash", must_change as "mustChange", issued_by as "issuedBy", issued_at as "issuedAt",
  created_at as "createdAt", last_seen_at as "lastSeenAt"`;

/** @returns false when the name is taken */
export async function insertAnalyst(db: Queryable, row: Omit<AnalystRow, 'lastSeenAt'>): Promise<boolean> {
  const rows = await db.query(
    `insert into analysts (name_key, analyst_id, name, role, state, way, password_hash, must_change, issued_by, issued_at,
       created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (name_key) do nothing returning 1`,
    [
      row.nameKey,
      row.analystId,
      row.name,
      row.role,
      row.state,
      row.way,
      row.passwordHash,
      row.mustChange,
      row.issuedBy,
      row.issuedAt,
      row.createdAt,
    ],
  );
  return rows.length === 1;
}

export async function readAnalyst(db: Queryable, nameKey: string): Promise<AnalystRow | undefined> {
  const [row] = await db.query<AnalystRow>(`select ${columns} from analysts where name_key = $1`, [nameKey]);
  return row;
}

export async function readAnalystById(db: Queryable, analystId: string): Promise<AnalystRow | undefined> {
  const [row] = await db.query<AnalystRow>(`select ${columns} from analysts where analyst_id = $1`, [
    analystId,
  ]);
  return row;
}

/** Held until the transaction ends: a session is never made of a password that is being changed. */
export async function lockAnalyst(tx: Queryable, nameKey: string): Promise<AnalystRow | undefined> {
  const [row] = await tx.query<AnalystRow>(`select ${columns} from analysts where name_key = $1 for update`, [
    nameKey,
  ]);
  return row;
}

export async function readAnalysts(db: Queryable): Promise<AnalystRow[]> {
  return db.query(`select ${columns} from analysts order by name_key`);
}

/** Writes what can change of an analyst that `lockAnalyst` holds. */
export async function updateAnalyst(tx: Queryable, row: AnalystRow): Promise<void> {
  await tx.query(
    `update analysts set role = $2, state = $3, password_hash = $4, must_change = $5, issued_by = $6, issued_at = $7
     where name_key = $1`,
    [row.nameKey, row.role, row.state, row.passwordHash, row.mustChange, row.issuedBy, row.issuedAt],
  );
}

export async function setSeen(db: Queryable, nameKey: string, at: Date): Promise<void> {
  await db.query(`update analysts set last_seen_at = $2 where name_key = $1`, [nameKey, at]);
}

/** @returns the name that the subject has, given now or before */
export async function claimSubject(tx: Queryable, subject: Buffer, nameKey: string): Promise<string> {
  const [row] = await tx.query<{ nameKey: string }>(
    `insert into analyst_subjects as s (subject, name_key) values ($1, $2)
     on conflict (subject) do update set name_key = s.name_key returning name_key as "nameKey"`,
    [subject, nameKey],
  );
  return row!.nameKey;
}

export async function readSubject(db: Queryable, subject: Buffer): Promise<string | undefined> {
  const [row] = await db.query<{ nameKey: string }>(
    `select name_key as "nameKey" from analyst_subjects where subject = $1`,
    [subject],
  );
  return row?.nameKey;
}

export interface SessionRow {
  tokenHash: Buffer;
  nameKey: string;
  createdAt: Date;
  seenAt: Date;
  expiresAt: Date;
}

export async function insertSession(tx: Queryable, row: SessionRow): Promise<void> {
  await tx.query(
    `insert into sessions (token_hash, name_key, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $5)`,
    [row.tokenHash, row.nameKey, row.createdAt, row.seenAt, row.expiresAt],
  );
}

export async function readSession(db: Queryable, tokenHash: Buffer): Promise<SessionRow | undefined> {
  const [row] = await db.query<SessionRow>(
    `select token_hash as "tokenHash", name_key as "nameKey", created_at as "createdAt", seen_at as "seenAt",
       expires_at as "expiresAt" from sessions where token_hash = $1`,
    [tokenHash],
  );
  return row;
}

export async function touchSession(db: Queryable, tokenHash: Buffer, at: Date): Promise<void> {
  await db.query(`update sessions set seen_at = $2 where token_hash = $1`, [tokenHash, at]);
}

export async function deleteSession(db: Queryable, tokenHash: Buffer): Promise<void> {
  await db.query(`delete from sessions where token_hash = $1`, [tokenHash]);
}

export async function deleteSessionsOf(db: Queryable, nameKey: string): Promise<void> {
  await db.query(`delete from sessions where name_key = $1`, [nameKey]);
}

export async function deleteSessionsBefore(db: Queryable, now: Date): Promise<void> {
  await db.query(`delete from sessions where expires_at < $1`, [now]);
}

/** Read and held: of many guesses at once, each counts. */
export async function lockFailures(tx: Queryable, scope: Buffer, now: Date): Promise<Failures> {
  const [row] = await tx.query<{ failures: number; lastAt: Date; lockedUntil: Date }>(
    `insert into sign_in_failures as f (scope, failures, last_at, locked_until) values ($1, 0, $2, to_timestamp(0))
     on conflict (scope) do update set failures = f.failures
     returning failures, last_at as "lastAt", locked_until as "lockedUntil"`,
    [scope, now],
  );
  return {
    failures: row!.failures,
    lastAt: row!.lastAt.getTime(),
    lockedUntil: row!.lockedUntil.getTime(),
  };
}

export async function writeFailures(tx: Queryable, scope: Buffer, state: Failures): Promise<void> {
  await tx.query(
    `update sign_in_failures set failures = $2, last_at = $3, locked_until = $4 where scope = $1`,
    [scope, state.failures, new Date(state.lastAt), new Date(state.lockedUntil)],
  );
}

/** Any number that no other program is likely to lock: "team" in ASCII. */
const teamLock = 0x74_65_61_6d;

/** Held until the transaction ends: two who take each other's role away do so one after the other. */
export async function lockTeam(tx: Queryable): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock($1)`, [teamLock]);
}

/** Takes one failure back. */
export async function forgiveFailure(db: Queryable, scope: Buffer): Promise<void> {
  await db.query(`update sign_in_failures set failures = greatest(failures - 1, 0) where scope = $1`, [
    scope,
  ]);
}

export async function deleteFailures(db: Queryable, scope: Buffer): Promise<void> {
  await db.query(`delete from sign_in_failures where scope = $1`, [scope]);
}

export async function deleteFailuresBefore(db: Queryable, before: Date): Promise<void> {
  await db.query(`delete from sign_in_failures where last_at < $1 and locked_until < $1`, [before]);
}
