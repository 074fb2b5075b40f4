import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CanonicalNumber } from './canonical-number.ts';

/** The country of a number, ISO 3166 alpha-2; undefined for shared codes such as satellite networks. About 15 µs. */
export function countryOf(number: CanonicalNumber): string | undefined {
  return parsePhoneNumberFromString(number)?.country;
}
