import { describe, expect, it } from 'vitest';
import { readAddressBook } from '../read-address-book.ts';

function summary(text: string, region = 'GB') {
  const book = readAddressBook(text, { region });
  return {
    contacts: book.contacts.map(({ name, entries }) => [
      name,
      ...entries.map(({ number, rejection }) => number ?? rejection),
    ]),
    problems: book.problems.map(({ line, code }) => `${line} ${code}`),
  };
}

describe('pasted text', () => {
  it.each([
    'Ann <+44 20 7946 0018>',
    'Ann: 020 7946 0018',
    'Ann, (020) 7946 0018',
    'Ann\t020-7946-0018',
    'Ann - +44 (0)20 7946 0018 (home)',
    '"Ann" tel:+44-20-7946-0018',
    '1. Ann 020 7946 0018',
    '• Ann — 020 7946 0018;',
    'Ann\n020 7946 0018',
    'Ann ٠٢٠ ٧٩٤٦ ٠٠١٨',
    'Ann \u202a+44\u00a020\u00a07946\u00a00018\u202c',
  ])('has a name and a number in %j', (text) => {
    expect(summary(text)).toEqual({ contacts: [['Ann', '+442079460018']], problems: [] });
  });

  it.each([
    '+442079460018, +442079460019',
    '+442079460018;+442079460019',
    '+442079460018\n\n+442079460019\r\n',
    '020 7946 0018 | 020 7946 0019',
    '+442079460018 +442079460019',
    '020 7946 0018 / 020 7946 0019',
  ])('has two people without a name in %j', (text) => {
    expect(summary(text)).toEqual({
      contacts: [
        ['', '+442079460018'],
        ['', '+442079460019'],
      ],
      problems: [],
    });
  });

  it('gives one person all numbers of the line', () => {
    expect(summary('Doe, John: 020 7946 0018, +1 213 373 4253 x12').contacts).toEqual([
      ['Doe, John', '+442079460018', '+12133734253'],
    ]);
  });

  it('keeps the digits of names and the slash of German numbers', () => {
    expect(summary('Agent 007: 030/123456', 'DE').contacts).toEqual([['Agent 007', '+4930123456']]);
  });

  it('says which numbers mean nothing, and which lines hold none', () => {
    expect(summary('My friends\nAnn 020 794\n\n112\nnobody')).toEqual({
      contacts: [
        ['Ann', 'too_short'],
        ['', 'too_short'],
      ],
      problems: ['1 no_number', '5 no_number'],
    });
  });

  it('of nothing is a problem, not a failure', () => {
    expect(summary(' \n')).toEqual({ contacts: [], problems: ['1 nothing_found'] });
  });
});
