import metadata from 'libphonenumber-js/metadata.max.json';
import { createDigitLanguage } from './digit-language.ts';

/** A country's valid mobile numbers, in order. */
export interface NumberingPlan {
  /** ISO 3166. */
  readonly region: string;
  /** How many numbers the plan allows: millions to billions. */
  readonly size: number;
  /** The number at a rank, E.164. */
  numberAt(rank: number): string;
  rankOf(number: string): number | undefined;
}

/** libphonenumber's compressed metadata: the places that matter here. */
type CountryRow = readonly [
  callingCode: string,
  unused: unknown,
  pattern: string,
  lengths: number[],
  ...unknown[],
];
type TypeRow = readonly [pattern: string, lengths?: number[]];
const typesAt = 11;
const fixedAt = 0;
const mobileAt = 1;

export class PlanError extends Error {
  override readonly name = 'PlanError';
  readonly code = 'plan_unknown';
}

/**
 * The plan of a region, from Google's libphonenumber metadata. Where mobile and fixed numbers share one range (as in
 * North America), that range.
 *
 * @throws PlanError for a region without mobile numbers.
 */
export function numberingPlan(region: string): NumberingPlan {
  const countries = metadata.countries as unknown as Record<string, CountryRow | undefined>;
  const country = countries[region];
  const types = country?.[typesAt] as (TypeRow | 0)[] | undefined;
  const mobile = types?.[mobileAt];
  if (country === undefined || !mobile) throw new PlanError(`no mobile numbering plan for region ${region}`);
  const [callingCode, , , countryLengths] = country;
  // An empty pattern says: the same numbers as fixed lines.
  const [pattern, lengths] = mobile[0] === '' ? (types[fixedAt] as TypeRow) : mobile;
  const language = createDigitLanguage(pattern, lengths ?? countryLengths);
  const prefix = `+${callingCode}`;
  return {
    region,
    size: language.size,
    numberAt: (rank) => prefix + language.at(rank),
    rankOf: (number) =>
      number.startsWith(prefix) ? language.rankOf(number.slice(prefix.length)) : undefined,
  };
}
