const digit = /\p{Nd}/gu;
const letter = /\p{L}/u;
const scientific = /^[+-]?\d(?:[.,]\d+)?E\+?\d+$/i;
/** The shortest national numbers that people write without an area code. */
const digitsMin = 5;
const lengthMax = 100;

/** Whether a field could be a phone number by its looks: digits enough and hardly a letter. */
export function isPhoneLike(field: string): boolean {
  if (field.length > lengthMax) return false;
  const digits = field.match(digit)?.length ?? 0;
  return digits >= digitsMin && (!letter.test(field) || /(?:x|ext)\.? ?\d+$|^tel:|e\+?\d+$/i.test(field));
}

/** Whether a spreadsheet has turned a long number into a power of ten, such as 4.42079E+11. */
export function isRounded(field: string): boolean {
  return field.length <= lengthMax && scientific.test(field.trim());
}
