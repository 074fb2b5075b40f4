import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemList } from '../problem-list.ts';
import { readDelimited } from './read-delimited.ts';

function read(text: string, delimiter = ',') {
  const problems = new ProblemList();
  const rows = readDelimited(text, delimiter, problems);
  const told = problems.list().map(({ line, column, code }) => `${line}:${column} ${code}`);
  return { cells: rows.map((row) => row.cells), lines: rows.map((row) => row.line), told };
}

/** A strict writer (RFC 4180): quotes only where they must be, or everywhere. */
function write(
  rows: readonly (readonly string[])[],
  delimiter: string,
  lineEnd: string,
  always: boolean,
): string {
  const field = (cell: string) =>
    always || cell === '' || /["\r\n]/.test(cell) || cell.includes(delimiter)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;
  return rows.map((row) => row.map(field).join(delimiter)).join(lineEnd);
}

describe('delimited records', () => {
  it('come back as they were written, whatever the cells hold', () => {
    const cell = fc
      .array(fc.constantFrom('a', '"', ',', ';', '\t', '\r', '\n', '\r\n', ' ', 'é', '='))
      .map((all) => all.join(''));
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\r\n', '\n', '\r'),
        fc.boolean(),
        fc.boolean(),
        (rows, delimiter, lineEnd, always, ended) => {
          const text = write(rows, delimiter, lineEnd, always) + (ended ? lineEnd : '');
          const { cells, told } = read(text, delimiter);
          expect(cells).toEqual(rows);
          expect(told).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('tell the line on which each begins, counting the lines inside quotes', () => {
    expect(read('a,b\r\n"x\ny\r\nz",2\n\n\nlast').lines).toEqual([1, 2, 7]);
  });

  it('pass over empty lines but keep empty fields', () => {
    expect(read('\n\na,,\n\r\n""\n,\n').cells).toEqual([['a', '', ''], [''], ['', '']]);
  });

  it('keep a quote inside a bare field, and tell where', () => {
    expect(read('a,5" disk,c\nd,e"f"')).toMatchObject({
      cells: [
        ['a', '5" disk', 'c'],
        ['d', 'e"f"'],
      ],
      told: ['1:4 quote_in_field', '2:4 quote_in_field'],
    });
  });

  it('keep text after a closing quote, and tell where', () => {
    expect(read('"x\ny" z,b')).toMatchObject({ cells: [['x\ny z', 'b']], told: ['2:3 text_after_quote'] });
  });

  it('do not lose the rest of a file to a quote that never closes', () => {
    expect(read('a,"b\nc,"d"\ne,f "g""\n"h')).toMatchObject({
      cells: [['a', 'b\nc,d"'], ['e', 'f "g""'], ['"h']],
      told: ['2:4 text_after_quote', '3:5 quote_in_field', '4:1 quote_not_closed'],
    });
    expect(read('n,p\nAnn,"+44\nBob,+43').cells).toEqual([
      ['n', 'p'],
      ['Ann', '"+44'],
      ['Bob', '+43'],
    ]);
  });

  it('never throw, and lose no letter of any text', () => {
    const text = fc
      .array(fc.constantFrom('a', '"', ',', '\r', '\n', '""', ',"', '",'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, (input) => {
        const letters = read(input).cells.flat().join('').match(/a/g)?.length ?? 0;
        expect(letters).toBe(input.match(/a/g)?.length ?? 0);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['quotes', '"'],
    ['quotes that open and never close', '"a\n'],
    ['delimiters', ','],
    ['line ends', '\r'],
    ['closed quotes with text after', '"a"b'],
    ['doubled quotes in an open field', '""'],
  ])('read a megabyte of %s in linear time, or this would not end', (_, piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const problems = new ProblemList();
    expect(Array.isArray(readDelimited(text, ',', problems))).toBe(true);
    expect(problems.list().length).toBeLessThanOrEqual(1001);
  });
});
