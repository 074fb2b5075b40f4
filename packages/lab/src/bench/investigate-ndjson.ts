import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, openChdb, runInvestigate } from '@kith/detection';
import { type BenchOptions, type BenchResult, median } from './cli.ts';

/**
 * `investigate-ndjson`: rows a second from gzip NDJSON to the written report, start of the engine included, against the same
 * engine's `count()` over the same file, which unpacks it and tells its rows apart and no more. The ratio is theirs to ours, at
 * most 4. A log of honest people of whom one in a thousand is of a fleet; addresses of homes, so a network for nearly each.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult> {
  const { members = 150_000, rounds = 3 } = options;
  const rows = members * 20;
  const folder = await mkdtemp(join(tmpdir(), 'kith-bench-'));
  const log = join(folder, 'log.ndjson.gz');
  try {
    const engine = await openChdb();
    await engine.command(writeLogSql(log, rows, members));
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      theirs.push(await timeCount(engine, log, rows));
      ours.push(await timeInvestigate(log, join(folder, 'out')));
    }
    await engine.close();
    const [value, peerValue] = [rows / median(ours), rows / median(theirs)];
    return {
      name: 'investigate-ndjson',
      value,
      unit: 'rows/s',
      peer: "the engine's count() over the same file",
      peerValue,
      ratio: peerValue / value,
      detail: { rows, members },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function writeLogSql(file: string, rows: number, members: number): string {
  const member = `cityHash64(number, 1) % ${members}`;
  const isFleet = `(member % 1000 = 0)`;
  return `
INSERT INTO FUNCTION file('${file}', 'JSONEachRow', 'auto', 'gzip')
SELECT concat('user-', toString(member)) AS user_id,
  formatDateTime(toDateTime(1764547200 + intDiv(number * 2592000, ${rows}), 'UTC'), '%FT%TZ') AS ts,
  if(${isFleet}, concat('5.160.139.', toString(member % 200 + 1)),
    concat(toString(24 + cityHash64(member, 2) % 60), '.', toString(cityHash64(member, 3) % 250), '.',
      toString(cityHash64(member, 4) % 60), '.', toString(1 + cityHash64(number, 3) % 250))) AS client_ip,
  if(${isFleet}, 'okhttp/3.12', concat('Chat/5.', toString(cityHash64(member, 5) % 12), ' (Android 16)')) AS user_agent,
  if(${isFleet}, 200, cityHash64(number, 7) % 12) AS contacts,
  if(${isFleet}, 2, intDiv(contacts, 3)) AS matches,
  if(${isFleet}, 0, intDiv(contacts, 4)) AS mutual
FROM (SELECT number, ${member} AS member FROM numbers(${rows}))`;
}

async function timeCount(engine: Engine, file: string, rows: number): Promise<number> {
  const started = performance.now();
  // What it remembers of a file is no reading.
  const found = await engine.query<{ n: number }>(
    `SELECT count() AS n FROM file('${file}', 'JSONEachRow') SETTINGS use_cache_for_count_from_files = 0`,
  );
  const ms = performance.now() - started;
  if (found[0]?.n !== rows) throw new Error(`${found[0]?.n} of ${rows} rows counted`);
  return ms / 1_000;
}

async function timeInvestigate(file: string, out: string): Promise<number> {
  const started = performance.now();
  const said: string[] = [];
  const silent = () => {};
  const code = await runInvestigate(
    [file],
    { out, now: Date.UTC(2026, 0, 15) },
    { stdout: silent, stderr: (text) => said.push(text), progress: silent },
  );
  if (code !== 1) throw new Error(`the fleet was not found: ${said.join(' ')}`);
  return (performance.now() - started) / 1_000;
}
