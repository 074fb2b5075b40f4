import { type ParsedNumber, rejected } from './canonical-number.ts';
import { judgeNational } from './national-number.ts';
import { planOf } from './numbering-plan.ts';

const e164 = /^\+\d{1,63}$/;
/** With fewer digits than this the library sees no number yet, and asks no plan. */
const digitsMin = 3;

/**
 * The library's verdict on text in E.164 form, many times sooner, from the same metadata; nothing for text of
 * another form. The library compiles its patterns for every number and walks all regions of a calling code;
 * here they are compiled once for each calling code and length. Tests hold both to the same verdicts.
 */
export function parseE164(text: string): ParsedNumber | undefined {
  if (!e164.test(text)) return undefined;
  if (text.length <= digitsMin) return rejected('too_short');
  return judgeInternational(text.slice(1));
}

/** Digits that begin with a calling code. */
export function judgeInternational(digits: string): ParsedNumber {
  const plan = planOf(digits.slice(0, 3));
  if (!plan) return rejected('country_unknown');
  return judgeNational(plan.main, digits.slice(plan.callingCode.length));
}
