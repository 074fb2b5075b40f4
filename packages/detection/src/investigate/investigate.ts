import { glob, readFile } from 'node:fs/promises';
import { detectHistory, type KnownRing, knownRing, type Ring, whoElse } from '../detect/index.ts';
import type { RingProfile, WhoElse } from '../detect/who-else.ts';
import { type Engine, openChdb } from '../engine/index.ts';
import { WatchError } from '../errors.ts';
import { openNetworks } from '../network/index.ts';
import { guessMapping, type LogField, type Mapping, parseMapping } from './fields.ts';
import { importLogs, type LogFile } from './import.ts';
import type { InvestigateOptions } from './options.ts';
import type { Investigation } from './report/report.ts';
import { type Sniffed, sniff } from './sniff.ts';
import { quoted } from './source.ts';

export interface InvestigateEvents {
  /** Something the user should know: what was guessed, what is missing. */
  note: (line: string) => void;
  /** What is going on, to be overwritten by the next. */
  progress: (line: string) => void;
}

/**
 * Reads logs, finds rings in them, and searches for others like them.
 *
 * @param patterns paths or globs.
 * @throws WatchError `log_unreadable`, `log_columns_unknown`, `log_too_broken`, `option_invalid`, `ring_unknown`,
 *   `network_file_invalid`, `event_store_missing`, `event_store_unavailable`.
 */
export async function investigate(
  patterns: readonly string[],
  options: InvestigateOptions,
  events: InvestigateEvents,
): Promise<Investigation> {
  const now = options.now ?? Date.now();
  const given = options.map === undefined ? {} : parseMapping(options.map);
  const known = options.known === undefined ? [] : await readKnown(options.known);
  const files = await expand(patterns);
  const networks = await openNetworks(networkFiles(options));
  const engine = await openChdb({ onLost: events.note });
  try {
    const logs: LogFile[] = [];
    for (const file of files) logs.push(await openLog(engine, file, given));
    for (const log of logs) events.note(columnsNote(log, given));
    const started = performance.now();
    const imported = await importLogs(engine, logs, networks, {
      maxBad: options.maxBad ?? 0.05,
      now,
      onProgress: (rows) => {
        const rate = Math.round(rows / ((performance.now() - started) / 1000));
        events.progress(`${rows.toLocaleString('en-US')} rows, ${rate.toLocaleString('en-US')} a second`);
      },
    });
    const detection = await detectHistory(
      imported.store,
      {
        now,
        ...(options.seed === undefined ? {} : { seed: options.seed }),
        ...(options.windowDays === undefined ? {} : { windowDays: options.windowDays }),
        ...(options.honestPer100k === undefined ? {} : { honestFlaggedPer100k: options.honestPer100k }),
        // Logs are often of the suspicious alone, and nothing acts on a report: nothing needs to be held back.
        guardrails: { flaggedShareMax: 1, shadow: false },
        progress: events.progress,
      },
      known,
    );
    const searches: WhoElse[] = [];
    for (const ring of await profiles(options.like ?? [], detection.rings)) {
      events.progress(`who else did what ${ring.id} did`);
      searches.push(await whoElse(imported.store, ring));
    }
    const { store: _store, tookMs: _tookMs, ...counts } = imported;
    return {
      madeAt: now,
      files: logs.map(({ file, sniffed, mapping }) => ({
        file,
        format: sniffed.format,
        columns: mapping,
        guessed: guessedFields(mapping, given),
      })),
      imported: counts,
      detection,
      whoElse: searches,
      sources: networks.sources,
    };
  } finally {
    await engine.close();
  }
}

function networkFiles(options: InvestigateOptions): Parameters<typeof openNetworks>[0] {
  const { asnFile, countryFile, torFile, proxyFile } = options;
  return {
    ...(asnFile === undefined ? {} : { asnFile }),
    ...(countryFile === undefined ? {} : { countryFile }),
    ...(torFile === undefined ? {} : { torFile }),
    ...(proxyFile === undefined ? {} : { proxyFile }),
  };
}

async function expand(patterns: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const pattern of patterns) {
    if (!/[*?[{]/.test(pattern)) {
      files.push(pattern);
      continue;
    }
    const found: string[] = [];
    for await (const file of glob(pattern)) found.push(file);
    if (found.length === 0) throw new WatchError('log_unreadable', `${pattern} matches no file`);
    files.push(...found.sort());
  }
  if (files.length === 0) throw new WatchError('log_unreadable', 'No log was given');
  return [...new Set(files)];
}

async function openLog(engine: Engine, file: string, given: Mapping): Promise<LogFile> {
  const sniffed = await sniff(file);
  const columns = sniffed.format === 'parquet' ? await parquetColumns(engine, file) : sniffed.columns;
  const mapping = guessMapping(columns, given);
  // An access log without user names knows addresses only: each stands for an account then.
  if (sniffed.format === 'combined' && mapping.member === undefined) mapping.member = 'user';
  const lacking = (['member', 'at'] as const).filter((field) => mapping[field] === undefined);
  if (lacking.length > 0) {
    const list = columns.slice(0, 40).join(', ');
    throw new WatchError(
      'log_columns_unknown',
      `${file}: no column looks like ${lacking.join(' or ')}; say which with --map (its columns: ${list})`,
    );
  }
  const wrong = Object.values(given).find((column) => !isColumn(column, columns, sniffed));
  if (wrong !== undefined) {
    throw new WatchError('log_columns_unknown', `${file}: it has no column "${wrong}"`);
  }
  return { file, sniffed: { ...sniffed, columns }, mapping };
}

/** Columns of JSON may be absent from the sample and come later; those of tables may not. */
function isColumn(column: string, columns: readonly string[], { format }: Sniffed): boolean {
  return format === 'ndjson' || columns.includes(column);
}

async function parquetColumns(engine: Engine, file: string): Promise<string[]> {
  try {
    const rows = await engine.query<{ name: string }>(`DESCRIBE file(${quoted(file)}, 'Parquet')`);
    return rows.map(({ name }) => name);
  } catch (cause) {
    throw new WatchError('log_unreadable', `${file} is damaged: its Parquet footer cannot be read`, {
      cause,
    });
  }
}

const guessedFields = (mapping: Mapping, given: Mapping): LogField[] =>
  (Object.keys(mapping) as LogField[]).filter((field) => given[field] === undefined);

function columnsNote({ file, sniffed, mapping }: LogFile, given: Mapping): string {
  const columns = Object.entries(mapping).map(
    ([field, column]) => `${field}=${column}${given[field as LogField] === undefined ? ' (guessed)' : ''}`,
  );
  return `${file}: ${sniffed.format}; ${columns.join(', ')}`;
}

async function readKnown(file: string): Promise<KnownRing[]> {
  return (await readRings(file)).map(knownRing);
}

async function readRings(file: string): Promise<Ring[]> {
  try {
    const document = JSON.parse(await readFile(file, 'utf8')) as { rings?: Ring[] };
    if (!Array.isArray(document.rings)) throw new TypeError('no rings');
    return document.rings;
  } catch (cause) {
    throw new WatchError('option_invalid', `${file} is no rings.json`, { cause });
  }
}

async function profiles(wanted: readonly string[], found: readonly Ring[]): Promise<RingProfile[]> {
  const rings: RingProfile[] = [];
  for (const name of wanted) {
    const at = name.lastIndexOf('#');
    if (name === 'all') rings.push(...found);
    else if (at > 0) rings.push(pick(await readRings(name.slice(0, at)), name.slice(at + 1)));
    else rings.push(pick(found, name));
  }
  return rings;
}

function pick(rings: readonly Ring[], id: string): Ring {
  const ring = rings.find((each) => each.id === id);
  if (ring) return ring;
  const known = rings.length === 0 ? 'there is none' : `there are ${rings.map((each) => each.id).join(', ')}`;
  throw new WatchError('ring_unknown', `No ring is called ${id}; ${known}`);
}
