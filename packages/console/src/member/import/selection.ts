import type { AddressBook } from '@kith/client';
import { reasonOf } from '../../words/reasons.ts';

/** One number of a contact as the preview shows it: understood, or not and why. */
export interface Line {
  raw: string;
  number?: string;
  reason?: string;
}

/** One contact of the preview; `index` is its place in the file. */
export interface Row {
  index: number;
  name: string;
  lines: Line[];
  /** Whether there is anything to send of it. */
  usable: boolean;
}

export type Show = 'all' | 'understood' | 'not-understood';

export function rowsOf(book: AddressBook): Row[] {
  return book.contacts.map(({ name, entries }, index) => {
    const lines = entries.map(({ raw, number, rejection }): Line => {
      if (number !== undefined) return { raw, number };
      return { raw, reason: reasonOf(rejection ?? 'not_a_number') };
    });
    return { index, name, lines, usable: lines.some((line) => line.number !== undefined) };
  });
}

/** Rows whose name or numbers hold the search text: letters without case, digits without their punctuation. */
export function filterRows(rows: readonly Row[], search: string, show: Show): Row[] {
  const text = search.trim().toLocaleLowerCase();
  const digits = /^[\d\s()+./-]+$/.test(text) ? text.replace(/\D/g, '') : '';
  return rows.filter((row) => shown(row, show) && (text === '' || holds(row, text, digits)));
}

function shown(row: Row, show: Show): boolean {
  if (show === 'all') return true;
  return show === 'understood' ? row.usable : row.lines.length === 0 || row.lines.some((line) => line.reason);
}

function holds(row: Row, text: string, digits: string): boolean {
  if (row.name.toLocaleLowerCase().includes(text)) return true;
  return row.lines.some(({ raw, number }) => {
    if (digits === '') return raw.toLocaleLowerCase().includes(text);
    return raw.replace(/\D/g, '').includes(digits) || (number?.includes(digits) ?? false);
  });
}

/** The numbers of the contacts that are selected, each once, in the order of the file. */
export function numbersOf(rows: readonly Row[], deselected: ReadonlySet<number>): string[] {
  const chosen = rows.filter((row) => !deselected.has(row.index));
  return [...new Set(chosen.flatMap((row) => row.lines.flatMap(({ number }) => number ?? [])))];
}

export interface Tally {
  contacts: number;
  understood: number;
  notUnderstood: number;
}

/** How much of a file was understood, in contacts and in numbers. */
export function tallyOf(rows: readonly Row[]): Tally {
  const lines = rows.flatMap((row) => row.lines);
  const understood = lines.filter((line) => line.number !== undefined).length;
  return { contacts: rows.length, understood, notUnderstood: lines.length - understood };
}
