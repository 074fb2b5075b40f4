/** Up to two letters for an avatar: first and last word of the name, by what a reader sees as characters. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last].map(firstLetter).join('').toLocaleUpperCase('en') || '?';
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

function firstLetter(word: string | undefined): string {
  for (const { segment } of segmenter.segment(word ?? '')) if (/[\p{L}\p{N}]/u.test(segment)) return segment;
  return '';
}

/** One of `count` colours, always the same for the same id. */
export function hueOf(id: string, count: number): number {
  let hash = 2166136261;
  for (const char of id) hash = Math.imul(hash ^ char.codePointAt(0)!, 16777619) >>> 0;
  return hash % count;
}
