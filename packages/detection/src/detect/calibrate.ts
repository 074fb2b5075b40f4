/**
 * Evidence as measured. Weights are sums of bounded parts, and say how far they go only in principle; how far honest members go
 * is read off the crowd itself (an empirical null, after Efron, "Large-Scale Inference", 2010, chapters 5 and 6): up to where
 * 97 in a hundred members lie below it is counted, beyond that the tail is taken to go on falling as it did. Where no weeks tell
 * apart what is usual, it is counted up to nine in ten only, so that one judged member in ten may be an enumerator.
 */
export interface Calibration {
  /** Evidence at the first of `calibrationShares` of the judged members, ascending. */
  quantiles: readonly number[];
  /** How fast the crowd thins out above the last of them, per nat; at least the 1 that the weights promise. */
  rate: number;
}

export const calibrationShares = [0.5, 0.75, 0.9, 0.97] as const;
const rateMax = 2;

/** @param quantiles evidence at the first three or all of `calibrationShares` of the judged members. */
export function calibrationOf(quantiles: readonly number[]): Calibration {
  const [, low = 0] = quantiles;
  const high = quantiles.at(-1) ?? 0;
  const last = calibrationShares[quantiles.length - 1] ?? calibrationShares[2];
  const rate = high > low ? Math.log((1 - calibrationShares[1]) / (1 - last)) / (high - low) : 1;
  return { quantiles, rate: Math.min(Math.max(rate, 1), rateMax) };
}

/** Log of the share of honest members whose evidence is at least `own`. */
export function logShareAbove(own: number, { quantiles, rate }: Calibration): number {
  const logs = calibrationShares.slice(0, quantiles.length).map((share) => Math.log(1 - share));
  const first = quantiles[0] ?? 0;
  const last = quantiles.at(-1) ?? 0;
  if (own <= first) return logs[0] ?? 0;
  if (own >= last) return (logs.at(-1) ?? 0) - rate * (own - last);
  const at = quantiles.findIndex((quantile) => quantile > own);
  const [from = 0, to = 0] = [quantiles[at - 1], quantiles[at]];
  const [above = 0, below = 0] = [logs[at - 1], logs[at]];
  return above + ((below - above) * (own - from)) / Math.max(to - from, 1e-9);
}

/**
 * What a member's own evidence weighs among others: the log of how much likelier an enumerator is to go at least so far, half of
 * all enumerators being taken to. 0 for the lower half of the crowd.
 */
export function calibrated(own: number, calibration: Calibration): number {
  return -Math.LN2 - logShareAbove(own, calibration);
}

/**
 * What a member's own evidence weighs as a vote on how many enumerators there are: the calibrator 1 / (2 sqrt p), whose mean over
 * honest members is 1, so that a crowd of them votes for none (`calibrated` would count its own extremes twice).
 */
export function vote(own: number, calibration: Calibration): number {
  return -Math.LN2 - logShareAbove(own, calibration) / 2;
}

/** How the crowd stands, with all evidence and with the families left out that some kind of block brings with it. */
export interface Calibrations {
  all: Calibration;
  without: ReadonlyMap<string, Calibration>;
}

/** A set of families as a key: equal sets have equal keys. */
export const setKey = (families: readonly string[]): string => [...new Set(families)].sort().join('+');
