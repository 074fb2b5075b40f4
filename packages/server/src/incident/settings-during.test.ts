import { describe, expect, it } from 'vitest';
import { othersOf } from './others.ts';
import { protectionDuring } from './settings-during.ts';

const said = (
  validFrom: number,
  discoverable: 'nobody' | 'mutual' | 'anyone',
  hasPhone = true,
  recordedAt = validFrom,
) => ({ discoverable, hasPhone, validFrom, recordedAt });

describe('what protected a member', () => {
  it('is what it had chosen when the number came, not what it chose later', () => {
    const recorded = [said(10, 'mutual'), said(100, 'nobody')];
    expect(protectionDuring(recorded, 50, 60)).toEqual({ setting: 'mutual', changed: false });
    expect(protectionDuring(recorded, 150, 160)).toEqual({ setting: 'nobody', changed: false });
  });

  it('is not certain where it changed while numbers came', () => {
    const recorded = [said(10, 'mutual'), said(100, 'nobody'), said(120, 'mutual')];
    expect(protectionDuring(recorded, 50, 130)).toEqual({ setting: 'mutual', changed: true });
    expect(protectionDuring([said(10, 'mutual'), said(55, 'mutual')], 50, 130)).toEqual({
      setting: 'mutual',
      changed: false,
    });
  });

  it('is having no number with us, before the first word about a member and while it has none', () => {
    expect(protectionDuring([], 50, 60).setting).toBe('noNumber');
    expect(protectionDuring([said(100, 'anyone')], 50, 60).setting).toBe('noNumber');
    expect(protectionDuring([said(10, 'anyone', false)], 50, 60).setting).toBe('noNumber');
  });

  it('is a budget, or that the accounts were stopped, for whoever could be found', () => {
    expect(protectionDuring([said(10, 'anyone')], 50, 60).setting).toBe('waiting');
  });

  it('goes by what is on record about a moment, also where it was recorded later', () => {
    const recorded = [said(10, 'anyone'), said(20, 'nobody', true, 200)];
    expect(protectionDuring(recorded, 50, 60).setting).toBe('nobody');
  });
});

describe('who else did it', () => {
  const asked = (...searches: (object | null)[]) => ({
    query: async () => searches.map((search) => ({ search })) as never,
  });
  const own = async () => new Set(['fake1']);
  const at = (day: number, ...found: string[]) => ({
    searchedAt: `2026-01-0${day}T00:00:00.000Z`,
    found: found.map((member) => ({ member })),
  });

  it('is not answered until every ring has been searched for', async () => {
    expect(await othersOf(asked(at(1), null), ['a', 'b'], own)).toEqual({
      searchedAt: null,
      found: 0,
      nobody: false,
    });
  });

  it('counts each once, and no account of the case', async () => {
    expect(await othersOf(asked(at(1, 'x', 'fake1'), at(2, 'x', 'y')), ['a', 'b'], own)).toEqual({
      searchedAt: '2026-01-02T00:00:00.000Z',
      found: 2,
      nobody: false,
    });
  });

  it('is nobody where a search found nobody else', async () => {
    expect(await othersOf(asked(at(3, 'fake1')), ['a'], own)).toMatchObject({ found: 0, nobody: true });
  });
});
