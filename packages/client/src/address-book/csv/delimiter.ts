const delimiters = [',', ';', '\t', '|'] as const;
const declared = /^sep=([^\r\n])(?:\r\n|\n|\r|$)/i;

/** The character between fields: the one that a spreadsheet declares in the first line, else the most frequent. */
export function delimiterOf(text: string): { delimiter: string; start: number } {
  const declaration = declared.exec(text);
  if (declaration) return { delimiter: declaration[1]!, start: declaration[0].length };
  const counts = countOutsideQuotes(firstLine(text));
  const best = delimiters.reduce((most, each) =>
    (counts.get(each) ?? 0) > (counts.get(most) ?? 0) ? each : most,
  );
  return { delimiter: best, start: 0 };
}

/** The first line that is not empty. */
export function firstLine(text: string): string {
  const start = text.search(/[^\r\n]/);
  if (start < 0) return '';
  const length = text.slice(start).search(/[\r\n]/);
  return length < 0 ? text.slice(start) : text.slice(start, start + length);
}

function countOutsideQuotes(line: string): Map<string, number> {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return counts;
}
