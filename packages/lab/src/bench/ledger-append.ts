import { randomBytes } from 'node:crypto';
import { type Hall, startHall } from '@kith/server';
import { createThrowawayDatabase } from '../harness/throwaway-database.ts';
import { type BenchOptions, type BenchResult, median } from './cli.ts';

const numbers = 100;
const scopes = 5;
const writers = 4;
const transactionsPerRound = 100;
const roundsDefault = 15;
/** One of the sync, and one for each side of a meeting. */
const entriesPerTransaction = 3;

/**
 * `ledger-append`: transactions a second with the ledger, against the same transactions without it; the ratio is the
 * time with to the time without, at most 1.3.
 *
 * A transaction is what a sync of 100 new numbers with one meeting writes, and nothing of what it reads: 100 contacts,
 * 100 slots, two budgets of five scopes (held first, then written), and the two sides of the meeting. With the ledger,
 * it also appends two reveals, and the entry of the sync with its personal context, by the service's own code and in
 * two calls as a sync makes them. Four writers at once, durable commits, the embedded
 * PostgreSQL; rounds with and without take turns on the same tables, and the median of the ratios of neighbours counts.
 *
 * `ledger-seal`: how fast the same entries are sealed afterwards, against how fast they came; at least 1, or the
 * sealer falls behind.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult[]> {
  const database = await createThrowawayDatabase({ durable: true });
  try {
    const hall = await startHall({
      databaseUrl: database.url,
      keyEncryptionKey: randomBytes(32),
      workers: false,
    });
    try {
      return await measure(hall, options.rounds ?? roundsDefault);
    } finally {
      await hall.stop();
    }
  } finally {
    await database.drop();
  }
}

async function measure(hall: Hall, rounds: number): Promise<BenchResult[]> {
  const without: number[] = [];
  const withLedger: number[] = [];
  await runRound(hall, true);
  for (let round = 0; round < rounds; round += 1) {
    // Whoever goes second meets warmer tables, so they take turns at that too.
    if (round % 2 === 0) without.push(await runRound(hall, false));
    withLedger.push(await runRound(hall, true));
    if (round % 2 === 1) without.push(await runRound(hall, false));
  }
  const ratio = median(withLedger.map((seconds, round) => seconds / without[round]!));
  const [value, peerValue] = [withLedger, without].map((each) => transactionsPerRound / median(each)) as [
    number,
    number,
  ];
  const ledgerRowsPerSec = value * entriesPerTransaction;
  const peer = 'the same transactions without ledger';
  return [
    {
      name: 'ledger-append',
      value,
      unit: 'transactions/s',
      peer,
      peerValue,
      ratio,
      detail: { ledgerRowsPerSec },
    },
    await measureSealing(hall, ledgerRowsPerSec),
  ];
}

/** @returns seconds */
async function runRound(hall: Hall, isRecorded: boolean): Promise<number> {
  const startedAt = performance.now();
  let left = transactionsPerRound;
  const writer = async () => {
    for (; left > 0; ) {
      left -= 1;
      await writeSync(hall, isRecorded);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return (performance.now() - startedAt) / 1_000;
}

const upsertBudgets = `insert into budgets (scope, unit, tat_ms, extra_spent)
  select s, u, $2, 0 from unnest($1::bytea[]) as s cross join unnest(array['slots', 'lookups']) as u
  on conflict (scope, unit) do update set tat_ms = excluded.tat_ms`;

async function writeSync({ context }: Hall, isRecorded: boolean): Promise<void> {
  const [memberId, otherId] = [0, 1].map(() => randomBytes(8).toString('hex')) as [string, string];
  const [tags, slots, lookups] = [0, 1, 2].map(() => randomBytes(16 * numbers));
  const scopeTags = Array.from({ length: scopes }, () => randomBytes(16));
  await context.database.transaction(async (tx) => {
    await tx.query(
      `insert into contacts (member_id, tag, slot, epoch, low, private, waiting_slot, waiting_lookup)
       select $1, substring($2::bytea from i * 16 + 1 for 16), substring($3::bytea from i * 16 + 1 for 16), 1, true,
         false, false, substring($4::bytea from i * 16 + 1 for 16)
       from generate_series(0, $5::integer - 1) as i`,
      [memberId, tags, slots, lookups, numbers],
    );
    await tx.query(
      `insert into slots as s (slot, epoch, low_member)
       select substring($2::bytea from i * 16 + 1 for 16), 1, $1 from generate_series(0, $3::integer - 1) as i
       on conflict (slot) do update set low_member = coalesce(excluded.low_member, s.low_member)
       returning case when high_member is not null then slot end`,
      [memberId, slots, numbers],
    );
    for (const tat of [0, 1]) await tx.query(upsertBudgets, [scopeTags, tat]);
    await tx.query(
      `insert into people (viewer_id, subject_id, how, slot, epoch, ally, since)
       select v, s, 'mutual', $3, 1, true, now() from unnest($1::text[], $2::text[]) as given (v, s)`,
      [[memberId, otherId], [otherId, memberId], slots!.subarray(0, 16)],
    );
    if (isRecorded) await record(context, tx, memberId, otherId);
  });
}

async function record(
  { ledger, now }: Hall['context'],
  tx: Parameters<typeof ledger.append>[0],
  memberId: string,
  otherId: string,
): Promise<void> {
  const sides = [
    { memberId, otherId },
    { memberId: otherId, otherId: memberId },
  ];
  await ledger.append(
    tx,
    sides.map((side) => ({ ...side, kind: 'reveal' as const, body: { how: 'mutual' } })),
    now(),
  );
  const body = { way: 'plain', numbers, new: numbers, removed: 0, rejected: 0, waiting: 0, met: 1 };
  const origin = {
    prefix: '192.0.2.0/24',
    network: 64_496,
    country: 'NL',
    device: otherId,
    client: 'Kith/1',
  };
  await ledger.append(tx, [{ memberId, kind: 'sync', body, context: origin }], now());
}

async function measureSealing(hall: Hall, ledgerRowsPerSec: number): Promise<BenchResult> {
  const { database } = hall.context;
  const count = async (where: string) => {
    const [row] = await database.query<{ count: number }>(
      `select count(*)::integer as count from ledger where ${where}`,
    );
    return row!.count;
  };
  const entries = await count('not sealed');
  const startedAt = performance.now();
  while ((await count('not sealed')) > 0) await hall.work();
  const value = entries / ((performance.now() - startedAt) / 1_000);
  const peer = 'the same entries appended, by four writers';
  return {
    name: 'ledger-seal',
    value,
    unit: 'entries/s',
    peer,
    peerValue: ledgerRowsPerSec,
    ratio: value / ledgerRowsPerSec,
    detail: { entries },
  };
}
