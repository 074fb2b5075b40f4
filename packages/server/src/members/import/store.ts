import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Queryable, Transaction } from '../../postgres/database.ts';
import type { MemberRow } from '../store.ts';

/** How many of these members or numbers are already on record. */
export async function countExisting(
  tx: Queryable,
  ids: readonly string[],
  tags: readonly Buffer[],
): Promise<number> {
  const [members] = await tx.query<{ count: number }>(
    `select count(*)::integer as count from members where member_id = any($1)`,
    [ids],
  );
  const [owners] = await tx.query<{ count: number }>(
    `select count(*)::integer as count from directory where tag = any($1)`,
    [tags],
  );
  return members!.count + owners!.count;
}

/** Stores members never seen before, and who owns their numbers, by COPY. */
export async function copyMembers(tx: Transaction, rows: readonly MemberRow[]): Promise<void> {
  await copy(
    tx,
    `copy members (member_id, phone_sealed, phone_tag, phone_verified_at, discoverable, card_name, card_handle,
       card_avatar_url, canary, created_at, updated_at) from stdin`,
    rows.map((row) => [
      text(row.memberId),
      bytes(row.phoneSealed),
      bytes(row.phoneTag),
      time(row.phoneVerifiedAt),
      row.discoverable,
      text(row.card.name),
      text(row.card.handle),
      row.card.avatarUrl === undefined ? nothing : text(row.card.avatarUrl),
      row.canary ? 't' : 'f',
      time(row.createdAt),
      time(row.updatedAt),
    ]),
  );
  await copy(
    tx,
    `copy directory (tag, member_id, verified_at, open) from stdin`,
    rows
      .filter((row) => row.phoneTag !== null)
      .map((row) => [
        bytes(row.phoneTag),
        text(row.memberId),
        time(row.phoneVerifiedAt),
        row.discoverable === 'anyone' ? 't' : 'f',
      ]),
  );
}

async function copy(tx: Transaction, statement: string, rows: readonly string[][]): Promise<void> {
  if (rows.length === 0) return;
  const body = rows.map((row) => row.join('\t')).join('\n');
  await pipeline(Readable.from([Buffer.from(`${body}\n`)]), tx.connection.query(copyFrom(statement)));
}

const nothing = '\\N';
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const text = (value: string) => value.replace(/[\\\t\n\r]/g, (character) => escapes[character]!);
const bytes = (value: Buffer | null) => (value ? `\\\\x${value.toString('hex')}` : nothing);
const time = (value: Date | null) => value?.toISOString() ?? nothing;
