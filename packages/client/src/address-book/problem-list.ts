import type { AddressBookProblem, AddressBookProblemCode } from './address-book.ts';

/** The most problems that are told one by one; a file of rubbish has as many as it has lines. */
export const problemsMax = 1000;

const details: Readonly<Record<AddressBookProblemCode, string>> = {
  encoding_guessed: 'The file is not UTF-8; its letters were read by a guess, so names may look wrong',
  charset_unknown: 'The text names a character set that is not known here; read as UTF-8',
  card_not_closed: 'The card has no end; what it holds so far was read',
  end_without_begin: 'A card ends here that never began',
  outside_card: 'Text outside any card was passed over',
  property_without_value: 'The line has no colon, so it says nothing',
  quote_in_field: 'A quote stands inside a field that is not quoted; it was read as a letter',
  quote_not_closed: 'A quote opens here and never closes; all quotes from here on were read as letters',
  text_after_quote: 'Text follows a closing quote; it was added to the field',
  field_count: 'The row has another number of fields than the first one',
  no_phone_column: 'No column looks like it holds phone numbers',
  number_rounded: 'A spreadsheet has rounded the number; its digits are lost',
  no_number: 'The line holds no phone number',
  nothing_found: 'Nothing here could be read as an address book',
  more_problems: 'More problems follow that are not listed',
};

/** Problems as they are met, up to a limit. */
export class ProblemList {
  readonly #problems: AddressBookProblem[] = [];

  add(code: AddressBookProblemCode, line: number, column?: number): void {
    if (this.#problems.length > problemsMax) return;
    const told = this.#problems.length === problemsMax ? 'more_problems' : code;
    const place = column === undefined ? { line } : { line, column };
    this.#problems.push({ ...place, code: told, detail: details[told] });
  }

  /** In the order of lines. */
  list(): AddressBookProblem[] {
    return this.#problems.toSorted((a, b) => a.line - b.line || (a.column ?? 0) - (b.column ?? 0));
  }
}
