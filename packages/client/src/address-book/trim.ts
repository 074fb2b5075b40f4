/** The text without the characters of `unwanted` at both ends; linear, unlike an expression that ends in `+$`. */
export function trimCharacters(text: string, unwanted: RegExp): string {
  let start = 0;
  let end = text.length;
  while (start < end && unwanted.test(text[start]!)) start += 1;
  while (end > start && unwanted.test(text[end - 1]!)) end -= 1;
  return text.slice(start, end);
}
