import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHopeless, parseWithLibrary } from './library.ts';

describe('text that cannot be a number', () => {
  it('is none to the library either', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.constantFrom(
        ' x',
        ' ext. ',
        '~',
        '#',
        ',,',
        ';ext=',
        '(',
        ') ',
        '-',
        '+',
        'int',
        ' anexo ',
        '/',
        '[',
      ),
      fc.stringMatching(/^\d{1,6}$/),
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (input) => {
        if (isHopeless(input)) {
          expect(parseWithLibrary(input, 'US')).toEqual({ ok: false, code: 'not_a_number' });
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('is not known by any character of a valid number', () => {
    for (let code = 0x20; code < 0x7f; code += 1) {
      const character = String.fromCharCode(code);
      const somewhere = [`${character}2133734253`, `213373${character}4253`, `2133734253 x12${character}`];
      const valid = somewhere.filter((text) => parseWithLibrary(text, 'US').ok);
      for (const text of valid) expect(isHopeless(text), text).toBe(false);
    }
  });

  it('is not the start of a number, nor one with an extension', () => {
    for (const text of [
      '1',
      '+1',
      '12',
      '+1 (213) 373-4253 ext. 5',
      '213-373-4253;ext=7',
      '213 373 4253 доб. 4',
    ]) {
      expect(isHopeless(text), text).toBe(false);
    }
  });
});
