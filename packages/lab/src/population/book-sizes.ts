import { logNormal, pareto } from './distributions.ts';
import type { Random } from './random.ts';

/** How many numbers people keep: a mixture of ordinary, busy and professional address books. */
export interface BookSizes {
  ordinaryMean: number;
  ordinarySigma: number;
  /** The share of people with a book like the student sample's. */
  busyShare: number;
  busyMean: number;
  busySigma: number;
  /** The share of people with a book in the Pareto tail: sellers, organisers, phones with everything imported. */
  tailShare: number;
  tailMin: number;
  tailAlpha: number;
  max: number;
}

/**
 * Two means are published and no percentiles: a British survey of 2016 (mean 47 numbers) and a student sample (mean
 * 485). Spread and tail are this model's own, and are to be varied.
 */
export const bookSizes: BookSizes = {
  ordinaryMean: 47,
  ordinarySigma: 1,
  busyShare: 0.1,
  busyMean: 485,
  busySigma: 0.7,
  tailShare: 0.01,
  tailMin: 1_000,
  tailAlpha: 1.8,
  max: 20_000,
};

/** A size drawn from the mixture, at least 1. */
export function drawBookSize(random: Random, sizes: BookSizes): number {
  const which = random.float();
  const size =
    which < sizes.tailShare
      ? pareto(random, sizes.tailMin, sizes.tailAlpha)
      : which < sizes.tailShare + sizes.busyShare
        ? logNormal(random, sizes.busyMean, sizes.busySigma)
        : logNormal(random, sizes.ordinaryMean, sizes.ordinarySigma);
  return Math.min(sizes.max, Math.max(1, Math.round(size)));
}
