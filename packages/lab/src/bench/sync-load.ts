import type { Database } from '@kith/server';

/** How full the tables are before anything is measured. */
export interface LoadSize {
  members: number;
  slots: number;
}

/**
 * Fills the tables of a running service with made-up rows of the real shape: members with directory entries, slots with
 * one side written, and the contacts that wrote them, ten a member. All keys are random, as keyed tags are. Indexes are
 * made afterwards, which for the same rows is many times faster and leaves them as tight as they can be.
 */
export async function loadTables(database: Database, { members, slots }: LoadSize): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('truncate contacts, slots, members, directory');
    for (const [table, key] of keys) await tx.query(`alter table ${table} drop constraint ${key}`);
    await tx.query(
      `insert into members (member_id, phone_sealed, phone_tag, phone_verified_at, discoverable, card_name, card_handle,
         canary, created_at, updated_at)
       select 'l-' || i, sha256(int8send(i)) || ${random('i', 1)}, ${random('i', 2)}, now(),
         (array['nobody', 'mutual', 'anyone'])[1 + i % 3], 'Name ' || i, 'handle' || i, false, now(), now()
       from generate_series(1, $1::bigint) as i`,
      [members],
    );
    await tx.query(
      `insert into directory (tag, member_id, verified_at, open)
       select ${random('i', 2)}, 'l-' || i, now(), i % 3 = 2 from generate_series(1, $1::bigint) as i`,
      [members],
    );
    await tx.query(
      `insert into slots (slot, epoch, low_member)
       select ${random('i', 3)}, ${epochOf}, 'l-' || 1 + i % $2::bigint from generate_series(1, $1::bigint) as i`,
      [slots, members],
    );
    await tx.query(
      `insert into contacts (member_id, tag, slot, low, epoch, private, waiting_slot)
       select 'l-' || 1 + i % $2::bigint, ${random('i', 4)}, ${random('i', 3)}, true, ${epochOf}, false, false
       from generate_series(1, $1::bigint) as i`,
      [slots, members],
    );
    for (const [table, key, columns] of keys) {
      await tx.query(`alter table ${table} add constraint ${key} primary key (${columns})`);
    }
  });
  await database.query('vacuum (analyze) members, directory, slots, contacts');
}

const keys = [
  ['members', 'members_pkey', 'member_id'],
  ['directory', 'directory_pkey', 'tag'],
  ['slots', 'slots_pkey', 'slot'],
  ['contacts', 'contacts_pkey', 'member_id, tag'],
] as const;

/** Any epoch will do, as long as nobody takes it for over. */
const epochOf = '1000000';

/** 16 bytes that look random and are the same for the same row. */
function random(row: string, stream: number): string {
  return `decode(md5(${row} || ':${stream}'), 'hex')`;
}
