import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDigitLanguage } from './digit-language.ts';
import { parseDigitPattern } from './digit-pattern.ts';

/** Patterns as plans write them, made at random. */
const patterns = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3 },
    fc.array(tie('atom'), { minLength: 1, maxLength: 3 }).map((atoms) => atoms.join('')),
    fc.array(tie('atom'), { minLength: 2, maxLength: 3 }).map((atoms) => `(?:${atoms.join('|')})`),
  ),
  atom: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('1', '2', '[0-2]', '[13]', '\\d', '[0-24-6]', '2{2}', '\\d{1,2}', '7?'),
    tie('pattern').map((inner) => `(?:${inner})`),
  ),
})).pattern;

describe('the language of a numbering plan', () => {
  it('holds exactly what the pattern matches, each string once and in order', () => {
    const three = Array.from({ length: 1_000 }, (_, n) => String(n).padStart(3, '0'));
    fc.assert(
      fc.property(patterns, (source) => {
        const language = createDigitLanguage(source, [3]);
        const expected = three.filter((digits) => new RegExp(`^(?:${source})$`).test(digits));
        expect(Array.from({ length: language.size }, (_, rank) => language.at(rank))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('gives back the rank of each string, and none to others', () => {
    const language = createDigitLanguage('7(?:[1-3]\\d\\d|4(?:[0-46-9]\\d|5[0-689]))\\d{6}|9\\d{3}', [4, 10]);
    for (let rank = 0; rank < language.size; rank += 7_919_777) {
      expect(language.rankOf(language.at(rank))).toBe(rank);
    }
    expect(language.rankOf('7457000000')).toBeUndefined();
    expect(language.rankOf('71')).toBeUndefined();
    expect(language.at(0)).toBe('9000');
  });

  it('refuses what it does not understand instead of guessing', () => {
    for (const source of ['1+', '(2)', '[^3]', '4*', '(?=5)', '6{2', 'x']) {
      expect(() => parseDigitPattern(source)).toThrow(/pattern not understood/);
    }
  });
});
