import type { NumberSketch } from './event.ts';

/** Numbers whose neighbours stand this close are a run: a list that was counted up, however it was shuffled since. */
const runGapMax = 10;
const prefixDigits = 7;

/**
 * Sketches the number space of a batch: what is kept of the numbers after they are forgotten.
 *
 * @param numbers E.164, with or without `+`, each with its country where known; duplicates are the caller's to drop.
 * @param solitary how many of them no other member has ever asked about.
 */
export function sketchNumbers(
  numbers: readonly { number: string; country?: string }[],
  solitary: number,
): NumberSketch {
  const digits = numbers.map(({ number }) => (number.startsWith('+') ? number.slice(1) : number));
  const [country, countryNumbers] = mostCommon(numbers.map((each) => each.country ?? ''));
  return {
    numbers: numbers.length,
    solitary: Math.min(solitary, numbers.length),
    inRuns: countInRuns(digits.map(Number)),
    prefixes: new Set(digits.map((each) => each.slice(0, prefixDigits))).size,
    country,
    countryNumbers,
  };
}

function countInRuns(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] ?? 0;
    const before = value - (sorted[i - 1] ?? Number.NEGATIVE_INFINITY);
    const after = (sorted[i + 1] ?? Number.POSITIVE_INFINITY) - value;
    if (Math.min(before, after) <= runGapMax) count++;
  }
  return count;
}

function mostCommon(countries: readonly string[]): [string, number] {
  const counts = new Map<string, number>();
  for (const country of countries) if (country !== '') counts.set(country, (counts.get(country) ?? 0) + 1);
  let best: [string, number] = ['', 0];
  for (const [country, count] of counts) {
    if (count > best[1] || (count === best[1] && country < best[0])) best = [country, count];
  }
  return best;
}
