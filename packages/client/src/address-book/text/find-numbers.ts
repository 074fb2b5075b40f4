/**
 * A number as people write it: a plus or not, digits with spaces, dashes, dots and brackets between them, a slash
 * only between digits, an extension. Repetition is bounded so that no text takes more than linear time.
 */
const number =
  /(?:tel:)?[+＋]?[\s(\p{Cf}]{0,4}\p{Nd}(?:[\p{Nd}\p{Cf}]|\/(?=\p{Nd})|[\s().\-\p{Pd}]{1,4}(?=[\p{Nd}(\p{Cf}])){1,60}(?:;ext=\p{Nd}{1,9}|\s{0,2}(?:x|ext\.?|#)\s{0,2}\p{Nd}{1,9})?/giu;
const digit = /\p{Nd}/gu;
const letter = /\p{L}/u;
/** With fewer digits it is taken for part of a name ("Agent 007"), unless there is nothing but digits. */
const digitsMin = 6;
/** How much of what is no number is kept to show. */
const rawLengthMax = 100;

/** The numbers in a piece of text, and what stands before the first. */
export function findNumbers(text: string): { before: string; found: string[] } {
  const matches = [...text.matchAll(number)].filter((match) => digitsIn(match[0]) >= digitsMin);
  if (matches.length > 0) {
    const found = matches.map((match) => match[0].trim());
    return { before: text.slice(0, matches[0]!.index), found };
  }
  const hasDigits = digitsIn(text) > 0;
  return hasDigits && !letter.test(text)
    ? { before: '', found: [text.trim().slice(0, rawLengthMax)] }
    : { before: text, found: [] };
}

function digitsIn(text: string): number {
  return text.match(digit)?.length ?? 0;
}
