import { randomBytes } from 'node:crypto';
import { computeExposure, createCase, type Hall, startHall } from '@kith/server';
import { createThrowawayDatabase } from '../harness/throwaway-database.ts';
import { type BenchOptions, type BenchResult, median } from './cli.ts';

const rowsDefault = 1_000_000;
/** As in a ring of 10,000 accounts in a ledger of 50 million rows. */
const rowsPerAccount = 5_000;
const syncsOfAccount = 50;
const revealsOfAccount = 50;
const numbersInBook = 200;
const ownedInBook = 10;
const rowsPerMember = 50;
const roundsDefault = 3;

/**
 * `exposure`: working out who was exposed to a ring, against one bare scan of the ledger in the same database; the ratio is
 * the time to that of the scan, at most 5.
 *
 * `events` rows are in the ledger, one in fifty of a member each, of which each account of the ring has a hundred: half
 * syncs, half cards that it was shown. Each has a book of 200 numbers, ten of which are members' and are looked up with
 * their settings. The scan reads every row once, in one process, with everything in the database's cache that fits; the
 * exposure is the whole of it, from the list of accounts to the figures. At 50 million rows it takes 30 GB of disk.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult> {
  const database = await createThrowawayDatabase({ durable: true });
  try {
    const hall = await startHall({
      databaseUrl: database.url,
      keyEncryptionKey: randomBytes(32),
      workers: false,
    });
    try {
      const rows = options.events ?? rowsDefault;
      const accounts = options.members ?? Math.max(Math.round(rows / rowsPerAccount), 1);
      await fill(hall, rows, accounts);
      return await measure(hall, { rows, accounts, rounds: options.rounds ?? roundsDefault });
    } finally {
      await hall.stop();
    }
  } finally {
    await database.drop();
  }
}

async function measure(
  hall: Hall,
  { rows, accounts, rounds }: { rows: number; accounts: number; rounds: number },
): Promise<BenchResult> {
  const { database } = hall.context;
  const scans: number[] = [];
  const exposures: number[] = [];
  let exposed = 0;
  await createCase(hall.context, { id: 'bench', name: 'Bench', rings: ['ring-bench'] }, 'bench');
  for (let round = 0; round < rounds; round += 1) {
    scans.push(
      await seconds(() =>
        database.transaction(async (tx) => {
          await tx.query('set local max_parallel_workers_per_gather = 0');
          await tx.query('select count(*), max(at), max(length(body)) from ledger');
        }),
      ),
    );
    exposures.push(
      await seconds(async () => {
        const figures = await computeExposure(hall.context, 'bench', 'bench');
        exposed = figures.membersExposed;
      }),
    );
  }
  const [value, peerValue] = [median(exposures), median(scans)];
  return {
    name: 'exposure',
    value,
    unit: 's',
    peer: 'one bare scan of the ledger',
    peerValue,
    ratio: value / peerValue,
    detail: { rows, accounts, exposed },
  };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

async function fill(hall: Hall, rows: number, accounts: number): Promise<void> {
  const { database } = hall.context;
  const ofRing = accounts * (syncsOfAccount + revealsOfAccount);
  const members = Math.ceil(rows / rowsPerMember);
  const restoreIndexes = await dropIndexes(hall);
  await fillLedger(hall, { rows: Math.max(rows - ofRing, 0), members });
  await fillLedger(hall, { rows: accounts * syncsOfAccount, members, accounts, kind: 'sync' });
  await fillLedger(hall, { rows: accounts * revealsOfAccount, members, accounts, kind: 'reveal' });
  await restoreIndexes();
  const tags = await fillMembers(hall, members);
  await database.query(
    `insert into rings (ring_id, state, accounts, evidence, found_at, updated_at, body)
     values ('ring-bench', 'open', $1, 14, now(), now(), $2)`,
    [accounts, JSON.stringify(ringBody)],
  );
  await database.query(
    `insert into ring_members (ring_id, member_id, evidence, own, flagged, protected)
     select 'ring-bench', 'fake-' || n, 14, 9, true, false from generate_series(1, $1::integer) as n`,
    [accounts],
  );
  for (let account = 1; account <= accounts; account += 1) await fillBook(hall, `fake-${account}`, tags);
  await database.query('vacuum analyze');
}

/** Sorting all rows into an index at the end takes a fraction of the time of inserting each into it. */
async function dropIndexes({ context: { database } }: Hall): Promise<() => Promise<void>> {
  const indexes = await database.query<{ name: string; sql: string }>(
    `select indexname as name, indexdef as sql from pg_indexes where tablename = 'ledger' and indexname <> 'ledger_pkey'`,
  );
  await database.query('alter table ledger drop constraint ledger_pkey');
  for (const { name } of indexes) await database.query(`drop index ${name}`);
  return () =>
    database.transaction(async (tx) => {
      await tx.query(`set local maintenance_work_mem = '1GB'`);
      await tx.query('alter table ledger add primary key (member_id, entry_id)');
      for (const { sql } of indexes) await tx.query(sql);
    });
}

const ringBody = {
  reasons: [],
  links: [],
  origins: [],
  since: 0,
  until: 0,
  tried: { numbers: 0 },
  got: { reveals: 0 },
};
const rowsAtOnce = 500_000;

interface Rows {
  rows: number;
  members: number;
  /** Where all rows are of one kind and belong to the ring, its accounts in turn; else they are everybody's, mixed. */
  accounts?: number;
  kind?: 'sync' | 'reveal';
}

async function fillLedger(hall: Hall, { rows, members, accounts, kind }: Rows): Promise<void> {
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - from);
    await hall.context.database.query(
      `insert into ledger (member_id, entry_id, at, kind, other_id, body, context_hash, mac, sealed, context_salt, context)
       select case when kind = 'reveal' or $3::integer is null then 'm' || abs(hashint8(n)::bigint) % $5 else 'fake-' || n % $3 + 1 end, uuidv7(),
         '2026-01-01'::timestamptz + n % 40 * interval '1 day', kind,
         case when kind = 'reveal' then case when $3 is null then 'm' || abs(hashint8(-n)::bigint) % $5 else 'fake-' || n % $3 + 1 end end,
         case kind
           when 'sync' then '{"way":"plain","numbers":40,"new":4,"removed":0,"rejected":0,"waiting":0,"held":0,"met":1,"allies":0}'
           when 'reveal' then '{"how":"number"}'
           else '{"discoverable":"mutual","hasPhone":true,"validFrom":"2025-12-01T00:00:00.000Z"}' end,
         null, '\\x0102030405060708', true, null,
         case when kind = 'sync' then '{"prefix":"192.0.' || n % 200 || '.0/24","network":' || n % 9 || ',"networkKind":"mobile","country":"IR","operator":"Operator","device":"d","client":"app/1"}' end
       from (select n, coalesce($4, case when n % 10 < 4 then 'sync' when n % 10 < 9 then 'reveal' else 'setting' end) as kind
             from generate_series($1::bigint, $1::bigint + $2::bigint - 1) as n) as rows`,
      [from, count, accounts ?? null, kind ?? null, members],
    );
  }
}

/** Members with their places in the directory; the tags, 16 bytes each. */
async function fillMembers(hall: Hall, members: number): Promise<Buffer> {
  const tags = randomBytes(members * 16);
  await hall.context.database.query(
    `insert into directory (tag, member_id, verified_at, open)
     select substring($1::bytea from n * 16 + 1 for 16), 'm' || n, now(), false
     from generate_series(0, $2::integer - 1) as n`,
    [tags, members],
  );
  await hall.context.database.query(
    `insert into members (member_id, phone_tag, discoverable, card_name, card_handle, canary, created_at, updated_at)
     select 'm' || n, substring($1::bytea from n * 16 + 1 for 16), 'mutual', 'Name', 'handle', false, now(), now()
     from generate_series(0, $2::integer - 1) as n`,
    [tags, members],
  );
  return tags;
}

async function fillBook(hall: Hall, account: string, owned: Buffer): Promise<void> {
  const own = Array.from({ length: ownedInBook }, () => {
    const at = Math.floor(Math.random() * (owned.length / 16)) * 16;
    return owned.subarray(at, at + 16);
  });
  const strangers = randomBytes((numbersInBook - ownedInBook) * 16);
  const tags = hall.context.keyring.memberTags(account, Buffer.concat([...own, strangers]));
  await hall.context.database.query(
    `insert into contacts (member_id, tag, private, waiting_slot)
     select $1, substring($2::bytea from n * 16 + 1 for 16), false, false
     from generate_series(0, $3::integer - 1) as n on conflict do nothing`,
    [account, tags, numbersInBook],
  );
}
