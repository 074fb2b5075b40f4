import type { Queryable } from '../postgres/database.ts';
import type { Day } from './days.ts';

/** Bits of a tag by which entries are found, whatever the prefix of the day. */
export const bucketBits = 24;

export interface OpenEntry {
  tag: Buffer;
  keyVersion: number;
  secret: Buffer;
  handle: Buffer;
  memberId: string;
}

export async function readDay(db: Queryable, day: number): Promise<Day | undefined> {
  const [row] = await db.query<Day>(
    `select day, key_version as "keyVersion", prefix_bits as "prefixBits" from open_days where day = $1`,
    [day],
  );
  return row;
}

export async function insertDay(db: Queryable, { day, keyVersion, prefixBits }: Day): Promise<void> {
  await db.query(
    `insert into open_days (day, key_version, prefix_bits) values ($1, $2, $3) on conflict (day) do nothing`,
    [day, keyVersion, prefixBits],
  );
}

export async function countOpen(db: Queryable, keyVersion: number): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::integer as count from open_entries where key_version = $1`,
    [keyVersion],
  );
  return row!.count;
}

export async function countUnpublished(db: Queryable, keyVersion: number): Promise<number> {
  return (await readUnpublished(db, keyVersion, 1)).length;
}

/** Open members whose entry is not yet published under this version. */
export async function readUnpublished(db: Queryable, keyVersion: number, limit: number): Promise<string[]> {
  const rows = await db.query<{ memberId: string }>(
    `select member_id as "memberId" from members
     where discoverable = 'anyone' and phone_tag is not null and suspended_at is null and open_version is distinct from $1 limit $2`,
    [keyVersion, limit],
  );
  return rows.map((row) => row.memberId);
}

export async function insertEntry(tx: Queryable, entry: OpenEntry): Promise<void> {
  await tx.query(
    `insert into open_entries (tag, key_version, bucket, secret, handle, member_id)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (tag, key_version) do update set
       secret = excluded.secret, handle = excluded.handle, member_id = excluded.member_id`,
    [entry.tag, entry.keyVersion, entry.tag.readUIntBE(0, 3), entry.secret, entry.handle, entry.memberId],
  );
  await tx.query(`update members set open_version = $2 where member_id = $1`, [
    entry.memberId,
    entry.keyVersion,
  ]);
}

/** Takes a member out of the open directory; buckets already handed out open no more reveals. */
export async function withdrawEntries(tx: Queryable, memberId: string): Promise<void> {
  await tx.query(`delete from open_entries where member_id = $1`, [memberId]);
  await tx.query(`update members set open_version = null where member_id = $1`, [memberId]);
}

export async function readEntries(
  db: Queryable,
  keyVersion: number,
  range: { from: number; below: number },
): Promise<OpenEntry[]> {
  return db.query<OpenEntry>(
    `select tag, key_version as "keyVersion", secret, handle, member_id as "memberId" from open_entries
     where key_version = $1 and bucket >= $2 and bucket < $3`,
    [keyVersion, range.from, range.below],
  );
}

/** The members that handles name, of those still published. */
export async function readHandles(db: Queryable, handles: readonly Uint8Array[]): Promise<string[]> {
  const rows = await db.query<{ memberId: string }>(
    `select distinct member_id as "memberId" from open_entries where handle = any($1)`,
    [handles],
  );
  return rows.map((row) => row.memberId);
}

export interface BucketKey {
  prefix: number;
  day: number;
  keyVersion: number;
}

export async function readBucket(
  db: Queryable,
  { prefix, day, keyVersion }: BucketKey,
): Promise<Buffer | undefined> {
  const [row] = await db.query<{ body: Buffer }>(
    `select body from buckets where prefix = $1 and day = $2 and key_version = $3`,
    [prefix, day, keyVersion],
  );
  return row?.body;
}

export async function insertBucket(
  db: Queryable,
  { prefix, day, keyVersion }: BucketKey,
  body: Uint8Array,
): Promise<void> {
  await db.query(
    `insert into buckets (prefix, day, key_version, body) values ($1, $2, $3, $4) on conflict do nothing`,
    [prefix, day, keyVersion, body],
  );
}

export async function deleteDaysBefore(db: Queryable, day: number): Promise<void> {
  await db.query(`delete from buckets where day < $1`, [day]);
  await db.query(`delete from open_days where day < $1`, [day]);
}

/** Entries of versions that no day uses any more. */
export async function deleteEntriesBefore(db: Queryable, keyVersion: number): Promise<void> {
  await db.query(`delete from open_entries where key_version < $1`, [keyVersion]);
}
