/** How long a hit and a miss took, one after the other in random order; ms. */
export interface TimedPair {
  hit: number;
  miss: number;
}

/** What timed pairs say. */
export interface Difference {
  /** Mean of the fastest hits less that of the fastest misses, ms. */
  ms: number;
  /** What chance alone makes of it once in 150,000 times, ms. */
  chanceMs: number;
}

/** Of each side the fastest part: what is slower is the machine's doing, not the service's. */
const fastestPart = 0.2;
/** Random exchanges by which chance is measured. */
const exchanges = 400;
/** Standard deviations: the usual bar of timing tests (Goodwill et al., 2011). */
const deviations = 4.5;
/** Pairs are added until chance explains less than this, ms, */
const preciseMs = 0.25;
/** so many at a time, */
const pairsAtOnce = 100;
/** and no more than these, on a machine that is busy with other things. */
export const pairsMax = 300;

/**
 * How hits and misses differ, and what chance makes of that: it is seen by exchanging hit and miss within pairs at random
 * (randomisation test, Fisher 1935). Where the service makes no difference, each exchange is as likely as what was
 * measured, whatever the noise, drifts and outliers of the machine.
 */
export function differenceOf(pairs: readonly TimedPair[], random: () => number = Math.random): Difference {
  const byChance = Array.from({ length: exchanges }, () =>
    meanDifference(pairs.map(({ hit, miss }) => (random() < 0.5 ? { hit, miss } : { hit: miss, miss: hit }))),
  );
  const variance = byChance.reduce((sum, value) => sum + value ** 2, 0) / exchanges;
  return { ms: meanDifference(pairs), chanceMs: deviations * Math.sqrt(variance) };
}

/** What a difference is at least, ms; 0 or less where chance explains it. */
export const shownMs = ({ ms, chanceMs }: Difference): number => Math.abs(ms) - chanceMs;

function meanDifference(pairs: readonly TimedPair[]): number {
  return fastestMean(pairs.map(({ hit }) => hit)) - fastestMean(pairs.map(({ miss }) => miss));
}

function fastestMean(times: readonly number[]): number {
  const fastest = Float64Array.from(times)
    .sort()
    .subarray(0, Math.ceil(times.length * fastestPart));
  return fastest.reduce((sum, value) => sum + value, 0) / fastest.length;
}

type Call = () => Promise<unknown>;

/** Times pairs of calls until chance explains little. What comes `after` each is not timed. */
export async function timeHitsAndMisses(
  hit: Call,
  miss: Call,
  after: (kind: 'hit' | 'miss') => Promise<unknown> = async () => undefined,
): Promise<Difference> {
  const pairs: TimedPair[] = [];
  for (;;) {
    for (let at = 0; at < pairsAtOnce; at += 1) pairs.push(await timePair({ hit, miss }, after));
    const difference = differenceOf(pairs);
    if (difference.chanceMs <= preciseMs || pairs.length >= pairsMax) return difference;
  }
}

async function timePair(
  calls: Record<'hit' | 'miss', Call>,
  after: (kind: 'hit' | 'miss') => Promise<unknown>,
): Promise<TimedPair> {
  const pair: TimedPair = { hit: 0, miss: 0 };
  const order = Math.random() < 0.5 ? (['hit', 'miss'] as const) : (['miss', 'hit'] as const);
  for (const kind of order) {
    const before = performance.now();
    await calls[kind]();
    pair[kind] = performance.now() - before;
    await after(kind);
  }
  return pair;
}
