import type { AddressBookContact, AddressBookFormat } from '../address-book.ts';
import { toEntries } from '../entries.ts';
import type { ProblemList } from '../problem-list.ts';
import { columnsByContent } from './columns-by-content.ts';
import { delimiterOf, firstLine } from './delimiter.ts';
import { type Columns, columnsMax, columnsOf, isGoogle, isOutlook } from './headers.ts';
import { isPhoneLike, isRounded } from './phone-like.ts';
import { type Row, readDelimited } from './read-delimited.ts';

/** The contacts of a table: one a row, with the numbers of all its phone columns. */
export function readCsv(
  text: string,
  region: string | undefined,
  problems: ProblemList,
): { format: AddressBookFormat; contacts: AddressBookContact[] } {
  const { delimiter, start } = delimiterOf(text);
  const rows = readDelimited(text, delimiter, problems, start);
  const header = rows[0];
  if (!header) return { format: 'csv', contacts: [] };
  const named = columnsOf(header.cells);
  const hasHeader = !header.cells.slice(0, columnsMax).some(isPhoneLike);
  const records = hasHeader ? rows.slice(1) : rows;
  const columns = hasHeader && named.phones.length > 0 ? named : byContent(records, named, hasHeader);
  if (columns.phones.length === 0) problems.add('no_phone_column', header.line);
  tellRaggedRows(rows, problems);
  const contacts = records.flatMap((row) => contactOf(row, columns, region, problems));
  return { format: hasHeader ? formatOf(header.cells) : 'csv', contacts };
}

/** Whether a text is a table by its first line: several short headers, of which one is about phones. */
export function looksLikeCsv(text: string): boolean {
  const { delimiter, start } = delimiterOf(text);
  const headers = firstLine(text.slice(start)).slice(0, 10_000).split(delimiter);
  const words = headers.map((header) => header.trim().split(/\s+/).length);
  if (headers.length < 2 || headers.some(isPhoneLike) || Math.max(...words) > 5) return false;
  return columnsOf(headers.map((header) => header.trim())).phones.length > 0;
}

function byContent(records: readonly Row[], named: Columns, hasHeader: boolean): Columns {
  const guessed = columnsByContent(records);
  const isNamed = hasHeader && [named.full, named.given, named.family].some((at) => at !== undefined);
  return isNamed ? { ...named, phones: guessed.phones } : guessed;
}

function formatOf(headers: readonly string[]): AddressBookFormat {
  if (isGoogle(headers)) return 'google-csv';
  return isOutlook(headers) ? 'outlook-csv' : 'csv';
}

function tellRaggedRows(rows: readonly Row[], problems: ProblemList): void {
  const width = rows[0]!.cells.length;
  for (const { line, cells } of rows) if (cells.length !== width) problems.add('field_count', line);
}

function contactOf(
  { line, cells }: Row,
  columns: Columns,
  region: string | undefined,
  problems: ProblemList,
): AddressBookContact[] {
  const phones = columns.phones.map((at) => cells[at] ?? '');
  if (phones.some(isRounded)) problems.add('number_rounded', line);
  const entries = phones.flatMap((cell) => toEntries(cell, region));
  const name = nameOf(cells, columns);
  return name === '' && entries.length === 0 ? [] : [{ name, entries }];
}

function nameOf(cells: readonly string[], columns: Columns): string {
  const cell = (at: number | undefined) => (at === undefined ? '' : (cells[at] ?? '').trim());
  const parts = [columns.given, columns.middle, columns.family].map(cell).filter((part) => part !== '');
  const rest = columns.fallback.map(cell).find((text) => text !== '');
  return cell(columns.full) || parts.join(' ') || rest || '';
}
