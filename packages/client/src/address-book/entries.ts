import { parseNumber } from '@kith/protocol';
import type { AddressBookEntry } from './address-book.ts';

/** The longest field, in characters, that is looked at for numbers. */
const fieldLengthMax = 2000;
/** What stands between numbers in one field: Google's three colons, line ends. */
const separators = /:::|[\r\n\u2028\u2029]/;
/** What may stand between numbers or inside one. */
const perhapsSeparators = /[,;/|]/;
/** How a spreadsheet keeps digits as text. */
const formula = /^="([^"]*)"$/;

/** One number as written, read as dialled in the region. */
export function toEntry(raw: string, region: string | undefined): AddressBookEntry {
  const parsed = parseNumber(raw, region);
  return parsed.ok ? { raw, number: parsed.number } : { raw, rejection: parsed.code };
}

/** All numbers of one field. Empty parts are no entries. */
export function toEntries(field: string, region: string | undefined): AddressBookEntry[] {
  const text = field.trim();
  if (text.length > fieldLengthMax) return [{ raw: text.slice(0, fieldLengthMax), rejection: 'too_long' }];
  return text.split(separators).flatMap((part) => entriesOfPart(part.trim(), region));
}

function entriesOfPart(part: string, region: string | undefined): AddressBookEntry[] {
  const raw = formula.exec(part)?.[1]?.trim() ?? part;
  if (raw === '') return [];
  const whole = toEntry(raw, region);
  if (whole.number || !perhapsSeparators.test(raw)) return [whole];
  const parts = raw
    .split(perhapsSeparators)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => toEntry(each, region));
  return parts.some(({ number }) => number) ? parts : [whole];
}
