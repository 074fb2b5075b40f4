import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json';
import {
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberWithError,
} from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import { describe, expect, it } from 'vitest';
import { parseE164 } from './e164.ts';
import { parseWithLibrary } from './library.ts';

/** The library asked directly, as an app without this package would ask it. */
function libraryNumber(text: string): string | undefined {
  try {
    const parsed = parsePhoneNumberWithError(text);
    return parsed.isValid() ? parsed.number : undefined;
  } catch {
    return undefined;
  }
}

function expectTheLibrarysVerdict(text: string): boolean {
  const ours = parseE164(text);
  expect(ours, text).toEqual(parseWithLibrary(text, undefined));
  expect(ours?.ok ? ours.number : undefined, text).toBe(libraryNumber(text));
  return ours?.ok === true;
}

const regions = getCountries();
const nonGeographic = ['800', '808', '870', '878', '881', '882', '883', '888', '979'];
const digits = (lengthMax: number) => fc.stringMatching(new RegExp(`^\\d{0,${lengthMax}}$`));
const exampleOf = (region: (typeof regions)[number]) =>
  getExampleNumber(region, examples)?.number ?? `+${getCountryCallingCode(region)}`;
const example = fc.constantFrom(...regions.map(exampleOf));
const callingCode = fc.constantFrom(
  ...regions.map((region) => String(getCountryCallingCode(region))),
  ...nonGeographic,
);

/** An example with some of its last digits rolled anew: often valid, often just not. */
const neighbour = fc
  .tuple(example, fc.nat(9), digits(9))
  .map(([number, from, fresh]) => number.slice(0, -from - 1) + fresh.slice(0, from + 1));
const truncated = fc.tuple(example, fc.nat(14)).map(([number, kept]) => number.slice(0, 2 + kept));
const extended = fc.tuple(example, digits(6)).map(([number, more]) => number + more);
const madeUp = fc.tuple(callingCode, digits(20)).map(([code, national]) => `+${code}${national}`);
const random = digits(24).map((all) => `+${all}`);
/** National prefixes, carrier codes and area codes written where they do not belong. */
const prefixed = fc
  .tuple(
    fc.constantFrom(...regions),
    fc.constantFrom('0', '1', '8', '80', '06', '01', '90', '015', '0011', '180020'),
    digits(2),
  )
  .map(([region, prefix, more]) => {
    const code = String(getCountryCallingCode(region));
    return `+${code}${prefix}${more}${exampleOf(region).slice(1 + code.length)}`;
  });

describe('the fast verdict on E.164 text', () => {
  it('covers every region of the library', () => {
    expect(regions.length).toBeGreaterThanOrEqual(245);
    for (const region of regions) expect(expectTheLibrarysVerdict(exampleOf(region)), region).toBe(true);
  });

  it('is the same for every digit changed, added or removed in the example of every region', () => {
    for (const number of regions.map(exampleOf)) {
      const changed = [...number].slice(1).map((digit, at) => {
        const other = (Number(digit) + 1 + (at % 9)) % 10;
        return number.slice(0, at + 1) + other + number.slice(at + 2);
      });
      for (const text of [...changed, number.slice(0, -1), `${number}7`]) expectTheLibrarysVerdict(text);
    }
  });

  it.each([
    ['with digits rolled anew', neighbour, 3000],
    ['cut short', truncated, 2000],
    ['extended', extended, 2000],
    ['made up in a known calling code', madeUp, 2500],
    ['with a national prefix after the calling code', prefixed, 2500],
    ['of random digits', random, 2000],
  ])('is the same for numbers %s', (_, texts, numRuns) => {
    fc.assert(
      fc.property(
        texts.filter((text) => /^\+\d/.test(text)),
        (text) => void expectTheLibrarysVerdict(text),
      ),
      { numRuns },
    );
  });

  it('is the same for every possible length of every calling code, after every first two digits', () => {
    const codes = [...Object.keys(metadata.country_calling_codes), ...nonGeographic];
    for (const code of codes) {
      for (let lead = 0; lead < 100; lead += 7) {
        for (const length of [5, 6, 7, 8, 9, 10, 11, 12]) {
          expectTheLibrarysVerdict(`+${code}${String(lead).padStart(2, '0').padEnd(length, '2345671')}`);
        }
      }
    }
  });

  it('leaves text of any other form to others', () => {
    for (const text of [
      '',
      '+',
      '12133734253',
      '+1 2133734253',
      '+1213373425a',
      ' +12133734253',
      '+١٢١٣٣٧٣٤٢٥٣',
    ]) {
      expect(parseE164(text)).toBeUndefined();
    }
  });

  it('says that a canonical number is canonical', () => {
    fc.assert(
      fc.property(fc.oneof(neighbour, prefixed, madeUp), (text) => {
        const parsed = parseE164(text);
        if (parsed?.ok) expect(parseE164(parsed.number)).toEqual(parsed);
      }),
      { numRuns: 5000 },
    );
  });
});
