import { describe, expect, it } from 'vitest';
import { chanceOf, createRandom, hashOf, shuffled } from './random.ts';

const draws = 50_000;

describe('the seeded stream', () => {
  it('repeats itself for a seed and differs for another', () => {
    const first = Array.from({ length: 8 }, createRandom(7).uint32);
    expect(Array.from({ length: 8 }, createRandom(7).uint32)).toEqual(first);
    expect(Array.from({ length: 8 }, createRandom(8).uint32)).not.toEqual(first);
  });

  it('is uniform: chi-square over 100 cells below the 1-in-10,000 value for 99 degrees of freedom', () => {
    const random = createRandom(1);
    const cells = new Array<number>(100).fill(0);
    for (let draw = 0; draw < draws; draw += 1) cells[random.below(100)]! += 1;
    const expected = draws / 100;
    const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(160);
    expect(chiSquare).toBeGreaterThan(50);
  });

  it('forks by label, whatever was drawn before', () => {
    const drawn = createRandom(3);
    drawn.uint32();
    expect(drawn.fork('books').uint32()).toBe(createRandom(3).fork('books').uint32());
    expect(drawn.fork('books').uint32()).not.toBe(drawn.fork('names').uint32());
  });
});

describe('the stateless hash', () => {
  it('is uniform over neighbouring inputs, and order matters', () => {
    let sum = 0;
    for (let i = 0; i < draws; i += 1) sum += chanceOf(5, i, i + 1);
    expect(sum / draws).toBeCloseTo(0.5, 2);
    expect(hashOf(1, 2)).not.toBe(hashOf(2, 1));
  });

  it('tells apart integers that differ above 32 bits', () => {
    expect(hashOf(2 ** 40 + 1)).not.toBe(hashOf(1));
  });
});

describe('shuffled', () => {
  it('keeps every item and puts each in every place equally often', () => {
    const random = createRandom(9);
    const firsts = new Array<number>(5).fill(0);
    for (let round = 0; round < 10_000; round += 1) {
      const order = shuffled(random, [0, 1, 2, 3, 4]);
      expect(order.toSorted()).toEqual([0, 1, 2, 3, 4]);
      firsts[order[0]!]! += 1;
    }
    for (const count of firsts) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });
});
