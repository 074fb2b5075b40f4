import type { Random } from './random.ts';

/** Standard normal (Box and Muller, 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
}

/** Log-normal with this mean of the variable itself; `sigma` is the deviation of its logarithm. */
export function logNormal(random: Random, mean: number, sigma: number): number {
  return mean * Math.exp(sigma * normal(random) - (sigma * sigma) / 2);
}

/** Pareto: at least `min`, with P(X > x) = (min / x)^alpha. */
export function pareto(random: Random, min: number, alpha: number): number {
  return min * (1 - random.float()) ** (-1 / alpha);
}

export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random.float());
}

/** Gamma with shape at least 1 and scale 1 (Marsaglia and Tsang, ACM TOMS 26(3), 2000). */
function gamma(random: Random, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.float()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Beta, both shapes at least 1. */
export function beta(random: Random, a: number, b: number): number {
  const x = gamma(random, a);
  return x / (x + gamma(random, b));
}

/** The quantile of values, by linear interpolation (Hyndman and Fan's type 7). NaN for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  return low + (high - low) * (at - Math.floor(at));
}
