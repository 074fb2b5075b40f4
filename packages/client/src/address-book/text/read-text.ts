import type { AddressBookContact, AddressBookEntry } from '../address-book.ts';
import { toEntry } from '../entries.ts';
import type { ProblemList } from '../problem-list.ts';
import { trimCharacters } from '../trim.ts';
import { physicalLines } from '../vcard/content-lines.ts';
import { findNumbers } from './find-numbers.ts';

/** What stands between numbers, or between a name and a number, in one line. */
const separators = /[,;\t|、，；]/;
/** What stands around a name. */
const aroundName = /[\s\p{Cf}<>()[\]{}"'“”„«»:：=*•·.–—-]/u;
/** "1. ", "2) ": the counting of a list. */
const listMark = /^\s{0,9}\d{1,4}[.)]\s{1,9}/;

/**
 * Pasted text: numbers one a line or between separators, with or without a name before them ("Ann <+44 ...>",
 * "Ann: 020 ..."), or with the name in the line above.
 */
export function readText(
  text: string,
  region: string | undefined,
  problems: ProblemList,
): AddressBookContact[] {
  const contacts: AddressBookContact[] = [];
  let heading: { name: string; line: number } | undefined;
  for (const { line, text: content } of physicalLines(text)) {
    const { name, numbers } = partsOf(content);
    if (heading && (name !== '' || numbers.length === 0)) problems.add('no_number', heading.line);
    const named = name || (heading?.name ?? '');
    heading = numbers.length === 0 && name !== '' ? { name, line } : undefined;
    contacts.push(
      ...contactsOf(
        named,
        numbers.map((number) => toEntry(number, region)),
      ),
    );
  }
  if (heading) problems.add('no_number', heading.line);
  return contacts;
}

/** With a name, the numbers are of one person; without, each is somebody's. */
function contactsOf(name: string, entries: readonly AddressBookEntry[]): AddressBookContact[] {
  if (name === '') return entries.map((entry) => ({ name, entries: [entry] }));
  return entries.length === 0 ? [] : [{ name, entries }];
}

/** The name and the numbers of one line. Words after a number, such as "(home)", are no name. */
function partsOf(line: string): { name: string; numbers: string[] } {
  if (line.trim() === '') return { name: '', numbers: [] };
  const names: string[] = [];
  const numbers: string[] = [];
  for (const part of line.split(separators)) {
    const { before, found } = findNumbers(part.replace(listMark, ''));
    const name = trimCharacters(before, aroundName);
    if (name !== '' && numbers.length === 0) names.push(name);
    numbers.push(...found);
  }
  return { name: names.join(', '), numbers };
}
