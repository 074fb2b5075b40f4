import { randomBytes, randomUUID } from 'node:crypto';
import type { Database, Queryable } from '@kith/server';

/** Everything that a sync sends to the database, made before the clock starts. */
export interface PeerBook {
  memberId: string;
  count: number;
  /** 16 bytes a contact. */
  tags: Buffer;
  /** 16 bytes a slot, in order. */
  slots: Buffer;
  sides: Buffer;
  lookups: Buffer;
  /** Keys of the budgets that are spent: the member's, the address's, the operator's, the service's. */
  scopes: Buffer[];
}

export function peerBook(memberId: string, count: number): PeerBook {
  const slots = Array.from({ length: count }, () => randomBytes(16)).sort(Buffer.compare);
  return {
    memberId,
    count,
    tags: randomBytes(16 * count),
    slots: Buffer.concat(slots),
    sides: Buffer.from(slots.map((slot) => (slot[0] ?? 0) & 1)),
    lookups: randomBytes(16 * count),
    scopes: Array.from({ length: 4 }, () => randomBytes(16)),
  };
}

/**
 * The peer of a sync of new numbers: the same reads and writes as bare SQL, in one transaction, from the same driver,
 * with every value at hand. No HTTP, no JSON, no parsing, no keyed hashes, no decisions.
 */
export async function writeNewBook(database: Database, book: PeerBook): Promise<void> {
  await database.transaction(async (tx) => {
    await readKnown(tx, book.memberId);
    await spendBudgets(tx, book);
    await tx.query(
      `insert into contacts (member_id, tag, slot, low, epoch, private, waiting_slot)
       select $1, substring($2::bytea from i * 16 + 1 for 16), substring($3::bytea from i * 16 + 1 for 16),
         get_byte($4::bytea, i) = 1, 1, false, false
       from generate_series(0, $5::integer - 1) as i`,
      [book.memberId, book.tags, book.slots, book.sides, book.count],
    );
    await tx.query(
      `insert into slots as s (slot, epoch, low_member, high_member)
       select substring($2::bytea from i * 16 + 1 for 16), 1000000,
         case get_byte($3::bytea, i) when 0 then $1 end, case get_byte($3::bytea, i) when 1 then $1 end
       from generate_series(0, $4::integer - 1) as i
       on conflict (slot) do update set low_member = coalesce(excluded.low_member, s.low_member),
         high_member = coalesce(excluded.high_member, s.high_member)
       returning case when low_member is not null and high_member is not null then slot end as slot, epoch`,
      [book.memberId, book.slots, book.sides, book.count],
    );
    await tx.query(`insert into lookups (member_id, lookup_id, tags, scopes) values ($1, $2, $3, '[]')`, [
      book.memberId,
      randomUUID(),
      book.lookups,
    ]);
    await readReport(tx, book);
    await appendEntry(tx, book.memberId);
  });
}

/** The peer of a sync with nothing new: the reads of it as bare SQL, and no write. */
export async function readOldBook(database: Database, book: PeerBook): Promise<void> {
  await database.transaction(async (tx) => {
    await readKnown(tx, book.memberId);
    await readReport(tx, book);
  });
}

async function readKnown(tx: Queryable, memberId: string): Promise<void> {
  await tx.query('select * from members where member_id = $1 for no key update', [memberId]);
  await tx.query(
    `select string_agg(tag || set_byte('\\x00'::bytea, 0, waiting_slot::integer), ''::bytea) as known
     from contacts where member_id = $1`,
    [memberId],
  );
}

async function spendBudgets(tx: Queryable, { scopes }: PeerBook): Promise<void> {
  const rows = scopes.flatMap((scope) =>
    ['lookups', 'slots'].map((unit) => ({ scope: scope.toString('hex'), unit })),
  );
  const held = `insert into budgets as b (scope, unit, tat_ms, extra_spent)
    select decode(s, 'hex'), u, 0, 0 from unnest($1::text[], $2::text[]) as given (s, u)
    on conflict (scope, unit) do update set tat_ms = b.tat_ms + 1 returning tat_ms`;
  const values = [rows.map(({ scope }) => scope), rows.map(({ unit }) => unit)];
  await tx.query(held, values);
  await tx.query(held, values);
}

async function readReport(tx: Queryable, { memberId, scopes }: PeerBook): Promise<void> {
  await tx.query(
    `select count(*)::integer as contacts, count(*) filter (where waiting_slot)::integer as slots,
       count(waiting_lookup)::integer as lookups
     from contacts where member_id = $1 and (waiting_slot or waiting_lookup is not null)`,
    [memberId],
  );
  await tx.query('select * from budgets where scope = $1', [scopes[0]]);
  await tx.query(`select count(*)::integer from people where viewer_id = $1 and how = 'mutual' and ally`, [
    memberId,
  ]);
}

async function appendEntry(tx: Queryable, memberId: string): Promise<void> {
  await tx.query(
    `insert into ledger (member_id, entry_id, at, kind, body, context_hash, mac, sealed, context_salt, context)
     values ($1, $2, now(), 'sync', $3, $4, $4, false, $5, $6)`,
    [memberId, randomUUID(), body, randomBytes(32), randomBytes(16), context],
  );
}

const body = JSON.stringify({
  way: 'plain',
  numbers: 1_000,
  new: 1_000,
  removed: 0,
  rejected: 0,
  waiting: 0,
  met: 0,
});
const context = JSON.stringify({
  prefix: '5.160.0.0/24',
  network: 42337,
  device: 'd'.repeat(32),
  client: 'bench',
});
