import { describe, expect, it } from 'vitest';
import { directionOf, hasRightToLeft, visualRuns } from './bidi.ts';

/** As UAX #9 writes its examples: capitals stand for letters from right to left. */
const asHebrew = (text: string) =>
  text.replace(/[A-Z]/g, (letter) => String.fromCharCode(0x5d0 + letter.charCodeAt(0) - 65));
const asCapitals = (text: string) =>
  [...text]
    .map((letter) =>
      hasRightToLeft(letter) ? String.fromCharCode(65 + letter.charCodeAt(0) - 0x5d0) : letter,
    )
    .join('');

/** What is seen once a font has turned each word of letters from right to left round. */
const seen = (text: string, base: 'ltr' | 'rtl' = 'ltr') =>
  visualRuns(asHebrew(text), base)
    .map((run) => (hasRightToLeft(run) ? [...asCapitals(run)].reverse().join('') : run))
    .join('');

describe('words from right to left', () => {
  it('stand in order among words from left to right', () => {
    expect(seen('car means CAR.')).toBe('car means RAC.');
    expect(seen('car is THE CAR in arabic')).toBe('car is RAC EHT in arabic');
    expect(seen('<car MEANS CAR.>', 'rtl')).toBe('<.RAC SNAEM car>');
  });

  it('keep numbers readable, with the separators in them', () => {
    expect(seen('DONE ON 24.12 BY ADA', 'rtl')).toBe('ADA YB 24.12 NO ENOD');
    expect(seen('said by ADA BAR 1,024 times')).toBe('said by 1,024 RAB ADA times');
    expect(seen('room 12 of BET')).toBe('room 12 of TEB');
  });

  it('keep digits of their own scripts readable: a font turns those round as well', () => {
    expect(visualRuns('سال ۲۰۱۹', 'rtl')).toEqual(['۹۱۰۲', ' ', 'سال']);
    expect(visualRuns('سال ٢٠١٩', 'rtl')).toEqual(['٩١٠٢', ' ', 'سال']);
  });

  it('have their brackets turned, and what ends a sentence at its end', () => {
    expect(seen('by ADA (THE FIRST), 5 times')).toBe('by 5 ,(TSRIF EHT) ADA times');
    expect(seen('12: LETTER (ABC)')).toBe('12: (CBA) RETTEL');
    expect(seen('case (ABC) is')).toBe('case (CBA) is');
    expect(seen('ADA (x)', 'rtl')).toBe('(x) ADA');
  });

  it('cannot turn what is around them: marks of direction are dropped', () => {
    expect(visualRuns('a\u202ebcd\u2066e')).toEqual(['abcde']);
  });

  it('make a paragraph theirs when they come first', () => {
    expect(directionOf('12 (שלום) x')).toBe('rtl');
    expect(directionOf('x שלום')).toBe('ltr');
    expect(directionOf('12:30')).toBe('ltr');
  });

  it('leave text without them as it is', () => {
    expect(visualRuns('From 24.12 (UTC), 1,024 cards')).toEqual(['From 24.12 (UTC), 1,024 cards']);
  });
});
