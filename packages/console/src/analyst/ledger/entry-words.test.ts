import { describe, expect, it } from 'vitest';
import { entryWords, historyWords } from './entry-words.ts';
import { ledgerSearch, queryOf } from './ledger-search.ts';

describe('an entry in words', () => {
  it('says what happened', () => {
    expect(entryWords('setting', { discoverable: 'mutual', hasPhone: false })).toBe(
      'May be found by people in my contacts, and has no number',
    );
    expect(entryWords('enforcement', { what: 'suspend', ring: 'r1', by: 'Ada' })).toBe(
      'suspend, ring r1, by Ada',
    );
    expect(entryWords('sign-in', { what: 'signed-out', analyst: 'Ada' })).toBe('Ada signed out');
    expect(entryWords('view', { by: 'ada', what: 'accounts', id: 'r1' })).toBe(
      'ada looked at accounts of r1',
    );
    expect(entryWords('sync', { new: 120, repeatedAgain: 4, full: true, part: false })).toBe(
      'A sync of contacts: new 120, repeated again 4, full',
    );
  });

  it('tells histories of analysts and rings from those of members', () => {
    expect(['kith:analyst:ada', 'kith:ring:r1', 'm1', 'kith:other:x'].map(historyWords)).toEqual([
      'analyst ada',
      'ring r1',
      undefined,
      undefined,
    ]);
  });

  it('shows what it does not know as it stands', () => {
    expect(entryWords('quark', { strange: 'yes', deep: { er: 1 }, list: [1, 2] })).toBe(
      'quark: strange yes, list 2 items',
    );
    expect(entryWords('setting', { discoverable: 'all' })).toBe('May be found by all');
  });
});

describe('the address of a search', () => {
  it('keeps what it understands, ids of digits as well', () => {
    expect(ledgerSearch({ member: 42, kind: 'view', from: '2026-11-22', to: 'x', more: 1 })).toEqual({
      member: '42',
      kind: 'view',
      from: '2026-11-22',
    });
  });

  it('asks for the last day as a whole', () => {
    const { from, to } = queryOf({ from: '2026-11-22', to: '2026-11-22' });
    expect(Date.parse(to!) - Date.parse(from!)).toBe(24 * 60 * 60_000);
    expect(queryOf({ kind: 'view' })).toEqual({ kind: 'view' });
  });
});
