import type { NumberRejection } from '../api/contacts.ts';
import { type CanonicalNumber, type ParsedNumber, rejected } from './canonical-number.ts';
import { parseDialled } from './dialled.ts';
import { parseE164 } from './e164.ts';
import { isHopeless, parseWithLibrary } from './library.ts';
import { isRegion } from './numbering-plan.ts';
import { toPlainText } from './plain-text.ts';
import { fromTelUri } from './tel-uri.ts';

/** The longest text, in characters without the space around it, that can be one number with all its marks. */
export const numberTextLengthMax = 64;

/** What stands around a number without being part of it: quotes, angle brackets, list separators, full stops. */
const wrapping = /^[^\p{L}\p{N}+*#]+|[^\p{L}\p{N}*#]+$/gu;
const simple = /^\+?[\d ().\-/]+$/;
const separators = /[ ().\-/]+/g;

/**
 * Reads one phone number, as dialled in `region` (ISO 3166-1 alpha-2, either case) or in international form, to
 * its canonical form. The whole text must be the number: digits of any script, the usual separators, a `tel:`
 * URI (RFC 3966), and an extension, which is dropped because the canonical number has none. Short codes,
 * service codes and letters for digits are not numbers. Never throws, whatever the text.
 */
export function parseNumber(input: string, region?: string): ParsedNumber {
  return parseE164(input) ?? parseText(input, region);
}

function parseText(input: string, region: string | undefined): ParsedNumber {
  const trimmed = input.trim();
  if (trimmed.length > numberTextLengthMax) return rejected('too_long');
  const text = fromTelUri(toPlainText(trimmed)).replace(wrapping, '');
  if (text === '') return rejected(emptyOrNot(trimmed));
  const compact = simple.test(text) ? text.replace(separators, '') : text;
  if (compact.startsWith('+')) return parseE164(compact) ?? askLibrary(compact, undefined);
  return parseNational(compact, region);
}

function parseNational(text: string, region: string | undefined): ParsedNumber {
  if (region === undefined || region === '') return askLibrary(text, undefined);
  if (!isRegion(region)) return rejected('country_unknown');
  const home = region.toUpperCase();
  return parseDialled(text, home) ?? askLibrary(text, home);
}

function askLibrary(text: string, region: string | undefined): ParsedNumber {
  return isHopeless(text) ? rejected('not_a_number') : parseWithLibrary(text, region);
}

/** Space and marks that nobody sees are nothing; anything else was meant as something. */
function emptyOrNot(trimmed: string): NumberRejection {
  return toPlainText(trimmed).trim() === '' ? 'empty' : 'not_a_number';
}

/** What reading many numbers gives. */
export interface ParsedNumbers {
  /** The distinct numbers, in the order in which they were first met. */
  readonly numbers: CanonicalNumber[];
  /** How many inputs were understood, repeats included. */
  readonly accepted: number;
  /** The others, by their index in the input, in order. */
  readonly rejected: { index: number; code: NumberRejection }[];
}

/** Reads many numbers; each one is judged alone, as `parseNumber` judges it. */
export function parseNumbers(inputs: readonly string[], region?: string): ParsedNumbers {
  const numbers = new Set<CanonicalNumber>();
  const rejections: { index: number; code: NumberRejection }[] = [];
  inputs.forEach((input, index) => {
    const parsed = parseNumber(input, region);
    if (parsed.ok) numbers.add(parsed.number);
    else rejections.push({ index, code: parsed.code });
  });
  return { numbers: [...numbers], accepted: inputs.length - rejections.length, rejected: rejections };
}
