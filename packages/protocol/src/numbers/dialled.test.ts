import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json';
import {
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberWithError,
} from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { parseDialled } from './dialled.ts';
import { parseWithLibrary } from './library.ts';

type Region = ReturnType<typeof getCountries>[number];

function libraryNumber(text: string, region: Region): string | undefined {
  try {
    const parsed = parsePhoneNumberWithError(text, region);
    return parsed.isValid() ? parsed.number : undefined;
  } catch {
    return undefined;
  }
}

function expectTheLibrarysVerdict(text: string, region: Region): boolean {
  const ours = parseDialled(text, region);
  expect(ours, `${text} ${region}`).toEqual(parseWithLibrary(text, region));
  expect(ours?.ok ? ours.number : undefined, `${text} ${region}`).toBe(libraryNumber(text, region));
  return ours?.ok === true;
}

const regions = getCountries();
const region = fc.constantFrom(...regions);
const digits = (lengthMin: number, lengthMax: number) =>
  fc
    .stringMatching(new RegExp(`^\\d{${lengthMin},${lengthMax}}$`))
    .filter((text) => text.length >= lengthMin);
const asDialled = (of: Region) => getExampleNumber(of, examples)!.formatNational().replace(/\D/g, '');
const national = (of: Region) => String(getExampleNumber(of, examples)!.nationalNumber);

describe('the fast verdict on digits as dialled', () => {
  it('covers every region', () => {
    for (const each of regions) expect(expectTheLibrarysVerdict(asDialled(each), each), each).toBe(true);
  });

  it('is the same for every digit changed in the example of every region, with and without its prefix', () => {
    for (const each of regions) {
      for (const text of [
        asDialled(each),
        national(each),
        `${getCountryCallingCode(each)}${national(each)}`,
      ]) {
        for (let at = 0; at < text.length; at += 1) {
          const other = (Number(text[at]) + 1 + (at % 9)) % 10;
          expectTheLibrarysVerdict(text.slice(0, at) + other + text.slice(at + 1), each);
        }
      }
    }
  });

  const prefixes = [
    '0',
    '1',
    '8',
    '00',
    '011',
    '810',
    '0011',
    '001',
    '119',
    '009',
    '80',
    '06',
    '90',
    '015',
    '180020',
    '1831',
  ];
  const prefixed = fc
    .tuple(region, fc.constantFrom(...prefixes), digits(0, 3))
    .map(([of, prefix, more]): [string, Region] => [prefix + more + national(of), of]);
  const ownCode = fc
    .tuple(region, fc.constantFrom('', '0', '00', '1'), digits(0, 4))
    .map(([of, prefix, end]): [string, Region] => [
      `${getCountryCallingCode(of)}${prefix}${national(of).slice(0, -end.length - 1)}${end}7`,
      of,
    ]);
  const abroad = fc
    .tuple(region, region, fc.constantFrom('00', '011', '810', '010', '0', '1', '000'), digits(0, 3))
    .map(([of, to, prefix, end]): [string, Region] => [
      `${prefix}${getCountryCallingCode(to)}${national(to).slice(0, -end.length - 1)}${end}7`,
      of,
    ]);
  const elsewhere = fc.tuple(region, region).map(([of, other]): [string, Region] => [asDialled(other), of]);
  const neighbour = fc
    .tuple(region, digits(1, 9))
    .map(([of, end]): [string, Region] => [asDialled(of).slice(0, -end.length) + end, of]);
  const random = fc.tuple(digits(3, 20), region);

  it.each([
    ['with digits rolled anew', neighbour, 1500],
    ['with prefixes of all kinds', prefixed, 1500],
    ['with the calling code and no plus', ownCode, 1500],
    ['dialled to another region', abroad, 1500],
    ['of another region', elsewhere, 800],
    ['of random digits', random, 800],
  ])('is the same for numbers %s', (_, texts, numRuns) => {
    fc.assert(
      fc.property(
        texts.filter(([text]) => text.length >= 3),
        ([text, of]) => void expectTheLibrarysVerdict(text, of),
      ),
      { numRuns },
    );
  });

  it('leaves text of any other form to others', () => {
    for (const text of ['', '12', '+12133734253', '213 373', '٢١٣٣٧٣٤٢٥٣']) {
      expect(parseDialled(text, 'US')).toBeUndefined();
    }
  });
});
