import type { ParsedNumber } from './canonical-number.ts';
import { judgeInternational } from './e164.ts';
import { judgeNational, withoutNationalPrefix } from './national-number.ts';
import { type DiallingRegion, diallingRegionOf } from './numbering-plan.ts';

/** With fewer digits the library has rules of its own. */
const dialledDigits = /^\d{3,63}$/;

/**
 * The library's verdict on bare digits as dialled in a region, from the same metadata: with an international
 * prefix (`extractCountryCallingCode`), with the region's own calling code but no plus, or national. Nothing for
 * text of another form.
 */
export function parseDialled(text: string, region: string): ParsedNumber | undefined {
  if (!dialledDigits.test(text)) return undefined;
  const home = diallingRegionOf(region);
  const abroad = withoutInternationalPrefix(home, text);
  if (abroad !== undefined) return judgeInternational(abroad);
  if (startsWithOwnCode(home, text)) {
    return judgeNational(home.plan.main, text.slice(home.plan.callingCode.length));
  }
  return judgeNational(home, text);
}

/** No calling code begins with zero, so digits that go on with one were dialled at home. */
function withoutInternationalPrefix(
  { internationalPrefix }: DiallingRegion,
  text: string,
): string | undefined {
  const match = internationalPrefix?.exec(text);
  if (!match || match[0] === '') return undefined;
  const rest = text.slice(match[0].length);
  return rest === '' || rest.startsWith('0') ? undefined : rest;
}

/** Whether the digits make sense with the region's calling code taken off, and do not, or less, with it. */
function startsWithOwnCode(home: DiallingRegion, text: string): boolean {
  const { callingCode } = home.plan;
  if (!text.startsWith(callingCode)) return false;
  const national = withoutNationalPrefix(home, text);
  if (national.length > home.lengths.at(-1)!) return true;
  const shorter = withoutNationalPrefix(home, text.slice(callingCode.length));
  return !home.general.test(national) && home.general.test(shorter);
}
