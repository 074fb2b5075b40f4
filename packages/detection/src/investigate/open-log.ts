import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { Engine } from '../engine/index.ts';
import { quoted } from '../engine/sql-text.ts';
import { WatchError } from '../errors.ts';
import { isCombinedColumn } from './combined.ts';
import { stdinName } from './expand.ts';
import {
  type Guess,
  guessColumns,
  isConstant,
  type LogColumn,
  type LogField,
  type Mapping,
} from './fields.ts';
import type { LogFile } from './import.ts';
import type { Only } from './import-sql.ts';
import { rewrite, spool } from './prepare.ts';
import { type Head, readHead, type Sniffed, sniff, unreadable } from './sniff.ts';

export interface OpenLogOptions {
  given: Mapping;
  only: readonly Only[];
  /** A folder of our own, for links and rewritten logs. */
  folder: string;
  stdin?: Readable | undefined;
  stop?: AbortSignal | undefined;
}

/** A log that is ready to be read, with why each column was taken for what. */
export interface OpenedLog extends LogFile {
  guesses: Partial<Record<LogField, Guess>>;
}

/**
 * Looks into a log: how it is written, and which column holds what.
 *
 * @param engine asked for where the engine alone can tell.
 * @returns undefined where the file is empty.
 * @throws WatchError `log_unreadable`, `log_columns_unknown`.
 */
export async function openLog(
  engine: () => Promise<Engine>,
  file: string,
  place: number,
  options: OpenLogOptions,
): Promise<OpenedLog | undefined> {
  const name = file === stdinName ? 'stdin' : file;
  const path = await placeLog(file, place, options);
  const head = await readHead(path, name);
  if (!head) return undefined;
  const read =
    head.encoding === 'utf-8' ? { path, head, remarks: [] } : await recode(name, path, place, head, options);
  if (!read.head) return undefined;
  const sniffed = sniff(read.head, name);
  const columns =
    sniffed.format === 'parquet' ? await parquetColumns(await engine(), name, path) : sniffed.columns;
  const { mapping, guesses } = mapColumns(name, { ...sniffed, columns }, options);
  const remarks = [...read.remarks, ...(sniffed.format === 'ndjson' ? unseenColumns(columns, options) : [])];
  return { name, path: read.path, sniffed: { ...sniffed, columns }, mapping, guesses, remarks };
}

/** Gives a log a path of our own making; what comes through stdin is laid down first. */
async function placeLog(
  file: string,
  place: number,
  { folder, stdin, stop }: OpenLogOptions,
): Promise<string> {
  const path = join(folder, `log-${place}`);
  if (file !== stdinName) await symlink(resolve(file), path);
  else if (stdin) await spool(stdin, path, stop);
  else throw new WatchError('log_unreadable', 'There is no stdin to read');
  return path;
}

async function recode(
  name: string,
  path: string,
  place: number,
  { compression, encoding }: Head,
  { folder }: OpenLogOptions,
): Promise<{ path: string; head: Head | undefined; remarks: string[] }> {
  const recoded = join(folder, `recoded-${place}`);
  await rewrite(name, { path, compression, encoding }, recoded);
  return {
    path: recoded,
    head: await readHead(recoded, name),
    remarks: [`written in ${encoding.toUpperCase().slice(0, 6)}, read as UTF-8`],
  };
}

function mapColumns(
  name: string,
  sniffed: Sniffed,
  { given, only }: OpenLogOptions,
): Pick<OpenedLog, 'mapping' | 'guesses'> {
  const { columns, format } = sniffed;
  const names = columns.map((column) => column.name);
  const wrong = [...Object.values(given), ...only.map(({ column }) => column)].find(
    (column) => !isConstant(column, names) && !mayHave(column, names, format),
  );
  if (wrong !== undefined)
    throw new WatchError(
      'log_columns_unknown',
      `${name}: it has no column "${wrong}" (its columns: ${listed(names)})`,
    );
  const guesses = guessColumns(columns, given);
  // An access log without user names knows addresses only: each stands for an account then.
  if (format === 'combined' && given.member === undefined) guesses.member = accountOf(columns);
  const mapping: Mapping = { ...given };
  for (const [field, guess] of Object.entries(guesses)) mapping[field as LogField] = guess.column;
  const lacking = (['member', 'at'] as const).filter((field) => mapping[field] === undefined);
  if (lacking.length === 0) return { mapping, guesses };
  throw new WatchError(
    'log_columns_unknown',
    `${name}: no column looks like ${lacking.join(' or ')}; say which with --map (its columns: ${listed(names)})`,
  );
}

function accountOf(columns: readonly LogColumn[]): Guess {
  const hasUsers = columns.some(({ name, samples }) => name === 'user' && samples.length > 0);
  return {
    column: 'user',
    why: hasUsers ? 'by its name' : 'no line names a user, so each address stands for an account',
  };
}

/** Columns of JSON may be absent from the sample and come later; those of tables may not. */
function mayHave(column: string, names: readonly string[], format: Sniffed['format']): boolean {
  if (format === 'combined') return isCombinedColumn(column);
  return format === 'ndjson' || names.includes(column);
}

/** Columns that the user names and the sample lacks: they may come later, or be a slip of the pen that would silence signals. */
function unseenColumns(columns: readonly LogColumn[], { given }: OpenLogOptions): string[] {
  const names = columns.map((column) => column.name);
  return Object.entries(given)
    .filter(([, column]) => !names.includes(column) && !isConstant(column, names))
    .map(
      ([field, column]) =>
        `none of its first lines has "${column}", given for ${field} (they have: ${listed(names)})`,
    );
}

function listed(names: readonly string[]): string {
  return (
    names
      .slice(0, 40)
      .map((name) => name.slice(0, 60))
      .join(', ') + (names.length > 40 ? ', …' : '')
  );
}

const samplesMax = 50;

async function parquetColumns(engine: Engine, name: string, path: string): Promise<LogColumn[]> {
  try {
    const file = `file(${quoted(path)}, 'Parquet')`;
    const rows = await engine.query<{ name: string }>(`DESCRIBE ${file}`);
    const values = await engine.query<Record<string, unknown>>(`SELECT * FROM ${file} LIMIT ${samplesMax}`);
    return rows.map((column) => ({
      name: column.name,
      samples: values
        .map((row) => row[column.name])
        .filter((value) => value !== null && value !== undefined && value !== '')
        .map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
    }));
  } catch (cause) {
    throw Object.assign(unreadable(name, 'is damaged: its Parquet footer cannot be read'), { cause });
  }
}
