import type { NumberRejection } from '../api/contacts.ts';

declare const canonical: unique symbol;

/** A valid phone number in E.164 form: `+`, country calling code, national number; no extension. */
export type CanonicalNumber = string & { readonly [canonical]: true };

/** What reading one number gives: the number, or why there is none. */
export type ParsedNumber = { ok: true; number: CanonicalNumber } | { ok: false; code: NumberRejection };

export function accepted(number: string): ParsedNumber {
  return { ok: true, number: number as CanonicalNumber };
}

export function rejected(code: NumberRejection): ParsedNumber {
  return { ok: false, code };
}
