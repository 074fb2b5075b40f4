import type { NumberRejection } from '../api/contacts.ts';
import { accepted, type ParsedNumber, rejected } from './canonical-number.ts';
import type { DiallingRegion, NumberingPlan, RegionRule } from './numbering-plan.ts';

const nationalDigitsMin = 2;
const nationalDigitsMax = 17;

/** The library's verdict on digits dialled in a region, without calling code, perhaps with a national prefix. */
export function judgeNational(region: DiallingRegion, dialled: string): ParsedNumber {
  const { plan } = region;
  const national = withoutNationalPrefix(region, dialled);
  if (national.length < nationalDigitsMin) return rejected('too_short');
  if (national.length > nationalDigitsMax) return rejected('too_long');
  const rule = ruleOf(plan, national) ?? plan.regionsAt(national.length)[region.place]!;
  if (!rule.valid.test(national)) return rejected(whyNotValid(rule.lengths, national.length));
  return accepted(`+${plan.callingCode}${national}`);
}

/**
 * The region that a national number belongs to: the first whose leading digits it has or, where a region has
 * none, in which it is valid.
 */
function ruleOf(plan: NumberingPlan, national: string): RegionRule | undefined {
  const rules = plan.regionsAt(national.length);
  if (rules.length === 1) return rules[0];
  return rules.find(({ leadingDigits, valid }) => (leadingDigits ?? valid).test(national));
}

/**
 * People write a national prefix after the country code too ("+44 020 ..."), and libphonenumber forgives them
 * (`maybeStripNationalPrefixAndCarrierCode`): it strips one unless that turns what fits the plan into what does
 * not, or leaves too few digits.
 */
export function withoutNationalPrefix(region: DiallingRegion, dialled: string): string {
  const stripped = stripNationalPrefix(region, dialled);
  if (stripped === dialled) return dialled;
  if (region.general.test(dialled) && !region.general.test(stripped)) return dialled;
  const lengths = ruleOf(region.plan, stripped)?.lengths ?? region.lengths;
  const possible = stripped.length > lengths.at(-1)! || lengths.includes(stripped.length);
  return possible ? stripped : dialled;
}

function stripNationalPrefix(region: DiallingRegion, dialled: string): string {
  const match = region.nationalPrefix?.exec(dialled);
  if (!match) return dialled;
  const captured = match.length > 1 && match.at(-1);
  if (region.nationalPrefixTransform && captured) {
    return dialled.replace(region.nationalPrefix!, region.nationalPrefixTransform);
  }
  return dialled.slice(match[0].length);
}

/** Why a number of a known plan is not valid, as far as its length tells. */
export function whyNotValid(possibleLengths: readonly number[], length: number): NumberRejection {
  if (length < possibleLengths[0]!) return 'too_short';
  return length > possibleLengths.at(-1)! ? 'too_long' : 'not_valid';
}
