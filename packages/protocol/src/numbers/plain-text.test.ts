import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPlainText } from './plain-text.ts';

function allDecimalDigits(): number[] {
  const found: number[] = [];
  for (let codePoint = 0; codePoint <= 0x1ffff; codePoint += 1) {
    if (/\p{Nd}/u.test(String.fromCodePoint(codePoint))) found.push(codePoint);
  }
  return found;
}

describe('plain text', () => {
  it('gives the decimal digits of every script their value', () => {
    const codePoints = allDecimalDigits();
    expect(codePoints.length).toBeGreaterThanOrEqual(650);
    const values = codePoints.map((codePoint) => toPlainText(`${String.fromCodePoint(codePoint)}\u00e9`)[0]);
    expect(values.join('')).toBe('0123456789'.repeat(codePoints.length / 10));
  });

  it.each([
    ['Arabic-Indic', '\u0660', '0'],
    ['extended Arabic-Indic', '\u06f4', '4'],
    ['Devanagari', '\u096f', '9'],
    ['fullwidth', '\uff17', '7'],
    ['mathematical double-struck', '\u{1d7da}', '2'],
    ['mathematical monospace', '\u{1d7ff}', '9'],
    ['segmented', '\u{1fbf5}', '5'],
  ])('reads a digit in %s', (_, digit, value) => {
    expect(toPlainText(digit)).toBe(value);
  });

  it('reads plus signs, dashes, spaces, dots and brackets of other scripts', () => {
    expect(toPlainText('\uff0b\u207a\u208a\ufe62\u2795\ufb29')).toBe('++++++');
    expect(toPlainText('\u2010\u2011\u2012\u2013\u2014\u2212\uff0d\u30fc')).toBe('--------');
    expect(toPlainText('\u00a0\u2009\u202f\u3000\t')).toBe('     ');
    expect(toPlainText('\uff08\uff11\uff09\uff0e\uff0f')).toBe('(1)./');
  });

  it('drops what nobody sees: direction marks, joiners, variation selectors, keycap frames', () => {
    expect(toPlainText('\ufeff\u202a\u200e1\u200f\u200b\u2069\ufe0f\u20e3\u202c2')).toBe('12');
  });

  it('keeps letters, and superscripts and circled digits, which are no decimal digits', () => {
    expect(toPlainText('\u00e9x\u00b2\u2460')).toBe('\u00e9x\u00b2\u2460');
  });

  it('leaves ASCII as it is and takes any string', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(toPlainText(text)).toBe(text)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void toPlainText(text)));
  });
});
