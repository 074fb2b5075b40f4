import type { NumberRejection } from '@kith/protocol';

/** Why an entry of the address book cannot be used, in a few words beside it. */
const rejections: Record<NumberRejection, string> = {
  empty: 'nothing there',
  not_a_number: 'not a phone number',
  region_required: 'needs a country: choose one above',
  country_unknown: 'no country has this code',
  too_short: 'too short for a phone number',
  too_long: 'too long for a phone number',
  not_valid: 'no such number in that country',
};

/** The reason in words; a code that is not known here is shown as it is. */
export function reasonOf(code: string): string {
  return Object.hasOwn(rejections, code) ? rejections[code as NumberRejection] : code.replaceAll('_', ' ');
}
