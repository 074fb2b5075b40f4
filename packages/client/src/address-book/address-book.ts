import type { CanonicalNumber, NumberRejection } from '@kith/protocol';

/** What an address book was written as. */
export type AddressBookFormat = 'vcard' | 'google-csv' | 'outlook-csv' | 'csv' | 'text';

/** One number as it was written, and either what it means or why it means nothing. */
export interface AddressBookEntry {
  readonly raw: string;
  readonly number?: CanonicalNumber;
  readonly rejection?: NumberRejection;
}

/** One person or place; the name is empty where none is given. */
export interface AddressBookContact {
  readonly name: string;
  readonly entries: readonly AddressBookEntry[];
}

/** What was read, and what could not be. Reading never fails: at worst there are no contacts and a problem. */
export interface AddressBook {
  readonly format: AddressBookFormat;
  readonly contacts: readonly AddressBookContact[];
  readonly problems: readonly AddressBookProblem[];
}

export type AddressBookProblemCode =
  | 'encoding_guessed'
  | 'charset_unknown'
  | 'card_not_closed'
  | 'end_without_begin'
  | 'outside_card'
  | 'property_without_value'
  | 'quote_in_field'
  | 'quote_not_closed'
  | 'text_after_quote'
  | 'field_count'
  | 'no_phone_column'
  | 'number_rounded'
  | 'no_number'
  | 'nothing_found'
  | 'more_problems';

/** Where something could not be read as meant: line and column count from 1; the detail quotes nothing personal. */
export interface AddressBookProblem {
  readonly line: number;
  readonly column?: number;
  readonly code: AddressBookProblemCode;
  readonly detail: string;
}

/** The distinct canonical numbers of an address book, in the order in which they stand: what a sync sends. */
export function toNumbers(book: AddressBook): CanonicalNumber[] {
  const numbers = new Set<CanonicalNumber>();
  for (const { entries } of book.contacts) {
    for (const { number } of entries) if (number !== undefined) numbers.add(number);
  }
  return [...numbers];
}
