import { describe, expect, it } from 'vitest';
import { shadeCount, shadeOf, shadeSteps } from './shades.ts';

describe('shades of the map', () => {
  it('begin where figures that can be read begin, in equal ratios', () => {
    expect(shadeSteps([1, 100_000])).toEqual([1, 10, 100, 1_000, 10_000]);
    expect(shadeSteps([3, 0, 90_000])).toEqual([3, 20, 100, 1_000, 10_000]);
  });

  it('are none where there is nothing', () => {
    expect(shadeSteps([])).toEqual([]);
    expect(shadeSteps([0, 0])).toEqual([]);
    expect(shadeOf(0, [])).toBe(0);
  });

  it('give the most the darkest and nothing the palest', () => {
    const values = [2, 30, 400, 17_000_000];
    const steps = shadeSteps(values);
    expect(shadeOf(17_000_000, steps)).toBe(shadeCount);
    expect(shadeOf(2, steps)).toBe(1);
    expect(shadeOf(0, steps)).toBe(0);
  });

  it('are the darkest one where all countries have the same', () => {
    expect(shadeOf(7, shadeSteps([7, 7]))).toBe(shadeCount);
  });
});
