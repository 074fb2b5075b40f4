import examples from 'libphonenumber-js/examples.mobile.json';
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import { createRandom, type Random, shuffled } from '../population/random.ts';

/**
 * E.164 texts from every region of the library, in the mix that a sync brings: two in three are examples with
 * their last four digits rolled anew, mostly valid; the others are off by their first digits, cut short, run on,
 * or written with a national prefix after the calling code. Shuffled, so that no pattern stays hot by order.
 */
export function numbersCases(count: number, seed = 2020): string[] {
  const random = createRandom(seed);
  const examples = exampleNumbers();
  const cases = Array.from({ length: count }, (_, at) => {
    const example = examples[at % examples.length]!;
    return caseFrom(example, Math.floor(at / examples.length) % 12, random);
  });
  return shuffled(random, cases);
}

interface Example {
  readonly number: string;
  /** Where the national number begins. */
  readonly nationalAt: number;
}

function exampleNumbers(): Example[] {
  return getCountries().flatMap((region) => {
    const number = getExampleNumber(region, examples)?.number;
    return number ? [{ number, nationalAt: 1 + getCountryCallingCode(region).length }] : [];
  });
}

function caseFrom({ number, nationalAt }: Example, kind: number, random: Random): string {
  const rolled = `${number.slice(0, -4)}${digits(4, random)}`;
  if (kind === 8) return `${number.slice(0, nationalAt)}${digits(3, random)}${number.slice(nationalAt + 3)}`;
  if (kind === 9) return rolled.slice(0, -1 - random.below(4));
  if (kind === 10) return rolled + digits(1 + random.below(4), random);
  if (kind === 11) return `${number.slice(0, nationalAt)}0${rolled.slice(nationalAt)}`;
  return rolled;
}

function digits(count: number, random: Random): string {
  return Array.from({ length: count }, () => random.below(10)).join('');
}
