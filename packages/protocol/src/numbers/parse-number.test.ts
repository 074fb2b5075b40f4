import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { numberTextLengthMax, parseNumber, parseNumbers } from './parse-number.ts';

/** The number or the code, whichever came back. */
function read(input: string, region?: string): string {
  const parsed = parseNumber(input, region);
  return parsed.ok ? parsed.number : parsed.code;
}

const inScript = (zero: number, text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

const exampleNumbers = getCountries().map((region) => ({
  region,
  example: getExampleNumber(region, examples)!,
}));

describe('one number', () => {
  it('is read in every region as dialled there, as dialled from abroad and as a tel: URI', () => {
    for (const { region, example } of exampleNumbers) {
      expect(read(example.format('NATIONAL'), region), region).toBe(example.number);
      expect(read(example.format('INTERNATIONAL')), region).toBe(example.number);
      expect(read(example.format('RFC3966')), region).toBe(example.number);
    }
  });

  it.each([
    '+44 20 7946 0018',
    '+44-20-7946-0018',
    '+44.20.7946.0018',
    '(+44) 20 7946 0018',
    '+44 (0)20 7946 0018',
    ' +442079460018\n',
    '<+442079460018>',
    '"+442079460018";',
    "'+442079460018",
    '\u202a+44 20 7946 0018\u202c',
    '\u200f+44\u00a020\u20097946\u20110018',
    '\uff0b\uff14\uff14\u3000\uff12\uff10\u30007946\uff0d0018',
    '\u2795442079460018',
  ])('is read from %j', (input) => {
    expect(read(input)).toBe('+442079460018');
  });

  it('is read from the digits of any script as from ASCII', () => {
    const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0xff10, 0x1d7ce, 0x1d7f6, 0x1fbf0];
    fc.assert(
      fc.property(
        fc.constantFrom(...exampleNumbers),
        fc.constantFrom(...zeros),
        ({ region, example }, zero) => {
          expect(read(inScript(zero, example.number))).toBe(example.number);
          expect(read(inScript(zero, example.format('NATIONAL')), region)).toBe(example.number);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['+1 213 373 4253 x123', undefined],
    ['+1 213 373 4253 ext. 5', undefined],
    ['tel:+1-213-373-4253;ext=12', undefined],
    ['tel:%2B1-213-373-4253;isub=1;ext=9', undefined],
    ['tel:213-373-4253;phone-context=+1', undefined],
    ['TEL:213-373-4253;phone-context=example.com', 'US'],
    ['(213) 373-4253 #77', 'US'],
    ['213-373-4253,,42', 'us'],
  ])('drops the extension and the parameters of %j', (input, region) => {
    expect(read(input, region)).toBe('+12133734253');
  });

  it.each([
    ['', 'empty'],
    [' \t\u200e\ufeff', 'empty'],
    ['-', 'not_a_number'],
    ['hello', 'not_a_number'],
    ['tel:', 'not_a_number'],
    ['+1 800 FLOWERS', 'not_a_number'],
    ['*31#+442079460018', 'not_a_number'],
    ['++442079460018', 'not_a_number'],
    ['+442079460018 +442079460019', 'not_a_number'],
    ['\ud800', 'not_a_number'],
    ['020 7946 0018', 'region_required'],
    ['+0442079460018', 'country_unknown'],
    ['+999 123 456 789', 'country_unknown'],
    ['+1', 'too_short'],
    ['+44 20 7946', 'too_short'],
    ['+44 20 7946 0018 0018', 'too_long'],
    ['+1 123 456 7890', 'not_valid'],
  ])('is not read from %j: %s', (input, code) => {
    expect(read(input)).toBe(code);
  });

  it('has no short codes or emergency numbers', () => {
    expect(['911', '112', '988'].map((code) => read(code, 'US'))).toEqual(Array(3).fill('too_short'));
    expect(['999', '101', '118118'].map((code) => read(code, 'GB'))).toEqual(Array(3).fill('too_short'));
  });

  it('needs a region that exists, and none for an international number', () => {
    for (const region of ['ZZ', 'UK', 'constructor', '__proto__', 'U', '001']) {
      expect(read('213 373 4253', region)).toBe('country_unknown');
      expect(read('+1 213 373 4253', region)).toBe('+12133734253');
    }
    expect(read('213 373 4253', '')).toBe('region_required');
  });

  it('is never longer than the cap, however long the text', () => {
    expect(read('1'.repeat(numberTextLengthMax + 1))).toBe('too_long');
    expect(read(`+${'1'.repeat(5_000_000)}`)).toBe('too_long');
    expect(read(`tel:+1${';phone-context=1-1-1'.repeat(500_000)}`)).toBe('too_long');
    expect(read(`${' '.repeat(1_000_000)}+442079460018`)).toBe('+442079460018');
  });

  it('never throws, and what it accepts is canonical', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        '+',
        '00',
        '+44',
        ';ext=',
        ';phone-context=',
        '+1',
        'tel:',
        'x',
        '#',
        '~',
        ',,',
        '(',
        ' ',
        '%2B',
      ),
      fc.stringMatching(/^\d{1,11}$/),
    );
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const region = fc.option(fc.constantFrom('US', 'GB', 'DE', 'IT', 'AR', 'ZZ', ''), { nil: undefined });
    fc.assert(
      fc.property(text, region, (input, home) => {
        const parsed = parseNumber(input, home);
        if (parsed.ok) expect(parseNumber(parsed.number)).toEqual(parsed);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('many numbers', () => {
  it('come back distinct and in order, with each rejection at its index', () => {
    const inputs = ['+442079460018', 'no', '020 7946 0018', '+12133734253', '', '0044 20 7946 0018'];
    expect(parseNumbers(inputs, 'GB')).toEqual({
      numbers: ['+442079460018', '+12133734253'],
      accepted: 4,
      rejected: [
        { index: 1, code: 'not_a_number' },
        { index: 4, code: 'empty' },
      ],
    });
  });

  it('are each judged alone', () => {
    const input = fc.oneof(
      fc.string(),
      fc.constantFrom(...exampleNumbers).map(({ example }) => example.number),
    );
    fc.assert(
      fc.property(fc.array(input), (inputs) => {
        const { numbers, accepted, rejected } = parseNumbers(inputs);
        expect(accepted + rejected.length).toBe(inputs.length);
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const { index, code } of rejected)
          expect(parseNumber(inputs[index]!)).toEqual({ ok: false, code });
      }),
    );
  });
});
