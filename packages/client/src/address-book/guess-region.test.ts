import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessRegion } from './guess-region.ts';

describe('the region of a locale', () => {
  it.each([
    ['en-GB', 'GB'],
    ['pt_BR', 'BR'],
    ['de_AT.UTF-8@euro', 'AT'],
    ['zh-Hant-TW', 'TW'],
    ['sr-Latn-RS-u-ca-gregory', 'RS'],
    ['de', 'DE'],
    ['ja', 'JP'],
    ['uk', 'UA'],
  ])('%s is %s', (locale, region) => {
    expect(guessRegion(locale)).toBe(region);
  });

  it('is not guessed from a language of many countries, from a continent or from nonsense', () => {
    for (const locale of ['en', 'es', 'fr', 'es-419', 'en-001', '', '-', 'C', 'POSIX', 'x'.repeat(100)]) {
      expect(guessRegion(locale), locale).toBeUndefined();
    }
  });

  it('never fails', () => {
    fc.assert(fc.property(fc.string(), (locale) => void guessRegion(locale)));
  });
});
