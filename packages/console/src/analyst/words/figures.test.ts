import { describe, expect, it } from 'vitest';
import { countriesWords, countryWords } from './countries.ts';
import { compact, evidenceShare, oddsWords, shareWords, tookWords } from './figures.ts';

describe('figures in words', () => {
  it('says odds as people do, and does not pretend to more than it knows', () => {
    expect(oddsWords(0)).toBe('1 to 1');
    expect(oddsWords(Math.log(1_000))).toBe('1,000 to 1');
    expect(oddsWords(-Math.log(20))).toBe('1 to 20');
    expect(oddsWords(40)).toBe('over 1,000,000 to 1');
    expect([-1, Math.log(1_000), 99].map(evidenceShare)).toEqual([0, expect.closeTo(0.5), 1]);
  });

  it('says shares without making something of nothing', () => {
    expect([shareWords(0, 10), shareWords(1, 0)]).toEqual(['none', 'none']);
    expect([shareWords(1, 3), shareWords(1, 200), shareWords(1, 100_000)]).toEqual([
      '33 %',
      '0.5 %',
      'under 0.1 %',
    ]);
  });

  it('keeps large numbers and times short', () => {
    expect([compact(812), compact(2_340), compact(17_000_000)]).toEqual(['812', '2.3K', '17M']);
    expect([tookWords(38), tookWords(4_200), tookWords(180_000)]).toEqual(['38 ms', '4.2 s', '3 min']);
  });

  it('names countries, and those it cannot name by their code', () => {
    expect([countryWords('IR'), countryWords(''), countryWords('?!')]).toEqual(['Iran', 'Unknown', '?!']);
    expect(countriesWords(['IR', 'IL', 'MY'])).toBe('Iran, Israel and Malaysia');
    expect(countriesWords(['IR', 'IL', 'MY', 'DE'])).toBe('Iran, Israel and 2 others');
    expect(countriesWords([''])).toBe('Unknown');
  });
});
