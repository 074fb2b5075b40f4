/**
 * Evidence as measured. Weights are built so as not to overstate: honest members clear a high one far more seldom than it
 * claims. How seldom is read off the crowd itself (an empirical null, after Efron, "Large-scale simultaneous hypothesis
 * testing", 2004): from where nine in ten members lie below to where 97 in 100 do, the tail falls at some rate, and is
 * taken to go on falling so. Up to three members in a hundred may be enumerators without changing what is read.
 */
export interface Calibration {
  /** Evidence that 97 in 100 judged members stay below. */
  anchor: number;
  /** How fast the crowd thins out above it, per nat; 1 is what the weights themselves promise. */
  rate: number;
}

const lower = 0.9;
const upper = 0.97;
const rateMax = 2;
/** Enumerators are taken to lie anywhere in ten nats above the anchor. */
const enumeratorsSpread = 10;

/** @param quantiles evidence at the shares `lower` and `upper` of the judged members. */
export function calibrationOf(quantiles: readonly [number, number]): Calibration {
  const [low, high] = quantiles;
  const fall = Math.log((1 - lower) / (1 - upper));
  const rate = high > low ? fall / (high - low) : 1;
  return { anchor: high, rate: Math.min(Math.max(rate, 1), rateMax) };
}

export const calibrationShares: readonly [number, number] = [lower, upper];

/**
 * The log of the ratio of densities at `own`: enumerators even over ten nats, honest members thinning out at the rate read off.
 * Never less than the evidence itself where that is the safer claim, and unchanged below the anchor.
 */
export function calibrated(own: number, { anchor, rate }: Calibration): number {
  if (own <= anchor) return own;
  const honest = Math.log((1 - upper) * rate) - rate * (own - anchor);
  const enumerators = -Math.log(enumeratorsSpread);
  return Math.max(own, enumerators - honest);
}
