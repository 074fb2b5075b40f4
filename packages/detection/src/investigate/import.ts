import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DetectStore } from '../detect/index.ts';
import type { Engine } from '../engine/index.ts';
import { WatchError } from '../errors.ts';
import { createImportSql, importSortKey } from '../events/schema.ts';
import type { Networks } from '../network/index.ts';
import { type BrokenLine, type BrokenLines, readBroken, where } from './broken.ts';
import type { DialPlan } from './calling-codes.ts';
import { type Mapping, missingColumns } from './fields.ts';
import {
  type AddressKey,
  columnsOf,
  type ImportColumn,
  networkKey,
  type Only,
  onlySql,
  reasonSql,
  shortSql,
  timeSql,
  wholeAddressKey,
} from './import-sql.ts';
import {
  createLookups,
  fillEventsFromLookups,
  lookupColumns,
  lookupsSelect,
  type NumberKey,
  numbersSql,
} from './lookups.ts';
import { NetworkTable, networkColumns } from './network-table.ts';
import { bombError, rewrite, unpackedBytesFree, unpackedBytesMax } from './prepare.ts';
import { RowsOnDisk } from './rows-on-disk.ts';
import type { Sniffed } from './sniff.ts';
import { sourceOf, textColumn } from './source.ts';

/** One log, and which of its columns hold what. */
export interface LogFile {
  /** For the reader. */
  name: string;
  /** Where it is read: a name of our own making, because a user's may hold characters that the engine takes for patterns. */
  path: string;
  sniffed: Sniffed;
  mapping: Mapping;
  /** Things the reader should know of it: recoded, cut short. */
  remarks: readonly string[];
}

export interface Imported extends BrokenLines {
  store: DetectStore;
  rows: number;
  /** As given, or as they had to be read. */
  files: readonly LogFile[];
  tookMs: number;
}

export interface ImportOptions {
  /** Share of broken lines above which the whole is refused. */
  maxBad: number;
  only: readonly Only[];
  /** How numbers are read that do not say their country. */
  plan?: DialPlan | undefined;
  /** Milliseconds since 1970: events more than a day later are mistakes. */
  now: number;
  /** A folder of our own, for links and rewritten logs. */
  folder: string;
  /** Whether single addresses are marked by a list, so that the network they are in does not say all. */
  marksAddresses: boolean;
  /** Bytes that reading may hold, and that any file may unpack to; smaller ones in tests. */
  limits?: { memoryBytesMax: number; unpackedBytesFree: number };
  /** Told about twice a second how many rows have been read. */
  onProgress: (rows: number) => void;
}

const database = 'imported';
/** Reading holds a few blocks, or one very long line. */
const defaultLimits = { memoryBytesMax: 1_500_000_000, unpackedBytesFree };

/** What all steps of one import share. */
interface Plan {
  engine: Engine;
  columns: ReadonlyMap<string, ImportColumn>;
  hasLookups: boolean;
  key: NumberKey;
  addressKey: AddressKey;
  options: ImportOptions;
}

/**
 * Reads logs into the engine: each file once, parsed by the engine itself. Lines that are no events are set aside and counted.
 * Country and network of every address are looked up once each.
 *
 * @throws WatchError `log_too_broken` where more than `maxBad` of the lines are broken, `log_unreadable`.
 */
export async function importLogs(
  engine: Engine,
  files: readonly LogFile[],
  networks: Networks,
  options: ImportOptions,
): Promise<Imported> {
  const started = performance.now();
  const plan = planOf(engine, files, options);
  await createTables(plan);
  const table = new NetworkTable(engine, database, plan.addressKey, networks);
  const damaged = await readFiles(plan, files, table);
  if (damaged !== undefined)
    return importLogs(engine, await without(damaged, files, options), networks, options);
  const lines = await readBroken(engine, database, files);
  const rows = await countRows(plan);
  refuseBroken(rows, lines, options);
  if (plan.hasLookups) await fillEventsFromLookups(engine, database, plan.columns);
  if (plan.columns.has('address')) await table.finish();
  const missing = missingColumns(files.map(({ mapping }) => mapping));
  const store: DetectStore = {
    engine,
    database,
    table: `${database}.events`,
    sortKey: importSortKey,
    missing,
  };
  return { store, rows, files, ...lines, tookMs: Math.round(performance.now() - started) };
}

function planOf(engine: Engine, files: readonly LogFile[], options: ImportOptions): Plan {
  const all = Object.assign({}, ...files.map(({ mapping }) => mapping)) as Mapping;
  const random = randomBytes(16);
  const addressKey = options.marksAddresses ? wholeAddressKey : networkKey;
  const words = [random.readBigUInt64LE(0), random.readBigUInt64LE(8)] as const;
  return {
    engine,
    columns: columnsOf(all, addressKey),
    addressKey,
    hasLookups: files.some(({ mapping }) => mapping.number !== undefined),
    key: { words: [String(words[0]), String(words[1])] },
    options,
  };
}

async function createTables(plan: Plan): Promise<void> {
  const { engine, columns, hasLookups } = plan;
  const names = [...columns.keys()];
  const known = new Set(['member', 'at', ...names, ...(hasLookups ? lookupColumns : [])]);
  const computed = new Map<string, string>();
  await engine.command(`DROP DATABASE IF EXISTS ${database}`);
  await engine.command(`CREATE DATABASE ${database}`);
  if (columns.has('address')) {
    for (const [name, sql] of await networkColumns(engine, database, plan.addressKey))
      if (!known.has(name)) computed.set(name, sql);
  }
  const extra = columns.has('address') ? [`address ${plan.addressKey.type}`] : [];
  await engine.command(createImportSql(`${database}.events`, known, computed, extra));
  await engine.command(`CREATE TABLE ${database}.broken (
    file UInt32, why LowCardinality(String), raw String, hash UInt64) ENGINE = MergeTree ORDER BY tuple()`);
  const incoming = [...columns.values()].map(({ name, type }) => `${name} ${type}`);
  await engine.command(`CREATE TABLE ${database}.incoming (
    member String, at Int64, file UInt32, why LowCardinality(String), raw String, numbers Array(Tuple(UInt64, UInt32)),
    ${incoming.map((each) => `${each},`).join(' ')} hash UInt64) ENGINE = Null`);
  const isEvent = hasLookups ? "why = '' AND empty(numbers)" : "why = ''";
  await engine.command(`CREATE MATERIALIZED VIEW ${database}.good TO ${database}.events AS
    SELECT ${['member', 'at', ...names].join(', ')} FROM ${database}.incoming WHERE ${isEvent}`);
  await engine.command(`CREATE MATERIALIZED VIEW ${database}.bad TO ${database}.broken AS
    SELECT file, why, raw, hash FROM ${database}.incoming WHERE why != ''`);
  if (!hasLookups) return;
  await createLookups(engine, database, columns);
  await engine.command(
    `CREATE MATERIALIZED VIEW ${database}.asked TO ${database}.lookups AS ${lookupsSelect(database, columns)}`,
  );
}

/** @returns the place of a file whose compressed data is damaged; what had been read of it stands in the tables. */
async function readFiles(
  plan: Plan,
  files: readonly LogFile[],
  networks: NetworkTable,
): Promise<number | undefined> {
  const { engine, hasLookups, options } = plan;
  const tables = hasLookups ? ['events', 'lookups', 'broken'] : ['events', 'broken'];
  const written = await RowsOnDisk.of(engine, database, tables);
  // Rows with numbers become events when all is read, and their addresses are known no sooner.
  const looksUp = plan.columns.has('address') && !hasLookups;
  let isReading = true;
  const timer = setInterval(async () => {
    const rows = await written.count();
    options.onProgress(rows);
    if (looksUp && isReading) networks.grow(rows);
  }, 500);
  try {
    for (const [place, file] of files.entries()) {
      if ((await readFile(plan, file, place)) === 'damaged') return place;
    }
    return undefined;
  } finally {
    isReading = false;
    clearInterval(timer);
    await networks.settle();
  }
}

async function readFile(plan: Plan, file: LogFile, place: number): Promise<'read' | 'damaged'> {
  const isPacked = file.sniffed.compression !== 'none';
  const { limits = defaultLimits } = plan.options;
  try {
    const settings = isPacked
      ? [`max_bytes_to_read = ${await unpackedBytesMax(file.path, limits.unpackedBytesFree)}`]
      : [];
    await plan.engine.command(
      insertSql(plan, file, place, [...settings, `max_memory_usage = ${limits.memoryBytesMax}`]),
    );
    return 'read';
  } catch (cause) {
    if (!(cause instanceof WatchError) || cause.code !== 'event_store_query_failed') throw cause;
    if (/TOO_MANY_BYTES|bytes to read/i.test(cause.message)) throw bombError(file.name);
    if (isPacked && /inflate|decompress|zstd|gzip|zlib|unexpected end|CANNOT_READ_ALL/i.test(cause.message))
      return 'damaged';
    throw new WatchError('log_unreadable', `${file.name}: ${plainReason(cause.message)}`, { cause });
  }
}

function plainReason(message: string): string {
  if (/memory limit/i.test(message)) return 'a line (or what it unpacks to) is too large to hold in memory';
  if (/parquet|arrow/i.test(message)) return 'the Parquet data is damaged';
  return message.replace(/^Code: \d+\. DB::Exception: /, '').slice(0, 200);
}

/** The same files, the damaged one replaced by what can be read of it. */
async function without(
  damaged: number,
  files: readonly LogFile[],
  { folder }: ImportOptions,
): Promise<LogFile[]> {
  const file = files[damaged] as LogFile;
  const path = join(folder, `unpacked-${damaged}`);
  await rewrite(
    file.name,
    { path: file.path, compression: file.sniffed.compression, encoding: 'utf-8' },
    path,
  );
  const remarks = [...file.remarks, 'its compressed data is damaged or cut short: read up to there'];
  return files.map((each, place) =>
    place === damaged ? { ...each, path, sniffed: { ...each.sniffed, compression: 'none' }, remarks } : each,
  );
}

function insertSql(plan: Plan, file: LogFile, place: number, limit: readonly string[]): string {
  const { options, key } = plan;
  const { mapping, sniffed } = file;
  const source = sourceOf(
    file.path,
    sniffed,
    mapping,
    options.only.map(({ column }) => column),
  );
  const columns = columnsOf(mapping, plan.addressKey);
  const numbers = mapping.number === undefined ? '[]' : numbersSql(textColumn('number'), key, options.plan);
  const settings = [
    ...source.settings,
    ...limit,
    'max_insert_threads = 2',
    'min_insert_block_size_rows = 500000',
    // A line without end must run into the limit of memory, which reading ahead in parallel does not heed.
    'input_format_parallel_parsing = 0',
  ];
  return `
INSERT INTO ${database}.incoming (member, at, file, why, raw, hash, numbers${[...columns.keys()].map((name) => `, ${name}`).join('')})
SELECT member, ifNull(time, 0), ${place}, ${reasonSql(sniffed.format, options.now)} AS reason,
  if(reason = '', '', substring(raw, 1, 400)), if(reason = '', 0, cityHash64(raw)), ${numbers}${[...columns.values()].map(({ sql }) => `, ${sql}`).join('')}
FROM (SELECT *, ${shortSql(textColumn('member'))} AS member, ${timeSql(textColumn('at'))} AS time FROM (${source.select})
  WHERE ${onlySql(options.only)})
SETTINGS ${settings.join(', ')}`;
}

async function countRows({ engine, hasLookups }: Plan): Promise<number> {
  const parts = [`SELECT count() AS rows FROM ${database}.events`];
  if (hasLookups) parts.push(`SELECT countIf(place = 1) AS rows FROM ${database}.lookups`);
  const [sum] = await engine.query<{ n: number }>(
    `SELECT sum(rows) AS n FROM (${parts.join(' UNION ALL ')})`,
  );
  return sum?.n ?? 0;
}

function refuseBroken(rows: number, lines: BrokenLines, { maxBad, only }: ImportOptions): void {
  const total = rows + lines.broken;
  if (total === 0) {
    const why = only.length > 0 ? 'No line of the logs is what --only asks for' : 'The logs hold no lines';
    throw new WatchError('log_unreadable', why);
  }
  if (lines.broken / total <= maxBad) return;
  const share = ((lines.broken / total) * 100).toFixed(1);
  const why = lines.reasons.map(({ why: reason, count }) => `${reason}: ${count}`).join(', ');
  const first: BrokenLine | undefined = lines.examples[0];
  const quote = first ? `; ${where(first)}: ${first.text.slice(0, 80)}` : '';
  throw new WatchError(
    'log_too_broken',
    `${lines.broken} of ${total} lines (${share} %) are no events (${why}), and at most ${maxBad * 100} % may be (--max-bad)${quote}`,
  );
}
