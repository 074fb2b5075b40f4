import { describe, expect, it } from 'vitest';
import { MemoryStore } from '../store/memory-store.ts';
import { Vault } from '../store/vault.ts';
import { rejectionOf, sortContacts } from './contacts.ts';

const vault = await Vault.open(new MemoryStore(), new Uint8Array(32), (length) => new Uint8Array(length));

describe('contacts as given', () => {
  it('are numbers, each once, without the member’s own, and come back as they were given', () => {
    const given = [
      '+14155550101',
      { number: '+14155550102', name: 'Ada' },
      { number: '+14155550101' },
      '+14155550100',
    ];
    const sorted = sortContacts(given, '+14155550100', vault);
    expect(sorted.contacts.map(({ number }) => number)).toEqual(['+14155550101', '+14155550102']);
    expect(sorted.given.get('+14155550101')).toEqual([given[0], given[2]]);
    expect(sorted.rejected).toEqual([]);
  });

  it('that are not numbers keep their place, whatever they are', () => {
    const given = [null, 5, {}, { number: 7 }, '+14155550101'] as unknown as string[];
    const { rejected, contacts } = sortContacts(given, null, vault);
    expect(rejected).toEqual([0, 1, 2, 3].map((index) => ({ index, code: 'not_a_number' })));
    expect(contacts).toHaveLength(1);
  });
});

describe('the form of a number', () => {
  it.each([
    ['+14155550123', undefined],
    ['+4915123456789', undefined],
    ['', 'empty'],
    ['   ', 'empty'],
    ['+123456', 'too_short'],
    ['+1234567890123456', 'too_long'],
    ['+0123456789', 'country_unknown'],
    ['030 123456', 'region_required'],
    ['(415) 555-0123', 'region_required'],
    ['+1 415 555 0123', 'not_a_number'],
    ['Ada', 'not_a_number'],
    ['+٤١٥٥٥٥٠١٢٣', 'not_a_number'],
    ['+14155550123\n', 'not_a_number'],
  ])('%j is judged %s', (text, code) => {
    expect(rejectionOf(text)).toBe(code);
  });
});
