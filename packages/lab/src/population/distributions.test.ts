import { describe, expect, it } from 'vitest';
import { beta, exponential, logNormal, pareto, quantile } from './distributions.ts';
import { createRandom, type Random } from './random.ts';

const draws = 100_000;
const sample = (draw: (random: Random) => number) => {
  const random = createRandom(42);
  return Array.from({ length: draws }, () => draw(random));
};
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('distributions have the moments that theory gives them', () => {
  it('log-normal: mean as asked, median = mean * exp(-sigma^2 / 2)', () => {
    const values = sample((random) => logNormal(random, 47, 1));
    expect(mean(values) / 47).toBeCloseTo(1, 1);
    expect(quantile(values, 0.5) / (47 * Math.exp(-0.5))).toBeCloseTo(1, 1);
  });

  it('Pareto: a tenth lies above min * 10^(1/alpha)', () => {
    const values = sample((random) => pareto(random, 100, 2));
    const above = values.filter((value) => value > 100 * Math.sqrt(10)).length / draws;
    expect(above).toBeCloseTo(0.1, 2);
    expect(Math.min(...values.slice(0, 10_000))).toBeGreaterThanOrEqual(100);
  });

  it('exponential: mean as asked, median = mean * ln 2', () => {
    const values = sample((random) => exponential(random, 3));
    expect(mean(values)).toBeCloseTo(3, 1);
    expect(quantile(values, 0.5)).toBeCloseTo(3 * Math.LN2, 1);
  });

  it('beta: mean a / (a + b), variance ab / ((a+b)^2 (a+b+1))', () => {
    const values = sample((random) => beta(random, 2, 3));
    const centre = mean(values);
    expect(centre).toBeCloseTo(0.4, 2);
    expect(mean(values.map((value) => (value - centre) ** 2))).toBeCloseTo(0.04, 2);
  });
});

describe('quantile', () => {
  it('interpolates between neighbours', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([5], 0.99)).toBe(5);
    expect(quantile([], 0.5)).toBeNaN();
  });
});
