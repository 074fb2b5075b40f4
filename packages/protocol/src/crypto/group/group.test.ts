import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, toHex, utf8 } from '../bytes.ts';
import { streamOf } from '../random.testing.ts';
import { describeGroup } from './group.contract.testing.ts';
import type { Group } from './group.ts';
import { loadFastGroup, loadPureGroup } from './load.ts';

describeGroup('fast', loadFastGroup);
describeGroup('pure', loadPureGroup);

describe('both backends of ristretto255', () => {
  let fast: Group;
  let pure: Group;
  beforeAll(async () => {
    [fast, pure] = await Promise.all([loadFastGroup(), loadPureGroup()]);
  });

  /** The results of every operation on the same random input, as hexadecimal. */
  function everything(group: Group, seed: string, count: number): string[] {
    const random = streamOf(seed);
    const tag = utf8('both-backends');
    const elements = concatBytes(
      ...Array.from({ length: count }, () => group.hashToElement(random(20), tag)),
    );
    const scalars = concatBytes(...Array.from({ length: count }, () => group.randomScalar(random)));
    const scalar = group.hashToScalar(random(40), tag);
    return [
      elements,
      scalars,
      scalar,
      group.sha512(random(300)),
      group.sha512(random(2000)),
      group.multiplyBase(scalar),
      group.multiply(elements, scalar),
      group.multiplyEach(elements, scalars),
      group.combine(elements, scalars),
      group.invertScalars(scalars),
      group.scalarMinusProduct(scalar, scalars.subarray(0, 32), scalar),
    ].map(toHex);
  }

  it.each([1, 2, 3, 4, 17])('give the same bytes for the same input, %i elements at a time', (count) => {
    expect(everything(fast, `same-${count}`, count)).toEqual(everything(pure, `same-${count}`, count));
  });

  it('combine alike where windows of every width are used', () => {
    for (const count of [33, 70, 140]) {
      const random = streamOf(`combine-${count}`);
      const elements = concatBytes(
        ...Array.from({ length: count }, () => fast.hashToElement(random(8), utf8('w'))),
      );
      const scalars = concatBytes(...Array.from({ length: count }, () => fast.randomScalar(random)));
      expect(toHex(fast.combine(elements, scalars))).toBe(toHex(pure.combine(elements, scalars)));
    }
  });

  it('combine alike under scalars made of extreme digits', () => {
    const scalar = fc
      .array(fc.constantFrom(0x00, 0xff, 0x80, 0x7f, 0x01), { minLength: 31, maxLength: 31 })
      .map((bytes) => Uint8Array.from([...bytes, 0x0f]));
    const random = streamOf('digits');
    fc.assert(
      fc.property(scalar, scalar, (a, b) => {
        const elements = concatBytes(
          fast.hashToElement(random(8), utf8('d')),
          fast.hashToElement(random(8), utf8('d')),
        );
        const scalars = concatBytes(a, b);
        expect(toHex(fast.combine(elements, scalars))).toBe(toHex(pure.combine(elements, scalars)));
      }),
      { numRuns: 30, seed: 2 },
    );
  });

  it('agree on which random encodings are elements', () => {
    const random = streamOf('encodings');
    for (let i = 0; i < 60; i++) {
      const bytes = random(32);
      bytes[31] = (bytes[31] as number) & 0x7f;
      bytes[0] = (bytes[0] as number) & 0xfe;
      expect(fast.isElement(bytes)).toBe(pure.isElement(bytes));
    }
  });
});
