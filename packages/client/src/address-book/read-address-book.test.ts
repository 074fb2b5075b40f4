import { parseNumber } from '@kith/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNumbers } from './address-book.ts';
import { problemsMax } from './problem-list.ts';
import { readAddressBook } from './read-address-book.ts';

const pieces = [
  'BEGIN:VCARD',
  'END:VCARD',
  'VERSION:2.1',
  'VERSION:3.0',
  'FN:',
  'N:;;',
  'TEL;CELL:',
  'item1.TEL;type=HOME:',
  'TEL;VALUE=uri:tel:',
  'NOTE;ENCODING=QUOTED-PRINTABLE:=',
  'FN;CHARSET=nonsense;ENCODING=QUOTED-PRINTABLE:=C3',
  'PHOTO;ENCODING=BASE64:',
  'AGENT:',
  'Name,Phone',
  'Phone 1 - Value',
  'First Name;Mobile Phone;Home Phone',
  'sep=;',
  ',',
  ';',
  '\t',
  '"',
  '""',
  ' ::: ',
  '\n',
  '\r\n',
  '\r',
  '\n ',
  '=\n',
  '\\',
  '\\n',
  ':',
  '=',
  '+',
  '+44',
  '020 7946 0018',
  '(',
  '-',
  '\u0000',
  '\ufeff',
  '\ud800',
  '٠٢٠',
  'Ann',
  'é',
];
const text = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
    ),
    { maxLength: 30 },
  )
  .map((all) => all.join(''));
const options = fc.record(
  {
    fileName: fc.constantFrom('a.vcf', 'a.csv', 'a.tsv', 'a.txt', ''),
    region: fc.constantFrom('GB', 'US', 'JP', 'xx', ''),
  },
  { requiredKeys: [] },
);

function expectSound(input: string | Uint8Array, how: { fileName?: string; region?: string }): void {
  const book = readAddressBook(input, how);
  for (const { entries } of book.contacts) {
    for (const { raw, number, rejection } of entries) {
      expect((number === undefined) !== (rejection === undefined)).toBe(true);
      expect(raw).not.toBe('');
      if (number) expect(parseNumber(number)).toEqual({ ok: true, number });
    }
  }
  const lines = typeof input === 'string' ? input.split(/\r\n|\r|\n/).length : Number.POSITIVE_INFINITY;
  for (const { line } of book.problems) expect(line >= 1 && line <= lines).toBe(true);
  expect(new Set(toNumbers(book)).size).toBe(toNumbers(book).length);
  if (book.contacts.length === 0) expect(book.problems.length).toBeGreaterThan(0);
}

describe('an address book', () => {
  it('is read from any text without failing, and what is found holds together', () => {
    fc.assert(fc.property(text, options, expectSound), { numRuns: 3000 });
  });

  it('is read from any bytes without failing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), options, expectSound), { numRuns: 1000 });
    const encoded = text.map((written) => new TextEncoder().encode(written));
    fc.assert(fc.property(encoded, options, expectSound), { numRuns: 500 });
  });

  it('in an old encoding is read by the region, and says so', () => {
    const shiftJis = [
      0x94, 0x5c, 0x2c, 0x2b, 0x34, 0x34, 0x32, 0x30, 0x37, 0x39, 0x34, 0x36, 0x30, 0x30, 0x31, 0x38,
    ];
    const book = readAddressBook(Uint8Array.from(shiftJis), { region: 'JP' });
    expect(book.contacts[0]?.name).toBe('能');
    expect(book.problems[0]).toMatchObject({ line: 1, code: 'encoding_guessed' });
    const latin = readAddressBook(Uint8Array.from([0xc4, ...shiftJis.slice(2)]), {});
    expect(latin.contacts[0]).toMatchObject({ name: 'Ä', entries: [{ number: '+442079460018' }] });
  });

  it('takes the empty text of a spreadsheet for no number', () => {
    const book = readAddressBook('Name,Phone\nAnn,"=""+442079460018"""\nBob,"="""""\nCid,"="" """', {});
    expect(book.contacts.flatMap(({ entries }) => entries.map(({ raw }) => raw))).toEqual(['+442079460018']);
  });

  it('tells no more problems than anyone reads', () => {
    const book = readAddressBook('Ann\n'.repeat(5000));
    expect(book.problems.length).toBe(problemsMax + 1);
    expect(book.problems.some(({ code }) => code === 'more_problems')).toBe(true);
  });

  it.each([
    ['folds', 'x.vcf', 'BEGIN:VCARD\nFN:a', '\n a'],
    ['soft line breaks', 'x.vcf', 'BEGIN:VCARD\nFN;QUOTED-PRINTABLE:=', '\n='],
    ['cards that never end', 'x.vcf', '', 'BEGIN:VCARD\n'],
    ['card ends', 'x.vcf', '', 'END:VCARD\n'],
    ['lines without a colon', 'x.vcf', 'BEGIN:VCARD\n', 'a;'],
    ['photo', 'x.vcf', 'BEGIN:VCARD\nPHOTO;ENCODING=BASE64:', 'AAAA\n'],
    ['parameters', 'x.vcf', 'BEGIN:VCARD\nTEL', ';a="b:c"'],
    ['name parts', 'x.vcf', 'BEGIN:VCARD\nN:', '\\;;'],
    ['open quotes', 'x.csv', 'Name,Phone\n', '"a\n'],
    ['columns', 'x.csv', '', 'phone,'],
    ['one cell of numbers', 'x.csv', 'Name,Phone\nAnn,', '+4420794600 '],
    ['columns of numbers', 'x.csv', '', '020 7946 0018,'],
    ['spaces', '', 'a', ' '],
    ['plus signs', '', '', '+'],
    ['digits', '', '', '1 '],
    ['brackets', '', '', '((1'],
    ['dashes before a letter', '', '', '-'],
    ['commas', '', '', 'a,'],
    ['line ends', '', '', '\r'],
    ['byte zero', '', '', '\u0000'],
  ])('of a megabyte of %s is read in linear time, or this would not end', (_, fileName, start, piece) => {
    const input = `${start}${piece.repeat(Math.ceil(1_000_000 / piece.length))}x`;
    expect(readAddressBook(input, { fileName }).contacts).toBeInstanceOf(Array);
  });

  it.each([
    [
      'a.vcf',
      '',
      (at: number) =>
        `BEGIN:VCARD\nVERSION:3.0\nFN:Ann ${at}\nPHOTO;ENCODING=b:${'A'.repeat(9000)}\nTEL:+4420${at}\nEND:VCARD\n`,
    ],
    [
      'a.csv',
      'Name,Notes,Mobile Phone,Home Phone\n',
      (at: number) => `Ann ${at},"${'a ""b""\n'.repeat(1200)}",+4420${at},\n`,
    ],
    ['a.txt', '', (at: number) => `Ann ${'a'.repeat(9000)} <+4420${at}>\n`],
  ])('of five megabytes in %s is read whole', (fileName, start, contact) => {
    const from = 79_460_018;
    const input = start + Array.from({ length: 550 }, (_, at) => contact(from + at)).join('');
    expect(input.length).toBeGreaterThan(4_900_000);
    const book = readAddressBook(new TextEncoder().encode(input), { fileName });
    expect(book.problems).toEqual([]);
    expect(toNumbers(book)).toEqual(Array.from({ length: 550 }, (_, at) => `+4420${from + at}`));
  });
});
