const ascii = /^[\x20-\x7e]*$/;
const decimalDigit = /\p{Nd}/u;
const plusSign = /[\u02d6\u207a\u208a\u2795\ufb29\ufe62\uff0b]/u;
const dash = /[\p{Pd}\u2043\u2212\u2796\u30fc\uff70]/u;
const space = /[\s\p{Z}]/u;
const dotOrSlash: Readonly<Record<string, string>> = {
  '\uff0e': '.',
  '\u3002': '.',
  '\uff61': '.',
  '\u2024': '.',
  '\u00b7': '.',
  '\u2219': '.',
  '\uff0f': '/',
  '\u2044': '/',
  '\u2215': '/',
};
const bracket: Readonly<Record<string, string>> = {
  '\uff08': '(',
  '\uff09': ')',
  '\u207d': '(',
  '\u207e': ')',
  '\uff3b': '[',
  '\uff3d': ']',
};
/** Direction marks, joiners, byte order marks, variation selectors, keycap frames: seen by nobody, pasted by everybody. */
const invisible = /\p{Cf}|\p{Variation_Selector}|\u20e3|\u034f/u;

/**
 * The same text with every Unicode decimal digit, plus sign, dash, space and bracket as its ASCII equal, and
 * without invisible characters. Text that is ASCII already comes back as it is; other characters stay.
 */
export function toPlainText(text: string): string {
  if (ascii.test(text)) return text;
  let plain = '';
  for (const character of text) plain += plainCharacter(character);
  return plain;
}

function plainCharacter(character: string): string {
  if (character >= ' ' && character <= '~') return character;
  if (invisible.test(character)) return '';
  if (decimalDigit.test(character)) return String(digitValue(character));
  if (plusSign.test(character)) return '+';
  if (dash.test(character)) return '-';
  if (space.test(character)) return ' ';
  return dotOrSlash[character] ?? bracket[character] ?? character;
}

/**
 * The value of a decimal digit in any script. Unicode keeps the digits of a script together, in order from zero
 * (Unicode Standard 4.6, Numeric_Type=Decimal), so the value is the distance to the start of the run, modulo ten
 * because runs can touch, as the five of the mathematical alphabets do.
 */
function digitValue(digit: string): number {
  const codePoint = digit.codePointAt(0)!;
  let start = codePoint;
  while (decimalDigit.test(String.fromCodePoint(start - 1))) start -= 1;
  return (codePoint - start) % 10;
}
