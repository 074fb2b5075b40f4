import { type Columns, columnsMax } from './headers.ts';
import { isPhoneLike } from './phone-like.ts';
import type { Row } from './read-delimited.ts';

/** Rows that are looked at to tell what a column holds. */
const sampleSize = 50;
const letter = /\p{L}/u;

/** For tables whose headers say nothing, or that have none: phone columns are those filled mostly with numbers. */
export function columnsByContent(rows: readonly Row[]): Columns {
  const sample = rows.slice(0, sampleSize);
  const width = Math.min(columnsMax, Math.max(0, ...sample.map(({ cells }) => cells.length)));
  const shareOf = (at: number, holds: (cell: string) => boolean) => {
    const filled = sample.map(({ cells }) => cells[at] ?? '').filter((cell) => cell.trim() !== '');
    return filled.length === 0 ? 0 : filled.filter(holds).length / filled.length;
  };
  const all = Array.from({ length: width }, (_, at) => at);
  const phones = all.filter((at) => shareOf(at, isPhoneLike) > 0.5);
  const full = all.find((at) => !phones.includes(at) && shareOf(at, (cell) => letter.test(cell)) > 0.5);
  return { phones, full, given: undefined, middle: undefined, family: undefined, fallback: [] };
}
