import type { NumberRejection } from '../api/contacts.ts';
import { accepted, type ParsedNumber, rejected } from './canonical-number.ts';
import { type NumberingPlan, planOf, type RegionRule } from './numbering-plan.ts';

const e164 = /^\+\d{1,63}$/;
/** With fewer digits than this the library sees no number yet, and asks no plan. */
const digitsMin = 3;
const nationalDigitsMin = 2;
const nationalDigitsMax = 17;

/**
 * The library's verdict on text in E.164 form, many times sooner, from the same metadata; nothing for text of
 * another form. The library compiles its patterns for every number and walks all regions of a calling code;
 * here they are compiled once for each calling code and length. Tests hold both to the same verdicts.
 */
export function parseE164(text: string): ParsedNumber | undefined {
  if (!e164.test(text)) return undefined;
  if (text.length <= digitsMin) return rejected('too_short');
  const plan = planOf(text.slice(1, 4));
  if (!plan) return rejected('country_unknown');
  const dialled = text.slice(1 + plan.callingCode.length);
  const national = withoutNationalPrefix(plan, dialled);
  if (national.length < nationalDigitsMin) return rejected('too_short');
  if (national.length > nationalDigitsMax) return rejected('too_long');
  const region = regionOf(plan, national);
  if (!region.valid.test(national)) return rejected(whyNotValid(region.lengths, national.length));
  return accepted(national === dialled ? text : `+${plan.callingCode}${national}`);
}

/**
 * The region that a national number belongs to: the first whose leading digits it has or, where a region has
 * none, in which it is valid; else the main one.
 */
function regionOf(plan: NumberingPlan, national: string): RegionRule {
  const rules = plan.regionsAt(national.length);
  if (rules.length === 1) return rules[0]!;
  return rules.find(({ leadingDigits, valid }) => (leadingDigits ?? valid).test(national)) ?? rules[0]!;
}

/**
 * People write a national prefix after the country code too ("+44 020 ..."), and libphonenumber forgives them
 * (`maybeStripNationalPrefixAndCarrierCode`): it strips one unless that turns what fits the plan into what does
 * not, or leaves too few digits.
 */
function withoutNationalPrefix(plan: NumberingPlan, national: string): string {
  const stripped = stripNationalPrefix(plan, national);
  if (stripped === national) return national;
  if (plan.general.test(national) && !plan.general.test(stripped)) return national;
  const { lengths } = regionOf(plan, stripped);
  const possible = stripped.length > lengths.at(-1)! || lengths.includes(stripped.length);
  return possible ? stripped : national;
}

function stripNationalPrefix(plan: NumberingPlan, national: string): string {
  const match = plan.nationalPrefix?.exec(national);
  if (!match) return national;
  const captured = match.length > 1 && match.at(-1);
  if (plan.nationalPrefixTransform && captured) {
    return national.replace(plan.nationalPrefix!, plan.nationalPrefixTransform);
  }
  return national.slice(match[0].length);
}

/** Why a number of a known plan is not valid, as far as its length tells. */
export function whyNotValid(possibleLengths: readonly number[], length: number): NumberRejection {
  if (length < possibleLengths[0]!) return 'too_short';
  return length > possibleLengths.at(-1)! ? 'too_long' : 'not_valid';
}
