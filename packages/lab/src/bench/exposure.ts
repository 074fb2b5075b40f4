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
const ownersMax = 20_000;
const rounds = 3;

/**
 * `exposure`: working out who was exposed to a ring, against one bare scan of the ledger in the same database; the ratio is
 * the time to that of the scan, at most 5.
 *
 * `events` rows are in the ledger, of which each account of the ring has a hundred: half syncs, half cards that it was
 * shown. Each has a book of 200 numbers, ten of which are members' and are looked up with their settings. The scan
 * reads every row once, in one process, with everything in the database's cache that fits; the exposure is the whole
 * of it, from the list of accounts to the figures.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult> {
  const database = await createThrowawayDatabase(true);
  try {
    const hall = await startHall({
      databaseUrl: database.url,
      keyEncryptionKey: randomBytes(32),
      workers: false,
    });
    try {
      const rows = options.events ?? rowsDefault;
      return await measure(hall, rows, options.members ?? Math.max(Math.round(rows / rowsPerAccount), 1));
    } finally {
      await hall.stop();
    }
  } finally {
    await database.drop();
  }
}

async function measure(hall: Hall, rows: number, accounts: number): Promise<BenchResult> {
  await fill(hall, rows, accounts);
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
  await fillLedger(hall, 'm', Math.max(rows - ofRing, 0), 1);
  await fillLedger(hall, 'fake-', accounts * syncsOfAccount, accounts, 'sync');
  await fillLedger(hall, 'fake-', accounts * revealsOfAccount, accounts, 'reveal');
  const owners = Math.min(Math.ceil(rows / 10), ownersMax);
  const tags = await fillMembers(hall, owners);
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

/** Rows of everybody (mixed kinds), or of the ring (one kind, its accounts in turn). */
async function fillLedger(hall: Hall, whose: string, rows: number, among: number, kind = ''): Promise<void> {
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - from);
    await hall.context.database.query(
      `insert into ledger (member_id, entry_id, at, kind, other_id, body, context_hash, mac, sealed, context_salt, context)
       select case when $1 = 'm' or kind = 'reveal' then 'm' || (n % 20000) else $1 || (n % $4 + 1) end, uuidv7(),
         '2026-01-01'::timestamptz + n % 40 * interval '1 day', kind,
         case when kind = 'reveal' then case when $1 = 'm' then 'm' || (n * 7 % 20000) else $1 || (n % $4 + 1) end end,
         case kind
           when 'sync' then '{"way":"plain","numbers":40,"new":4,"removed":0,"rejected":0,"waiting":0,"held":0,"met":1,"allies":0}'
           when 'reveal' then '{"how":"number"}'
           else '{"discoverable":"mutual","hasPhone":true,"validFrom":"2025-12-01T00:00:00.000Z"}' end,
         null, '\\x0102030405060708', true, null,
         case when kind = 'sync' then '{"prefix":"192.0.' || n % 200 || '.0/24","network":' || n % 9 || ',"networkKind":"mobile","country":"IR","operator":"Operator","device":"d","client":"app/1"}' end
       from (select n, case when $5 <> '' then $5 when n % 10 < 4 then 'sync' when n % 10 < 9 then 'reveal' else 'setting' end as kind
             from generate_series($2::bigint, $2::bigint + $3::bigint - 1) as n) as rows`,
      [whose, from, count, among, kind],
    );
  }
}

/** Members with their places in the directory; the tags, 16 bytes each. */
async function fillMembers(hall: Hall, owners: number): Promise<Buffer> {
  const tags = randomBytes(owners * 16);
  await hall.context.database.query(
    `insert into directory (tag, member_id, verified_at, open)
     select substring($1::bytea from n * 16 + 1 for 16), 'm' || n, now(), false
     from generate_series(0, $2::integer - 1) as n`,
    [tags, owners],
  );
  await hall.context.database.query(
    `insert into members (member_id, phone_tag, discoverable, card_name, card_handle, canary, created_at, updated_at)
     select 'm' || n, substring($1::bytea from n * 16 + 1 for 16), 'mutual', 'Name', 'handle', false, now(), now()
     from generate_series(0, $2::integer - 1) as n`,
    [tags, owners],
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
