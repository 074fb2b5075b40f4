import { tagBytes } from '../keys/keyring.ts';
import type { Queryable } from '../postgres/database.ts';
import type { KeptSlot } from '../slots/slots.ts';

/** What is already known of a contact. */
export interface KnownContact {
  /** Its slot is missing, or of an epoch that is ending. */
  stale: boolean;
  waitingLookup: boolean;
}

/** Contacts by tag (latin1 of the 16 bytes, the cheapest map key there is). */
export type KnownContacts = Map<string, KnownContact>;

export const keyOf = (tag: Uint8Array): string =>
  Buffer.from(tag.buffer, tag.byteOffset, tag.byteLength).toString('latin1');

/**
 * Which contacts a member has: among `tags`, or all of them. The answer comes as one value, 17 bytes a contact, which
 * costs a fraction of as many rows.
 */
export async function readKnownContacts(
  tx: Queryable,
  memberId: string,
  tags: readonly Buffer[] | 'all',
  epochs: { current: number; next?: number },
): Promise<KnownContacts> {
  const [row] = await tx.query<{ known: Buffer | null }>(
    `select string_agg(tag || set_byte('\\x00'::bytea, 0,
         (not waiting_slot and (slot is null or epoch < $2 or ($3 and slot_next is null)))::integer
         + 2 * (waiting_lookup is not null)::integer), ''::bytea) as known
     from contacts where member_id = $1 ${tags === 'all' ? 'and not private' : 'and tag = any($4)'}`,
    [memberId, epochs.current, epochs.next !== undefined, ...(tags === 'all' ? [] : [tags])],
  );
  const known: KnownContacts = new Map();
  const bytes = row?.known ?? Buffer.alloc(0);
  for (let at = 0; at < bytes.length; at += tagBytes + 1) {
    const flags = bytes[at + tagBytes]!;
    known.set(bytes.toString('latin1', at, at + tagBytes), {
      stale: (flags & 1) > 0,
      waitingLookup: (flags & 2) > 0,
    });
  }
  return known;
}

/** Tags of contacts that have been looked up, 16 bytes each. */
export async function readLookedUp(db: Queryable, memberId: string): Promise<Buffer> {
  const [row] = await db.query<{ tags: Buffer | null }>(
    `select string_agg(tag, ''::bytea) as tags from contacts
     where member_id = $1 and not private and waiting_lookup is null`,
    [memberId],
  );
  return row?.tags ?? Buffer.alloc(0);
}

export async function countContacts(db: Queryable, memberId: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::integer as count from contacts where member_id = $1`,
    [memberId],
  );
  return row!.count;
}

/** Contacts and their slots, column by column in the same order: 16 bytes each. */
export interface SlotColumns {
  tags: Buffer;
  slots: Buffer;
  /** One byte each: 1 where the member's own number is the smaller. */
  low: Buffer;
  slotsNext?: Buffer;
}

/** New contacts; without slots while the member has no number of its own. */
export interface NewContacts extends Partial<SlotColumns> {
  tags: Buffer;
  epoch: number;
  lookupTags: Buffer;
  /** The first so many have their slots written; the others wait. */
  slotsPaid: number;
  /** The first so many are looked up; the others wait. */
  lookupsPaid: number;
}

export async function insertContacts(tx: Queryable, memberId: string, given: NewContacts): Promise<void> {
  await tx.query(
    `insert into contacts (member_id, tag, slot, slot_next, epoch, low, private, waiting_slot, waiting_lookup)
     select $1, substring($2::bytea from i * 16 + 1 for 16), substring($3::bytea from i * 16 + 1 for 16),
       substring($4::bytea from i * 16 + 1 for 16), $5, get_byte($9::bytea, i) = 1, false,
       $3::bytea is not null and i >= $7,
       case when i >= $8 then substring($6::bytea from i * 16 + 1 for 16) end
     from generate_series(0, length($2::bytea) / 16 - 1) as i
     on conflict (member_id, tag) do nothing`,
    [
      memberId,
      given.tags,
      given.slots ?? null,
      given.slotsNext ?? null,
      given.epoch,
      given.lookupTags,
      given.slotsPaid,
      given.lookupsPaid,
      given.low ?? null,
    ],
  );
}

/** Points contacts at the slots that were written for them anew. */
export async function setSlots(
  tx: Queryable,
  memberId: string,
  given: SlotColumns & { epoch: number },
): Promise<void> {
  await tx.query(
    `update contacts as c set slot = given.slot, slot_next = given.slot_next, low = given.low, epoch = $5
     from (select substring($2::bytea from i * 16 + 1 for 16) as tag,
             substring($3::bytea from i * 16 + 1 for 16) as slot,
             substring($4::bytea from i * 16 + 1 for 16) as slot_next,
             get_byte($6::bytea, i) = 1 as low
           from generate_series(0, length($2::bytea) / 16 - 1) as i) as given
     where c.member_id = $1 and c.tag = given.tag`,
    [memberId, given.tags, given.slots, given.slotsNext ?? null, given.epoch, given.low],
  );
}

/** Removes contacts and returns the slots they had. */
export async function deleteContacts(
  tx: Queryable,
  memberId: string,
  tags: readonly Buffer[] | 'all',
): Promise<Buffer[]> {
  const rows = await tx.query<{ slot: Buffer | null; slotNext: Buffer | null }>(
    `delete from contacts where member_id = $1 ${tags === 'all' ? '' : 'and tag = any($2)'}
     returning slot, slot_next as "slotNext"`,
    tags === 'all' ? [memberId] : [memberId, tags],
  );
  return rows.flatMap((row) => [row.slot, row.slotNext].filter((slot) => slot !== null));
}

/** All slots that a member has written, or will when it takes part again. */
export async function readSlots(tx: Queryable, memberId: string): Promise<Buffer[]> {
  const kept = await readKeptSlots(tx, memberId);
  return kept.flatMap(({ slot, slotNext }) => (slotNext ? [slot, slotNext] : [slot]));
}

/** The same, with what it takes to write them. */
export async function readKeptSlots(tx: Queryable, memberId: string): Promise<KeptSlot[]> {
  return tx.query<KeptSlot>(
    `select slot, slot_next as "slotNext", low, epoch from contacts
     where member_id = $1 and slot is not null and not waiting_slot`,
    [memberId],
  );
}

/** Contacts keep no slot when the member's own number changes: the next sync writes them anew, free of charge. */
export async function dropSlots(tx: Queryable, memberId: string): Promise<void> {
  await tx.query(`delete from contacts where member_id = $1 and private`, [memberId]);
  await tx.query(
    `update contacts set slot = null, slot_next = null, low = null, epoch = null, waiting_slot = false where member_id = $1`,
    [memberId],
  );
}

/** Contacts of the private way: a keyed tag of the slot in place of one of the number. */
export interface PrivateContact {
  tag: Buffer;
  slot: Buffer;
  low: boolean;
}

export async function insertPrivateContacts(
  tx: Queryable,
  memberId: string,
  epoch: number,
  contacts: readonly PrivateContact[],
): Promise<void> {
  if (contacts.length === 0) return;
  await tx.query(
    `insert into contacts (member_id, tag, slot, epoch, low, private, waiting_slot)
     select $1, substring($2::bytea from i * 16 + 1 for 16), substring($3::bytea from i * 16 + 1 for 16), $4,
       get_byte($5::bytea, i) = 1, true, false
     from generate_series(0, length($5::bytea) - 1) as i
     on conflict (member_id, tag) do nothing`,
    [
      memberId,
      Buffer.concat(contacts.map((contact) => contact.tag)),
      Buffer.concat(contacts.map((contact) => contact.slot)),
      epoch,
      Buffer.from(contacts.map((contact) => (contact.low ? 1 : 0))),
    ],
  );
}

/** Slots of past epochs, which their members have written anew or left. */
export async function deletePrivateContactsBefore(db: Queryable, epoch: number): Promise<void> {
  await db.query(`delete from contacts where private and epoch < $1`, [epoch]);
}

export interface Waiting {
  /** Contacts of which a slot or a lookup waits. */
  contacts: number;
  slots: number;
  lookups: number;
}

export async function countWaiting(db: Queryable, memberId: string): Promise<Waiting> {
  const [row] = await db.query<Waiting>(
    `select count(*)::integer as contacts, count(*) filter (where waiting_slot)::integer as slots,
       count(waiting_lookup)::integer as lookups
     from contacts where member_id = $1 and (waiting_slot or waiting_lookup is not null)`,
    [memberId],
  );
  return row!;
}

/** Takes up to `limit` slots off the waiting list, to be written now. */
export async function takeWaitingSlots(tx: Queryable, memberId: string, limit: number): Promise<KeptSlot[]> {
  return tx.query<KeptSlot>(
    `update contacts set waiting_slot = false
     where member_id = $1 and tag = any (array(
       select tag from contacts where member_id = $1 and waiting_slot order by tag limit $2))
     returning slot, slot_next as "slotNext", low, epoch`,
    [memberId, limit],
  );
}

/** Takes up to `limit` lookups off the waiting list; the directory tags, to be looked up now. */
export async function takeWaitingLookups(tx: Queryable, memberId: string, limit: number): Promise<Buffer[]> {
  const rows = await tx.query<{ tag: Buffer; lookup: Buffer }>(
    `select tag, waiting_lookup as lookup from contacts
     where member_id = $1 and waiting_lookup is not null order by tag limit $2`,
    [memberId, limit],
  );
  if (rows.length === 0) return [];
  await tx.query(`update contacts set waiting_lookup = null where member_id = $1 and tag = any($2)`, [
    memberId,
    rows.map((row) => row.tag),
  ]);
  return rows.map((row) => row.lookup);
}
