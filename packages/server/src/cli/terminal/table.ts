export type Cell = string | number | boolean | null | undefined;

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/**
 * Lays rows out in columns, numbers to the right, one row a line.
 *
 * @param rows what to show, one key a column; the keys of the first row order the columns
 * @returns the text without a final newline, '' for no rows
 */
export function table(rows: readonly Record<string, Cell>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => columns.map((column) => text(row[column])));
  const widths = columns.map((column, at) =>
    Math.max(...[column, ...cells.map((row) => row[at]!)].map(width)),
  );
  const numeric = columns.map((column) => rows.every((row) => typeof (row[column] ?? 0) === 'number'));
  const line = (values: readonly string[]) =>
    values
      .map((value, at) =>
        numeric[at] ? padding(value, widths[at]!) + value : value + padding(value, widths[at]!),
      )
      .join('  ')
      .trimEnd();
  if (rows.length === 0) return '';
  return [line(columns), line(widths.map((size) => '-'.repeat(size))), ...cells.map(line)].join('\n');
}

/** Control characters would move the cursor or repaint the terminal: names come from strangers. */
function text(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return grouped.format(cell);
  return String(cell).replace(/\p{Cc}/gu, '?');
}

function width(value: string): number {
  return [...new Intl.Segmenter().segment(value)].length;
}

function padding(value: string, size: number): string {
  return ' '.repeat(size - width(value));
}
