/**
 * The contact of an address book whose name is the one that a person goes by, or undefined. It compares names alone, on
 * this device: Kith does not say which number led to a person, and the page does not guess it.
 */
export function savedAs(name: string, contacts: readonly string[]): string | undefined {
  const wanted = wordsOf(name);
  if (wanted.length === 0) return undefined;
  const same = contacts.find((contact) => sameWords(wordsOf(contact), wanted));
  return (
    same ?? (wanted.length < 2 ? undefined : contacts.find((contact) => holds(wordsOf(contact), wanted)))
  );
}

/** Words without case, accents and marks, in order of the alphabet: "LOVELACE, Ada" is "Ada Lovelace". */
function wordsOf(name: string): string[] {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).sort();
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, i) => word === b[i]);
}

function holds(words: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((word) => words.includes(word));
}
