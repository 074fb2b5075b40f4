import type { LogField, Mapping } from './fields.ts';
import { combinedColumns, combinedPattern, type Sniffed } from './sniff.ts';

/** A log as SQL: a query that yields `raw` (the line, for quoting) and one text column a mapped field. */
export interface LogSource {
  select: string;
  settings: string;
  /** Whether `raw` is the line as it stands in the file. */
  rawIsLine: boolean;
}

/**
 * @param path where the engine finds the file; of our own making, so it needs no escaping beyond quotes.
 * @param mapping columns of this file only.
 */
export function sourceOf(path: string, sniffed: Sniffed, mapping: Mapping): LogSource {
  if (sniffed.format === 'ndjson') return jsonSource(path, sniffed, mapping);
  if (sniffed.format === 'combined') return combinedSource(path, sniffed, mapping);
  if (sniffed.format === 'csv') return csvSource(path, sniffed, mapping);
  return parquetSource(path, mapping);
}

const fieldsOf = (mapping: Mapping): [LogField, string][] => Object.entries(mapping) as [LogField, string][];
export const textColumn = (field: LogField): string => `t_${field}`;

export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const identifier = (name: string): string => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;

const linesOf = (path: string, sniffed: Sniffed): string =>
  `file(${quoted(path)}, 'LineAsString', 'line String', '${sniffed.compression}')`;

/**
 * Lines are parsed once, into a tuple of just the fields that are mapped: twice as fast as rows of JSON, and what is no JSON
 * yields empty fields instead of an error.
 */
function jsonSource(path: string, sniffed: Sniffed, mapping: Mapping): LogSource {
  const tree = new Branch();
  for (const [, column] of fieldsOf(mapping)) tree.add(pathOf(column, sniffed.columns));
  const columns = fieldsOf(mapping).map(
    ([field, column]) => `${tree.access('t', pathOf(column, sniffed.columns))} AS ${textColumn(field)}`,
  );
  const select = `SELECT line AS raw, ${columns.join(', ')} FROM (
    SELECT line, JSONExtract(line, ${quoted(tree.type())}) AS t FROM ${linesOf(path, sniffed)} WHERE line != '' AND line != '\\r')`;
  return { select, settings: '', rawIsLine: true };
}

/** A column's path: dots part nested names, unless a column has dots in its own name. */
function pathOf(column: string, columns: readonly string[]): string[] {
  return columns.includes(column) || column.includes('.') ? column.split('.') : [column];
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

function combinedSource(path: string, sniffed: Sniffed, mapping: Mapping): LogSource {
  const columns = fieldsOf(mapping).map(([field, column]) => {
    const value = `g[${combinedColumns.indexOf(column) + 1}]`;
    // Without a user name, the address stands for the account.
    const absent = field === 'member' && column === 'user' ? 'g[1]' : "''";
    return `if(${value} = '-', ${absent}, ${value}) AS ${textColumn(field)}`;
  });
  const select = `SELECT line AS raw, ${columns.join(', ')} FROM (
    SELECT line, extractGroups(line, ${quoted(combinedPattern)}) AS g FROM ${linesOf(path, sniffed)} WHERE line != '' AND line != '\\r')`;
  return { select, settings: '', rawIsLine: true };
}

function csvSource(path: string, sniffed: Sniffed, mapping: Mapping): LogSource {
  const used = [...new Set(fieldsOf(mapping).map(([, column]) => column))];
  const structure = used.map((column) => `${identifier(column)} String`).join(', ');
  const columns = fieldsOf(mapping).map(([field, column]) => `${identifier(column)} AS ${textColumn(field)}`);
  const raw = `concatWithSeparator(${quoted(sniffed.delimiter)}, ${used.map(identifier).join(', ')}, '')`;
  return {
    select: `SELECT ${raw} AS raw, ${columns.join(', ')} FROM file(${quoted(path)}, 'CSVWithNames', ${quoted(structure)}, '${sniffed.compression}')`,
    settings: [
      `format_csv_delimiter = ${quoted(sniffed.delimiter)}`,
      'input_format_with_names_use_header = 1',
      'input_format_csv_allow_variable_number_of_columns = 1',
      'input_format_allow_errors_num = 1000000000',
      'input_format_allow_errors_ratio = 1',
    ].join(', '),
    rawIsLine: false,
  };
}

function parquetSource(path: string, mapping: Mapping): LogSource {
  const columns = fieldsOf(mapping).map(([field, column]) => {
    const name = column.split('.').map(identifier).join('.');
    return `toString(coalesce(toString(${name}), '')) AS ${textColumn(field)}`;
  });
  const raw = `concatWithSeparator(',', ${fieldsOf(mapping)
    .map(([field]) => textColumn(field))
    .join(', ')}, '')`;
  return {
    select: `SELECT ${raw} AS raw, * FROM (SELECT ${columns.join(', ')} FROM file(${quoted(path)}, 'Parquet'))`,
    settings: '',
    rawIsLine: false,
  };
}
