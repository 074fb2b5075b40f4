import type { AddressBook } from '@kith/client';
import { describe, expect, it } from 'vitest';
import { filterRows, numbersOf, rowsOf, tallyOf } from './selection.ts';

const book = {
  format: 'vcard',
  problems: [],
  contacts: [
    {
      name: 'Ada Lovelace',
      entries: [
        { raw: '(415) 555-0123', number: '+14155550123' },
        { raw: '12', rejection: 'too_short' },
      ],
    },
    { name: 'Ada at work', entries: [{ raw: '+1 415 555 0123', number: '+14155550123' }] },
    { name: 'Pizza', entries: [{ raw: 'call!', rejection: 'not_a_number' }] },
    { name: 'Only an e-mail', entries: [] },
    { name: 'Émile', entries: [{ raw: '030 901820', number: '+4930901820' }] },
  ],
} as unknown as AddressBook;
const rows = rowsOf(book);
const names = (found: { name: string }[]) => found.map(({ name }) => name);

describe('the preview', () => {
  it('says why a number was not understood', () => {
    expect(rows[0]!.lines[1]).toEqual({ raw: '12', reason: 'too short for a phone number' });
  });

  it('cannot send a contact without a number', () => {
    expect(names(rows.filter((row) => !row.usable))).toEqual(['Pizza', 'Only an e-mail']);
  });

  it('counts contacts, and numbers understood and not', () => {
    expect(tallyOf(rows)).toEqual({ contacts: 5, understood: 3, notUnderstood: 2 });
  });
});

describe('what is sent', () => {
  it('is each number once, however many contacts have it', () => {
    expect(numbersOf(rows, new Set())).toEqual(['+14155550123', '+4930901820']);
  });

  it('leaves out the contacts that were deselected, and keeps a number that another contact has', () => {
    expect(numbersOf(rows, new Set([0, 4]))).toEqual(['+14155550123']);
    expect(numbersOf(rows, new Set([0, 1, 4]))).toEqual([]);
  });
});

describe('the filter', () => {
  it('finds by name, whatever the case', () => {
    expect(names(filterRows(rows, ' ADA ', 'all'))).toEqual(['Ada Lovelace', 'Ada at work']);
  });

  it('finds by digits, however they are written', () => {
    expect(names(filterRows(rows, '415-555', 'all'))).toEqual(['Ada Lovelace', 'Ada at work']);
    expect(names(filterRows(rows, '+49 30', 'all'))).toEqual(['Émile']);
  });

  it('shows what was understood, or what was not', () => {
    expect(names(filterRows(rows, '', 'understood'))).toEqual(['Ada Lovelace', 'Ada at work', 'Émile']);
    expect(names(filterRows(rows, '', 'not-understood'))).toEqual([
      'Ada Lovelace',
      'Pizza',
      'Only an e-mail',
    ]);
  });

  it('takes letters among digits literally', () => {
    expect(names(filterRows(rows, 'call!', 'all'))).toEqual(['Pizza']);
  });
});
