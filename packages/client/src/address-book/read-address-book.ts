import type { AddressBook, AddressBookContact, AddressBookFormat } from './address-book.ts';
import { looksLikeCsv, readCsv } from './csv/read-csv.ts';
import { decodeText } from './decode-text.ts';
import { ProblemList } from './problem-list.ts';
import { readText } from './text/read-text.ts';
import { readVcard } from './vcard/read-vcard.ts';

export interface ReadOptions {
  /** Its ending tells vCard and CSV apart where the content does not. */
  readonly fileName?: string;
  /** ISO 3166-1 alpha-2: how numbers without a country code are read. */
  readonly region?: string;
}

const cardBegin = /^[ \t]{0,9}BEGIN[ \t]{0,9}:[ \t]{0,9}VCARD/im;

/**
 * Reads an address book as phones, mail programs and people give it: vCard 2.1, 3.0 or 4.0, the CSV of Google and
 * Outlook, any table with a column of numbers, or pasted text. Runs on the device, sends nothing, never throws:
 * what cannot be read is a problem with its line.
 */
export function readAddressBook(input: Uint8Array | string, options: ReadOptions = {}): AddressBook {
  const { fileName = '', region } = options;
  const problems = new ProblemList();
  const decoded = typeof input === 'string' ? input : decodeText(input, region, problems);
  const text = decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
  const { format, contacts } = read(text, fileName, region, problems);
  if (contacts.length === 0) problems.add('nothing_found', 1);
  return { format, contacts, problems: problems.list() };
}

function read(
  text: string,
  fileName: string,
  region: string | undefined,
  problems: ProblemList,
): { format: AddressBookFormat; contacts: AddressBookContact[] } {
  if (cardBegin.test(text) || /\.(?:vcf|vcard)$/i.test(fileName)) {
    return { format: 'vcard', contacts: readVcard(text, region, problems) };
  }
  if (/\.(?:csv|tsv)$/i.test(fileName) || looksLikeCsv(text)) return readCsv(text, region, problems);
  return { format: 'text', contacts: readText(text, region, problems) };
}
