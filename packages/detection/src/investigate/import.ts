import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DetectStore } from '../detect/index.ts';
import type { Engine } from '../engine/index.ts';
import { WatchError } from '../errors.ts';
import { createImportSql } from '../events/schema.ts';
import type { Networks } from '../network/index.ts';
import { type LogField, type Mapping, missingColumns } from './fields.ts';
import type { Sniffed } from './sniff.ts';
import { type LogSource, quoted, sourceOf, textColumn } from './source.ts';

/** One log file, and which of its columns hold what. */
export interface LogFile {
  file: string;
  sniffed: Sniffed;
  mapping: Mapping;
}

/** A line that is no event, as it stands (or begins) in its file. */
export interface BrokenLine {
  file: string;
  /** Counted from 1; absent where the format has no lines. */
  line?: number;
  why: string;
  text: string;
}

export interface Imported {
  store: DetectStore;
  rows: number;
  broken: number;
  /** How many lines were broken for which reason. */
  reasons: { why: string; count: number }[];
  /** The first few, for the reader. */
  examples: BrokenLine[];
  tookMs: number;
}

export interface ImportOptions {
  /** Share of broken lines above which the whole is refused. */
  maxBad: number;
  /** Milliseconds since 1970: events more than a day later are mistakes. */
  now: number;
  /** Told about twice a second how many rows have been read. */
  onProgress: (rows: number) => void;
}

const database = 'imported';
const dayMs = 86_400_000;
/** Before this, nobody uploaded address books: a clock or a unit is wrong. */
const earliestMs = Date.UTC(1995, 0, 1);
const examplesMax = 3;
const quoteLength = 200;

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
  const mapping = Object.assign({}, ...files.map((each) => each.mapping)) as Mapping;
  await createTables(engine, mapping);
  const folder = await mkdtemp(join(tmpdir(), 'kith-logs-'));
  const timer = setInterval(() => void report(engine, options.onProgress), 500);
  try {
    for (const [place, file] of files.entries()) await readFile(engine, file, place, folder, options);
  } finally {
    clearInterval(timer);
    await rm(folder, { recursive: true, force: true });
  }
  const counts = await countLines(engine);
  const examples = await quoteBroken(engine, files, counts.broken);
  const total = counts.rows + counts.broken;
  if (total === 0) throw new WatchError('log_unreadable', 'The logs hold no lines');
  if (counts.broken / total > options.maxBad) {
    throw new WatchError(
      'log_too_broken',
      tooBroken(counts.broken, total, options.maxBad, counts.reasons, examples),
    );
  }
  if (mapping.ip !== undefined) await fillNetworks(engine, networks);
  const store: DetectStore = {
    engine,
    database,
    table: `${database}.events`,
    missing: missingColumns(mapping),
  };
  return { store, ...counts, examples, tookMs: Math.round(performance.now() - started) };
}

function tooBroken(
  broken: number,
  total: number,
  maxBad: number,
  reasons: Imported['reasons'],
  examples: readonly BrokenLine[],
): string {
  const share = ((broken / total) * 100).toFixed(1);
  const why = reasons.map(({ why: reason, count }) => `${reason}: ${count}`).join(', ');
  const first = examples[0];
  const quote = first ? `; ${where(first)}: ${JSON.stringify(first.text.slice(0, 80))}` : '';
  return `${broken} of ${total} lines (${share} %) are no events (${why}), and at most ${maxBad * 100} % may be${quote}`;
}

export function where({ file, line }: BrokenLine): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** Event columns and the SQL that fills them from the text columns of a log. */
const columnSql: Partial<Record<LogField, Readonly<Record<string, string>>>> = {
  device: { device: 'substring(t_device, 1, 200)' },
  client: { client: 'substring(t_client, 1, 200)' },
  country: { country: "if(match(t_country, '^[A-Za-z]{2}$'), upper(t_country), '')" },
  asn: { asn: "toUInt32OrZero(replaceRegexpOne(t_asn, '^[Aa][Ss]', ''))" },
  created: { created: `ifNull(${timeSql('t_created')}, 0)` },
  numbers: { numbers_new: countSql('t_numbers') },
  rejected: { numbers_rejected: countSql('t_rejected') },
  waiting: { numbers_waiting: countSql('t_waiting') },
  met: { slots_met: countSql('t_met') },
  found: { reveals: countSql('t_found') },
  canaries: { canaries: countSql('t_canaries') },
  followed: { followed: countSql('t_followed') },
  solitary: { solitary: countSql('t_solitary') },
  number_country: {
    number_country: "if(match(t_number_country, '^[A-Za-z]{2}$'), upper(t_number_country), '')",
  },
};

/** A count, or a list whose entries are counted. */
function countSql(column: string): string {
  return `toUInt32(least(if(startsWith(${column}, '['), toFloat64(JSONLength(${column})), greatest(toFloat64OrZero(${column}), 0)), 4000000000))`;
}

/** Milliseconds since 1970, or NULL. */
function timeSql(column: string): string {
  const number = `toFloat64OrZero(${column})`;
  return `multiIf(
    ${column} = '', NULL,
    substring(${column}, 5, 1) = '-', toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(${column}, 3, 'UTC')),
    match(${column}, '^[0-9]+([.][0-9]+)?$'), toInt64(multiIf(${number} < 1e11, ${number} * 1000, ${number} < 1e14, ${number}, ${number} < 1e17, ${number} / 1e3, ${number} / 1e6)),
    substring(${column}, 3, 1) = '/', toInt64(toUnixTimestamp(parseDateTimeOrNull(${column}, '%d/%b/%Y:%H:%i:%s %z', 'UTC'))) * 1000,
    toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(${column}, 3, 'UTC')))`;
}

function columnsOf(mapping: Mapping): Map<string, string> {
  const columns = new Map<string, string>();
  for (const field of Object.keys(mapping) as LogField[]) {
    for (const [name, sql] of Object.entries(columnSql[field] ?? {})) columns.set(name, sql);
  }
  if (mapping.solitary !== undefined && mapping.numbers !== undefined)
    columns.set('sketched', countSql('t_numbers'));
  if (mapping.number_country !== undefined && mapping.numbers !== undefined) {
    columns.set('number_country_count', countSql('t_numbers'));
  }
  if (mapping.ip !== undefined) columns.set('ip', "trim(splitByChar(',', t_ip)[1])");
  return columns;
}

/** What was learnt of each address stands in a table of its own; the events look there. */
const lookedUp = (column: string): string => `joinGet('${database}.networks', '${column}', ip)`;

async function createTables(engine: Engine, mapping: Mapping): Promise<void> {
  const columns = columnsOf(mapping);
  const known = new Set(['member', 'at', ...columns.keys()]);
  const computed = new Map<string, string>();
  const extra: string[] = [];
  await engine.command(`CREATE DATABASE IF NOT EXISTS ${database}`);
  if (mapping.ip !== undefined) {
    await engine.command(`CREATE TABLE ${database}.networks (
      ip String, prefix String, asn UInt32, operator LowCardinality(String), country LowCardinality(String),
      network LowCardinality(String)) ENGINE = Join(ANY, LEFT, ip)`);
    for (const column of ['prefix', 'asn', 'operator', 'country', 'network'])
      computed.set(column, lookedUp(column));
    extra.push('ip String');
  }
  await engine.command(createImportSql(`${database}.events`, known, computed, extra));
  await engine.command(`CREATE TABLE ${database}.broken (
    file UInt32, why LowCardinality(String), raw String) ENGINE = MergeTree ORDER BY tuple()`);
  const incoming = ['member String', 'at Int64', 'file UInt32', 'why LowCardinality(String)', 'raw String'];
  const types = await engine.query<{ name: string; type: string }>(
    `SELECT name, type FROM system.columns WHERE database = '${database}' AND table = 'events'`,
  );
  for (const name of columns.keys())
    incoming.push(`${name} ${types.find((each) => each.name === name)?.type}`);
  await engine.command(`CREATE TABLE ${database}.incoming (${incoming.join(', ')}) ENGINE = Null`);
  await engine.command(`CREATE MATERIALIZED VIEW ${database}.good TO ${database}.events AS
    SELECT ${['member', 'at', ...columns.keys()].join(', ')} FROM ${database}.incoming WHERE why = ''`);
  await engine.command(`CREATE MATERIALIZED VIEW ${database}.bad TO ${database}.broken AS
    SELECT file, why, raw FROM ${database}.incoming WHERE why != ''`);
}

/** The engine reads through a link of our own naming: a path may hold characters that it takes for patterns. */
async function readFile(
  engine: Engine,
  file: LogFile,
  place: number,
  folder: string,
  options: ImportOptions,
): Promise<void> {
  const path = join(folder, `log-${place}`);
  await symlink(resolve(file.file), path);
  const source = sourceOf(path, file.sniffed, file.mapping);
  try {
    await engine.command(insertSql(source, file, place, options.now));
  } catch (cause) {
    if (!(cause instanceof WatchError) || cause.code !== 'event_store_query_failed') throw cause;
    throw new WatchError('log_unreadable', `${file.file}: ${plainReason(cause.message)}`, { cause });
  }
}

function plainReason(message: string): string {
  if (/memory limit/i.test(message)) return 'a line (or what it unpacks to) is too large to hold in memory';
  if (/decompress|inflate|zstd|CANNOT_READ_ALL|unexpected end/i.test(message))
    return 'the compressed data is damaged';
  return message.replace(/^Code: \d+\. DB::Exception: /, '').slice(0, 200);
}

function insertSql(source: LogSource, file: LogFile, place: number, now: number): string {
  const columns = columnsOf(file.mapping);
  const isObject = file.sniffed.format === 'ndjson' ? "NOT isValidJSON(raw), 'not JSON'," : '';
  return `
INSERT INTO ${database}.incoming (member, at, file, why, raw, ${[...columns.keys()].join(', ')})
SELECT member, ifNull(time, 0), ${place},
  multiIf(
    member != '' AND time IS NOT NULL AND time >= ${earliestMs} AND time < ${now + dayMs}, '',
    ${isObject} member = '', 'no account', time IS NULL, 'no time', time < ${earliestMs}, 'a time before 1995', 'a time in the future') AS reason,
  if(reason = '', '', substring(raw, 1, ${quoteLength})), ${[...columns.values()].join(', ')}
FROM (SELECT *, substring(${textColumn('member')}, 1, 200) AS member, ${timeSql(textColumn('at'))} AS time FROM (${source.select}))
SETTINGS ${[source.settings, 'max_insert_threads = 2', 'min_insert_block_size_rows = 500000'].filter(Boolean).join(', ')}`;
}

async function report(engine: Engine, onProgress: (rows: number) => void): Promise<void> {
  const rows = await engine
    .query<{ n: number }>(
      `SELECT toUInt64(sum(rows)) AS n FROM system.parts WHERE active AND database = '${database}'`,
    )
    .catch(() => []);
  if (rows[0]) onProgress(rows[0].n);
}

async function countLines(engine: Engine): Promise<Pick<Imported, 'rows' | 'broken' | 'reasons'>> {
  const good = await engine.query<{ n: number }>(`SELECT count() AS n FROM ${database}.events`);
  const reasons = await engine.query<{ why: string; count: number }>(
    `SELECT toString(b.why) AS why, count() AS count FROM ${database}.broken AS b GROUP BY why ORDER BY count DESC, why`,
  );
  const broken = reasons.reduce((sum, { count }) => sum + count, 0);
  return { rows: good[0]?.n ?? 0, broken, reasons };
}

async function quoteBroken(engine: Engine, files: readonly LogFile[], broken: number): Promise<BrokenLine[]> {
  if (broken === 0) return [];
  const rows = await engine.query<{ file: number; why: string; raw: string }>(
    `SELECT file, toString(why) AS why, raw FROM ${database}.broken ORDER BY file LIMIT ${examplesMax}`,
  );
  const examples: BrokenLine[] = [];
  for (const { file, why, raw } of rows) {
    const log = files[file];
    if (!log) continue;
    const line =
      log.sniffed.format === 'ndjson' || log.sniffed.format === 'combined'
        ? await lineOf(engine, log, raw)
        : undefined;
    examples.push({ file: log.file, why, text: raw, ...(line === undefined ? {} : { line }) });
  }
  return examples.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** Where a line stands in its file: it is read again, in order, until the line is found. */
async function lineOf(engine: Engine, log: LogFile, raw: string): Promise<number | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-logs-'));
  try {
    const path = join(folder, 'log');
    await symlink(resolve(log.file), path);
    const rows = await engine.query<{ place: number }>(
      `SELECT place FROM (
         SELECT rowNumberInAllBlocks() + 1 AS place, line
         FROM file(${quoted(path)}, 'LineAsString', 'line String', '${log.sniffed.compression}')
       ) WHERE startsWith(line, {raw:String}) LIMIT 1
       SETTINGS max_threads = 1, input_format_parallel_parsing = 0`,
      { raw },
    );
    return rows[0]?.place;
  } catch {
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const pageSize = 100_000;

async function fillNetworks(engine: Engine, networks: Networks): Promise<void> {
  await networks.ready;
  const rows = await engine.query<{ ip: string }>(
    `SELECT DISTINCT ip FROM ${database}.events WHERE ip != ''`,
  );
  for (let from = 0; from < rows.length; from += pageSize) {
    const lines = rows.slice(from, from + pageSize).map(({ ip }) => {
      const info = networks.lookup(ip);
      return JSON.stringify({
        ip,
        prefix: info.prefix,
        asn: info.asn ?? 0,
        operator: info.operator ?? '',
        country: info.country ?? '',
        network: info.kind,
      });
    });
    await engine.insertLines(`${database}.networks`, lines.join('\n'));
  }
}
