import { type CountryCode, ParseError, parsePhoneNumberWithError } from 'libphonenumber-js/max';
import type { NumberRejection } from '../api/contacts.ts';
import { accepted, type ParsedNumber, rejected } from './canonical-number.ts';
import { whyNotValid } from './national-number.ts';
import { possibleLengthsOf } from './numbering-plan.ts';

const rejectionOf: Readonly<Record<string, NumberRejection>> = {
  NOT_A_NUMBER: 'not_a_number',
  TOO_SHORT: 'too_short',
  TOO_LONG: 'too_long',
};

const punctuation = '[-/. ()\\[\\]~]*';
/** What every number begins with, unless it is nothing but a few digits. */
const beginning = new RegExp(`^\\+?(?:${punctuation}\\d){3}`);
const digitsOnly = new RegExp(`^\\+?(?:${punctuation}\\d)*${punctuation}$`);
/** Characters that stand neither in a number nor in the word or sign before an extension. */
const foreign = /[b-df-hj-mp-ru-wyz@!?$%^&*_{}|\\"`]/i;

/** Whether plain text cannot be a number, which the library would say too, but with the cost of an exception. */
export function isHopeless(text: string): boolean {
  return foreign.test(text) || !(beginning.test(text) || digitsOnly.test(text));
}

/**
 * The library's verdict on a text that is one number and nothing else. This is the truth that the fast path
 * repeats. A valid extension is understood and dropped.
 */
export function parseWithLibrary(text: string, region: string | undefined): ParsedNumber {
  try {
    const options = { extract: false, ...(region ? { defaultCountry: region as CountryCode } : {}) };
    const parsed = parsePhoneNumberWithError(text, options);
    if (parsed.isValid()) return accepted(parsed.number);
    const lengths = possibleLengthsOf(parsed.country, parsed.countryCallingCode);
    return rejected(whyNotValid(lengths, parsed.nationalNumber.length));
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    if (error.message === 'INVALID_COUNTRY') {
      return rejected(text.startsWith('+') || region ? 'country_unknown' : 'region_required');
    }
    return rejected(rejectionOf[error.message] ?? 'not_a_number');
  }
}
