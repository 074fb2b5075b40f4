import type { Queryable } from '../postgres/database.ts';
import type { Side } from './slots.ts';

export interface SlotWrite {
  slot: Buffer;
  side: Side;
  epoch: number;
  /** The sealed card, in the private way. */
  payload?: Uint8Array;
}

/** A slot whose both sides are written. */
export interface Met {
  slot: Buffer;
  epoch: number;
  otherId: string;
  /** The other's sealed card, in the private way. */
  payload: Buffer | null;
}

/**
 * Writes one's sides and reads the opposite ones in the same statement. The row is the lock: of two members who write
 * the same slot at once, the second waits and sees the first. Sorted, so that syncs wait for each other in one order.
 * A side belongs to whoever wrote it first, until it is withdrawn: another's write neither changes nor reads anything.
 *
 * No parameter stands behind ON CONFLICT or RETURNING: Citus does not carry them to the shards of an INSERT ... SELECT.
 */
export async function writeSides(
  tx: Queryable,
  memberId: string,
  writes: readonly SlotWrite[],
): Promise<Met[]> {
  if (writes.length === 0) return [];
  const sorted = [...writes].sort((a, b) => Buffer.compare(a.slot, b.slot));
  const sides = Buffer.from(sorted.map((write) => (write.side === 'low' ? 0 : 1)));
  const epochs = new Set(sorted.map((write) => write.epoch));
  const rows = await tx.query<BothSides>(
    `insert into slots as s (slot, epoch, low_member, high_member, low_payload, high_payload)
     select substring($2::bytea from i * 16 + 1 for 16),
       ${epochs.size === 1 ? '$4::integer' : '($4::integer[])[i + 1]'},
       case get_byte($3::bytea, i) when 0 then $1 end,
       case get_byte($3::bytea, i) when 1 then $1 end,
       case get_byte($3::bytea, i) when 0 then ($5::bytea[])[i + 1] end,
       case get_byte($3::bytea, i) when 1 then ($5::bytea[])[i + 1] end
     from generate_series(0, length($3::bytea) - 1) as i
     on conflict (slot) do update set
       low_member = coalesce(s.low_member, excluded.low_member),
       high_member = coalesce(s.high_member, excluded.high_member),
       low_payload = case when coalesce(s.low_member, excluded.low_member) = excluded.low_member
         then coalesce(excluded.low_payload, s.low_payload) else s.low_payload end,
       high_payload = case when coalesce(s.high_member, excluded.high_member) = excluded.high_member
         then coalesce(excluded.high_payload, s.high_payload) else s.high_payload end
     returning ${['slot', 'low_member', 'high_member', 'low_payload', 'high_payload'].map(whereBothAre).join()}, epoch`,
    [
      memberId,
      Buffer.concat(sorted.map((write) => write.slot)),
      sides,
      epochs.size === 1 ? sorted[0]!.epoch : sorted.map((write) => write.epoch),
      sorted.some((write) => write.payload) ? sorted.map((write) => write.payload ?? null) : null,
    ],
  );
  return rows.flatMap((row) => oppositeOf(memberId, row));
}

/** A slot as it is after a write; all but the epoch is null where a side is empty. */
interface BothSides {
  slot: Buffer | null;
  epoch: number;
  low_member: string;
  high_member: string;
  low_payload: Buffer | null;
  high_payload: Buffer | null;
}

const whereBothAre = (column: string) =>
  `case when low_member is not null and high_member is not null then ${column} end as ${column}`;

/** Nothing where the member has written neither side, or both. */
function oppositeOf(memberId: string, row: BothSides): Met[] {
  const { slot, epoch, low_member: low, high_member: high } = row;
  if (!slot || low === high) return [];
  if (low === memberId) return [{ slot, epoch, otherId: high, payload: row.high_payload }];
  if (high === memberId) return [{ slot, epoch, otherId: low, payload: row.low_payload }];
  return [];
}

/** Reads the opposite sides of slots that this member has written. */
export async function readOpposite(
  tx: Queryable,
  memberId: string,
  slots: readonly Buffer[],
): Promise<Met[]> {
  if (slots.length === 0) return [];
  return tx.query<Met>(
    `select slot, epoch, case when low_member = $2 then high_member else low_member end as "otherId",
       case when low_member = $2 then high_payload else low_payload end as payload
     from slots
     where slot = any($1) and (low_member = $2 or high_member = $2)
       and low_member is not null and high_member is not null and low_member <> high_member`,
    [slots, memberId],
  );
}

/** Takes a member's sides back; slots with no side left are gone. */
export async function withdrawSides(
  tx: Queryable,
  memberId: string,
  slots: readonly Buffer[],
): Promise<void> {
  if (slots.length === 0) return;
  await tx.query(
    `update slots set
       low_payload = case when low_member = $2 then null else low_payload end,
       high_payload = case when high_member = $2 then null else high_payload end,
       low_member = nullif(low_member, $2),
       high_member = nullif(high_member, $2)
     where slot = any($1) and (low_member = $2 or high_member = $2)`,
    [slots, memberId],
  );
  await tx.query(`delete from slots where slot = any($1) and low_member is null and high_member is null`, [
    slots,
  ]);
}

/** Slots of epochs that are over. */
export async function deleteSlotsBefore(db: Queryable, epoch: number): Promise<void> {
  await db.query(`delete from slots where epoch < $1`, [epoch]);
}
