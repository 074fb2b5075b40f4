import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPermutation } from './permutation.ts';

describe('a permutation without a table', () => {
  it('visits every place exactly once, for any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.integer(), (size, seed) => {
        const permutation = createPermutation(size, seed);
        const values = new Set(Array.from({ length: size }, (_, place) => permutation.at(place)));
        expect(values.size).toBe(size);
        expect(Math.max(...values)).toBe(size - 1);
      }),
      { numRuns: 50 },
    );
  });

  it('is undone by placeOf, for sizes up to a country of ten billion numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), fc.nat(), fc.integer(), (size, n, seed) => {
        const permutation = createPermutation(size, seed);
        expect(permutation.placeOf(permutation.at(n % size))).toBe(n % size);
      }),
    );
  });

  it('leaves no order behind: neighbours end up far apart', () => {
    const size = 100_000;
    const permutation = createPermutation(size, 4);
    let distance = 0;
    for (let place = 1; place < 10_000; place += 1) {
      distance += Math.abs(permutation.at(place) - permutation.at(place - 1));
    }
    // Two independent uniform places are a third of the range apart on average.
    expect(distance / 9_999 / size).toBeCloseTo(1 / 3, 1);
  });
});
