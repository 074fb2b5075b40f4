import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, fromHex, toHex, utf8 } from '../bytes.ts';
import { codeOf, scalarsInOrder, streamOf } from '../random.testing.ts';
import { GENERATOR_HEX, type Group } from './group.ts';

/** RFC 9496 A.1: the first multiples of the generator, from 1. */
const MULTIPLES = [
  GENERATOR_HEX,
  '6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919',
  '94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259',
  'da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57',
  'e882b131016b52c1d3337080187cf768423efccbb517bb495ab812c4160ff44e',
];

/** RFC 9496 A.2: encodings that must be refused. */
const INVALID = [
  // Not reduced modulo p.
  '00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  // Negative.
  '0100000000000000000000000000000000000000000000000000000000000000',
  '01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20',
  'c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562',
  // Not a square.
  '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
  '4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f',
  'de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad7b',
  // xy negative.
  '3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e',
  'a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220',
  // s = -1, which makes y = 0.
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];
const IDENTITY = '00'.repeat(32);
const ORDER = 'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010';

const scalarOf = (value: number) =>
  Uint8Array.from({ length: 32 }, (_, i) => (i < 4 ? (value >>> (8 * i)) & 255 : 0));
const element = (hex: string) => fromHex(hex);

/** What every backend of `Group` must do. */
export function describeGroup(name: string, load: () => Promise<Group>): void {
  describe(`${name} backend of ristretto255`, () => {
    let group: Group;
    const random = streamOf(name);
    beforeAll(async () => {
      group = await load();
    });
    const some = (count: number) =>
      concatBytes(...Array.from({ length: count }, () => group.hashToElement(random(16), utf8('test'))));
    const scalars = (count: number) =>
      concatBytes(...Array.from({ length: count }, () => group.randomScalar(random)));

    it('multiplies the generator as RFC 9496 A.1 lists', () => {
      const products = MULTIPLES.map((_, i) => toHex(group.multiplyBase(scalarOf(i + 1))));
      expect(products).toEqual(MULTIPLES);
      const many = group.multiplyEach(
        concatBytes(...MULTIPLES.map(() => element(GENERATOR_HEX))),
        concatBytes(...MULTIPLES.map((_, i) => scalarOf(i + 1))),
      );
      expect(toHex(many)).toBe(MULTIPLES.join(''));
    });

    it.each(INVALID)('refuses the invalid encoding %s of RFC 9496 A.2 wherever an element is read', (hex) => {
      const packed = concatBytes(element(MULTIPLES[2] as string), element(hex));
      expect(group.isElement(element(hex))).toBe(false);
      expect(codeOf(() => group.multiply(packed, scalarOf(3)))).toBe('element_invalid');
      expect(codeOf(() => group.multiplyEach(packed, concatBytes(scalarOf(3), scalarOf(4))))).toBe(
        'element_invalid',
      );
      expect(codeOf(() => group.combine(packed, concatBytes(scalarOf(3), scalarOf(4))))).toBe(
        'element_invalid',
      );
      expect(() => group.multiply(packed, scalarOf(3))).toThrow(expect.objectContaining({ at: 1 }));
      expect(() => group.combine(packed, scalars(2))).toThrow(expect.objectContaining({ at: 1 }));
    });

    it('refuses the identity wherever an element is read', () => {
      const packed = concatBytes(some(1), element(IDENTITY));
      expect(group.isElement(element(IDENTITY))).toBe(false);
      expect(codeOf(() => group.multiply(packed, scalarOf(3)))).toBe('element_invalid');
      expect(codeOf(() => group.multiplyEach(packed, scalars(2)))).toBe('element_invalid');
      expect(codeOf(() => group.combine(packed, scalars(2)))).toBe('element_invalid');
    });

    it('refuses wrong lengths', () => {
      const element31 = some(1).subarray(1);
      expect(group.isElement(element31)).toBe(false);
      expect(codeOf(() => group.multiply(element31, scalarOf(1)))).toBe('length_wrong');
      expect(codeOf(() => group.multiply(some(1), new Uint8Array(31)))).toBe('length_wrong');
      expect(codeOf(() => group.multiplyEach(some(2), scalars(1)))).toBe('length_wrong');
      expect(codeOf(() => group.combine(some(2), scalars(1)))).toBe('length_wrong');
      expect(codeOf(() => group.combine(new Uint8Array(0), new Uint8Array(0)))).toBe('length_wrong');
      expect(codeOf(() => group.invertScalars(new Uint8Array(33)))).toBe('length_wrong');
    });

    it('refuses scalars of zero and of the order or more', () => {
      for (const bad of [IDENTITY, ORDER, 'ff'.repeat(32)].map(fromHex)) {
        expect(codeOf(() => group.multiply(some(1), bad))).toBe('scalar_invalid');
        expect(codeOf(() => group.multiplyBase(bad))).toBe('scalar_invalid');
        expect(codeOf(() => group.invertScalars(concatBytes(scalarOf(5), bad)))).toBe('scalar_invalid');
      }
    });

    it('combines as the sum of single products, zero scalars and repeated elements included', () => {
      const count = 9;
      const elements = concatBytes(some(count - 1), element(GENERATOR_HEX));
      const weights = concatBytes(scalars(count - 2), new Uint8Array(32), scalarOf(1));
      const whole = group.combine(elements, weights);
      // k * sum(w_i P_i) = sum(w_i (k P_i))
      const k = group.randomScalar(random);
      expect(toHex(group.multiply(whole, k))).toBe(
        toHex(group.combine(group.multiply(elements, k), weights)),
      );
      const twice = concatBytes(some(1), some(0));
      const doubled = group.combine(concatBytes(twice, twice), concatBytes(scalarOf(1), scalarOf(1)));
      expect(toHex(doubled)).toBe(toHex(group.multiply(twice, scalarOf(2))));
    });

    it('gives the identity where the terms cancel', () => {
      const one = some(1);
      const minusOne = group.scalarMinusProduct(new Uint8Array(32), scalarOf(1), scalarOf(1));
      expect(toHex(group.combine(concatBytes(one, one), concatBytes(scalarOf(1), minusOne)))).toBe(IDENTITY);
      expect(toHex(group.combine(one, new Uint8Array(32)))).toBe(IDENTITY);
    });

    it('inverts scalars, one or many at once', () => {
      for (const count of [0, 1, 2, 5]) {
        const values = scalars(count);
        const elements = some(count);
        const there = group.multiplyEach(elements, values);
        expect(toHex(group.multiplyEach(there, group.invertScalars(values)))).toBe(toHex(elements));
      }
    });

    it('draws no zero scalar: it draws again', () => {
      expect(toHex(group.randomScalar(scalarsInOrder(new Uint8Array(32), scalarOf(7))))).toBe(
        toHex(scalarOf(7)),
      );
    });

    it('takes apart no random bytes without a verdict', () => {
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
          const verdict = group.isElement(bytes);
          expect(codeOf(() => group.multiply(bytes, scalarOf(2)))).toBe(
            verdict ? 'nothing thrown' : 'element_invalid',
          );
          expect(codeOf(() => group.combine(bytes, scalarOf(2)))).toBe(
            verdict ? 'nothing thrown' : 'element_invalid',
          );
        }),
        { numRuns: 40, seed: 1 },
      );
    });
  });
}
