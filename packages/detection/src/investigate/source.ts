import { identifier, quoted } from '../engine/sql-text.ts';
import { combinedPattern, combinedSql } from './combined.ts';
import { isConstant, type LogField, type Mapping } from './fields.ts';
import type { Compression } from './prepare.ts';
import type { Sniffed } from './sniff.ts';

/** A log as SQL: a query that yields `raw` (the line, for quoting) and one text column for each thing that is asked of it. */
export interface LogSource {
  select: string;
  settings: readonly string[];
  /** Whether `raw` is the line as it stands in the file. */
  rawIsLine: boolean;
}

/** `t_member`, `t_at`, ...: the text of a mapped field. */
export const textColumn = (field: LogField): string => `t_${field}`;
/** `o_0`, `o_1`, ...: the text that `--only` looks at. */
export const onlyColumn = (place: number): string => `o_${place}`;

/** What is read of a log: a name for it in SQL, and the column that holds it. */
type Wanted = readonly (readonly [name: string, column: string])[];

/**
 * @param path where the engine finds the file; of our own making, so it needs no escaping beyond quotes.
 * @param mapping columns of this file only.
 * @param only columns that decide which rows count.
 */
export function sourceOf(
  path: string,
  sniffed: Sniffed,
  mapping: Mapping,
  only: readonly string[],
): LogSource {
  const names = sniffed.columns.map(({ name }) => name);
  const fields = Object.entries(mapping) as [LogField, string][];
  const constants = fields.filter(([, column]) => isConstant(column, names));
  const wanted = [
    ...fields
      .filter(([, column]) => !isConstant(column, names))
      .map(([field, column]) => [textColumn(field), column] as const),
    ...only.map((column, place) => [onlyColumn(place), column] as const),
  ];
  const source = makers[sniffed.format](path, sniffed, wanted);
  const said = constants.map(([field, value]) => `${quoted(value)} AS ${textColumn(field)}`);
  return said.length === 0
    ? source
    : { ...source, select: `SELECT *, ${said.join(', ')} FROM (${source.select})` };
}

const makers = {
  ndjson: jsonSource,
  combined: combinedSource,
  csv: csvSource,
  parquet: parquetSource,
} as const;

export const linesOf = (path: string, compression: Compression): string =>
  `file(${quoted(path)}, 'LineAsString', 'line String', '${compression}')`;

const notBlank = "line != '' AND line != '\\r'";

/**
 * Lines are parsed once, into a tuple of just the columns that are wanted: faster than rows of JSON, and what is no JSON
 * yields empty fields instead of an error.
 */
function jsonSource(path: string, sniffed: Sniffed, wanted: Wanted): LogSource {
  const tree = new Branch();
  const pathOf = (column: string): readonly string[] =>
    sniffed.columns.find(({ name }) => name === column)?.path ?? column.split('.');
  for (const [, column] of wanted) tree.add(pathOf(column));
  const columns = wanted.map(([name, column]) => `${tree.access('t', pathOf(column))} AS ${name}`);
  const select = `SELECT line AS raw, ${columns.join(', ')} FROM (
    SELECT line, JSONExtract(line, ${quoted(tree.type())}) AS t FROM ${linesOf(path, sniffed.compression)} WHERE ${notBlank})`;
  return { select, settings: [], rawIsLine: true };
}

/** Names nested in names, as a ClickHouse tuple. */
class Branch {
  readonly #inner = new Map<string, Branch>();

  add(path: readonly string[]): void {
    const [name, ...rest] = path;
    if (name === undefined) return;
    const branch = this.#inner.get(name) ?? new Branch();
    this.#inner.set(name, branch);
    branch.add(rest);
  }

  type(): string {
    if (this.#inner.size === 0) return 'String';
    return `Tuple(${[...this.#inner].map(([name, branch]) => `${identifier(name)} ${branch.type()}`).join(', ')})`;
  }

  access(value: string, path: readonly string[]): string {
    const [name, ...rest] = path;
    if (name === undefined) return this.#inner.size === 0 ? value : "''";
    const place = [...this.#inner.keys()].indexOf(name) + 1;
    return this.#inner.get(name)?.access(`tupleElement(${value}, ${place})`, rest) ?? "''";
  }
}

function combinedSource(path: string, sniffed: Sniffed, wanted: Wanted): LogSource {
  const columns = wanted.map(([name, column]) => {
    const value = combinedSql(column);
    // Without a user name, the address stands for the account.
    const absent = name === textColumn('member') && column === 'user' ? 'g[1]' : "''";
    return `if(${value} = '-', ${absent}, ${value}) AS ${name}`;
  });
  const select = `SELECT line AS raw, ${robotSql} AS robot, ${columns.join(', ')} FROM (
    SELECT line, extractGroups(line, ${quoted(combinedPattern)}) AS g FROM ${linesOf(path, sniffed.compression)} WHERE ${notBlank})`;
  return { select, settings: [], rawIsLine: true };
}

/** Columns are told by their place, since headers may name two alike. */
function csvSource(path: string, sniffed: Sniffed, wanted: Wanted): LogSource {
  const place = (column: string): number => sniffed.columns.findIndex(({ name }) => name === column);
  const last = Math.max(...wanted.map(([, column]) => place(column)));
  const structure = Array.from({ length: last + 1 }, (_, i) => `c${i} String`).join(', ');
  const columns = wanted.map(([name, column]) => `c${place(column)} AS ${name}`);
  const used = [...new Set(wanted.map(([, column]) => `c${place(column)}`))];
  const raw = `concatWithSeparator(${quoted(sniffed.delimiter)}, ${used.join(', ')}, '')`;
  return {
    select: `SELECT ${raw} AS raw, ${columns.join(', ')} FROM file(${quoted(path)}, 'CSV', ${quoted(structure)}, '${sniffed.compression}')`,
    settings: [
      `format_csv_delimiter = ${quoted(sniffed.delimiter)}`,
      'input_format_csv_allow_whitespace_or_tab_as_delimiter = 1',
      'input_format_csv_skip_first_lines = 1',
      'input_format_csv_skip_trailing_empty_lines = 1',
      'input_format_csv_allow_variable_number_of_columns = 1',
      'input_format_allow_errors_num = 1000000000',
      'input_format_allow_errors_ratio = 1',
    ],
    rawIsLine: false,
  };
}

/** Lines without a user by software that calls itself a robot: search engines and monitors visit every site. */
const robotSql = `g[2] = '-' AND match(lower(g[8]), ${quoted('bot\\b|bot/|crawl|spider|slurp|monitor|pingdom|facebookexternalhit')})`;

function parquetSource(path: string, _sniffed: Sniffed, wanted: Wanted): LogSource {
  const columns = wanted.map(([name, column]) => {
    const path = column.split('.').map(identifier).join('.');
    return `ifNull(toString(${path}), '') AS ${name}`;
  });
  const raw = `concatWithSeparator(',', ${wanted.map(([name]) => name).join(', ')}, '')`;
  return {
    select: `SELECT ${raw} AS raw, * FROM (SELECT ${columns.join(', ')} FROM file(${quoted(path)}, 'Parquet'))`,
    settings: [],
    rawIsLine: false,
  };
}
