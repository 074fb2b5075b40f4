import type { Database } from '@kith/server';
import { epochStartMs } from '../harness/clock.ts';
import { createPopulation, memberLineOf } from '../population/population.ts';
import type { BenchOptions, BenchResult } from './cli.ts';
import { type SyncRig, startSyncRig } from './sync-rig.ts';

/** What an import writes. */
const tables = ['members', 'directory', 'ledger'] as const;

/**
 * `import-members`: a million members through `POST /v1/members/import` as one NDJSON stream, against `COPY` of the very
 * rows that it wrote (members, directory, ledger) with the same indexes, in one transaction; the ratio is ours to
 * theirs, at most 3.0. The peer's rows lie ready in files of the database server: no client, no parsing, no keys.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult> {
  const { members = 1_000_000 } = options;
  const rig = await startSyncRig();
  try {
    const ours = await timeImport(rig, members);
    const theirs = await timeCopy(rig.database);
    const rssMb = await rig.peakRssMb();
    return {
      name: 'import-members',
      value: ours / 1_000,
      unit: 's',
      peer: 'COPY of the same rows with their indexes',
      peerValue: theirs / 1_000,
      ratio: ours / theirs,
      ...(rssMb !== undefined && { rssMb }),
      detail: { members, membersPerSec: Math.round(members / (ours / 1_000)) },
    };
  } finally {
    await rig.stop();
  }
}

async function timeImport(rig: SyncRig, members: number): Promise<number> {
  const population = createPopulation({
    seed: 1,
    startMs: epochStartMs,
    countries: [{ region: 'GB', members }],
  });
  function* lines() {
    for (const member of population.members()) yield memberLineOf(member);
  }
  const startedMs = performance.now();
  const summary = await rig.host.importMembers(lines());
  const ms = performance.now() - startedMs;
  if (summary.imported !== members) throw new Error(`${summary.imported} of ${members} members imported`);
  return ms;
}

/** Tables of the same shape, indexes included, filled from files in the database's own folder. */
async function timeCopy(database: Database): Promise<number> {
  const [folder] = await database.query<{ path: string }>(`select current_setting('data_directory') as path`);
  const fileOf = (table: string) => `'${folder?.path}/peer-${table}.copy'`;
  for (const table of tables) {
    await database.query(`copy ${table} to ${fileOf(table)}`);
    await database.query(`create table peer_${table} (like ${table} including all)`);
  }
  const startedMs = performance.now();
  await database.transaction(async (tx) => {
    for (const table of tables) await tx.query(`copy peer_${table} from ${fileOf(table)}`);
  });
  return performance.now() - startedMs;
}
