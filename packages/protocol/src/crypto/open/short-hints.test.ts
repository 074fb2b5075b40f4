import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, itemAt, toHex } from '../bytes.ts';
import { codeOf, streamOf } from '../random.testing.ts';
import { REST_BYTES, restOf, restOfHints, ShortHints, shortenHints } from './short-hints.ts';

const random = streamOf('short hints');

/** So many random hints, ascending and packed. */
function sortedHints(count: number): Uint8Array {
  const hints = Array.from({ length: count }, () => random(4));
  return concatBytes(...hints.sort((a, b) => Buffer.compare(a, b)));
}

describe('short hints', () => {
  it('say "maybe" at the place of every hint, whatever the hints and however many', () => {
    const anyHints = fc
      .array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 1, maxLength: 400 })
      .map((values) => {
        const packed = Buffer.alloc(values.length * 4);
        for (const [at, value] of values.sort((a, b) => a - b).entries()) packed.writeUInt32BE(value, at * 4);
        return new Uint8Array(packed);
      });
    fc.assert(
      fc.property(anyHints, (hints) => {
        const short = ShortHints.read(shortenHints(hints));
        for (let at = 0; at < hints.length / 4; at++) expect(short.find(itemAt(hints, at, 4))).toContain(at);
      }),
      { numRuns: 100 },
    );
  });

  it('take ten bits each, and say "maybe" to one stranger in 256', () => {
    const bytes = shortenHints(sortedHints(256));
    expect(bytes).toHaveLength(2 + 256 + 64);
    const short = ShortHints.read(bytes);
    const wrong = Array.from({ length: 20_000 }, () => short.find(random(4)).length > 0).filter(Boolean);
    // 78 are expected, with a standard deviation of 9.
    expect(wrong.length).toBeGreaterThan(40);
    expect(wrong.length).toBeLessThan(116);
  });

  it('of an empty bucket find nobody', () => {
    expect(ShortHints.read(shortenHints(new Uint8Array())).find(random(4))).toEqual([]);
  });

  it('with the rest of the hints make a "maybe" a "yes" or a "no"', () => {
    const hints = sortedHints(64);
    const rest = restOfHints(hints);
    expect(rest).toHaveLength(64 * REST_BYTES);
    expect(toHex(itemAt(rest, 3, REST_BYTES))).toBe(toHex(restOf(itemAt(hints, 3, 4))));
  });

  it('are refused in any other form than the one that is written', () => {
    const bytes = shortenHints(sortedHints(64));
    const refused = (change: (copy: Uint8Array) => Uint8Array) =>
      expect(codeOf(() => ShortHints.read(change(bytes.slice())))).toBe('wire_invalid');
    refused(() => new Uint8Array(1));
    refused((copy) => copy.subarray(1));
    refused((copy) => concatBytes(copy, Uint8Array.of(0)));
    // One entry too many, one too few, and one whose place is beyond the last.
    refused((copy) => copy.with(2 + 64, 0xff));
    refused((copy) => copy.fill(0, 2 + 64, 2 + 64 + 8));
    refused(() => Uint8Array.of(0, 1, 5, 0b0100_0000));
    // Descending within the same 256 values.
    refused(() => Uint8Array.of(0, 2, 9, 8, 0b1100_0000));
  });
});
