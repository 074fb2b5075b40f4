import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { computeExposure, createCase, exportIncident, type Hall, startHall } from '@kith/server';
import { createThrowawayDatabase } from '../harness/throwaway-database.ts';
import type { BenchOptions, BenchResult } from './cli.ts';

const membersDefault = 100_000;
const parts = 10;
const sampleMs = 20;
const collectMs = 1_000;

/**
 * `incident-notices`: everything that is made of an incident, from the ledger to one notice for each of `members` exposed
 * members on disk, in notices a second; against the same with a tenth of them. The ratio is that of the most memory in use
 * after a collection: near 1 where memory does not grow with the incident. What the process holds beside it is room that the
 * collector keeps, the more the longer it runs.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult> {
  const database = await createThrowawayDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'kith-notices-'));
  try {
    const hall = await startHall({
      databaseUrl: database.url,
      keyEncryptionKey: randomBytes(32),
      workers: false,
    });
    try {
      const members = options.members ?? membersDefault;
      const small = await measure(hall, 'small', members / parts, folder);
      const whole = await measure(hall, 'whole', members, folder);
      return {
        name: 'incident-notices',
        value: whole.notices / whole.seconds,
        unit: 'notices/s',
        peer: 'a tenth as many',
        peerValue: small.notices / small.seconds,
        ratio: whole.usedMb / small.usedMb,
        rssMb: Math.round(whole.peakMb),
        detail: {
          notices: whole.notices,
          usedMb: whole.usedMb,
          smallUsedMb: small.usedMb,
          smallRssMb: Math.round(small.peakMb),
        },
      };
    } finally {
      await hall.stop();
    }
  } finally {
    await rm(folder, { recursive: true });
    await database.drop();
  }
}

async function measure(hall: Hall, name: string, members: number, folder: string) {
  await fill(hall, name, Math.round(members));
  await createCase(hall.context, { id: name, name, rings: [`ring-${name}`] }, 'bench');
  let peak = 0;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, sampleMs);
  let used = 0;
  const collector = setInterval(() => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    used = Math.max(used, heapUsed + external);
  }, collectMs);
  const startedAt = performance.now();
  await computeExposure(hall.context, name, 'bench');
  const { notices } = await exportIncident(hall.context, name, join(folder, name));
  const seconds = (performance.now() - startedAt) / 1000;
  clearInterval(sampler);
  clearInterval(collector);
  return { notices, seconds, peakMb: peak / mega, usedMb: Math.round((used / mega) * 10) / 10 };
}

const mega = 1024 ** 2;

/** As `node --expose-gc` has it, for this benchmark alone. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** Members, each of whom was shown to one of ten accounts of a ring. */
async function fill(hall: Hall, name: string, members: number): Promise<void> {
  const { database } = hall.context;
  const accounts = 10;
  await database.query(
    `insert into members (member_id, discoverable, card_name, card_handle, canary, created_at, updated_at)
     select $1 || n, 'anyone', 'Name of ' || n, 'handle', false, now(), now() from generate_series(1, $2::integer) as n`,
    [name, members],
  );
  await database.query(
    `insert into ledger (member_id, entry_id, at, kind, other_id, body, mac, sealed)
     select $1 || n, uuidv7(), '2026-01-01'::timestamptz + n % 30 * interval '1 day', 'reveal', 'fake-' || $1 || n % $3,
       '{"how":"number"}', '\\x00', true
     from generate_series(1, $2::integer) as n`,
    [name, members, accounts],
  );
  const body = {
    reasons: [],
    links: [],
    origins: [],
    since: 0,
    until: 0,
    tried: { numbers: 0 },
    got: { reveals: 0 },
  };
  await database.query(
    `insert into rings (ring_id, state, accounts, evidence, found_at, updated_at, body)
     values ($1, 'open', $2, 14, now(), now(), $3)`,
    [`ring-${name}`, accounts, JSON.stringify(body)],
  );
  await database.query(
    `insert into ring_members (ring_id, member_id, evidence, own, flagged, protected)
     select 'ring-' || $1, 'fake-' || $1 || n, 14, 9, true, false from generate_series(0, $2::integer - 1) as n`,
    [name, accounts],
  );
  await database.query('vacuum analyze');
}
