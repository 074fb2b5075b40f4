import { type NumberSketch, sketchNumbers } from '@kith/detection';
import { type CanonicalNumber, countryOf } from '@kith/protocol';

/** Numbers of a batch whose country is looked up; the others are taken to be like them. */
const sampleMax = 60;

/** What a batch looked like, as counts; how many of them nobody else asked about is counted later, away from the answer. */
export function sketchOf(numbers: readonly CanonicalNumber[]): Omit<NumberSketch, 'solitary'> {
  const step = Math.ceil(numbers.length / sampleMax);
  const given = numbers.map((number, at) => {
    const country = at % step === 0 ? countryOf(number) : undefined;
    return country ? { number, country } : { number };
  });
  const { solitary: _, ...sketch } = sketchNumbers(given, 0);
  return { ...sketch, countryNumbers: Math.min(sketch.countryNumbers * step, numbers.length) };
}
