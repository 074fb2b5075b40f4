/**
 * The order in which the letters of a line are seen, after UAX #9 (Unicode 16), for text without explicit embeddings: rules P2, P3,
 * W2, W4 (separators between digits), W7, N0, N1, N2, I1, I2, L2 and L4. Isolates and overrides are dropped, so that no name can
 * turn the words around it.
 */

type Resolved = 'L' | 'R' | 'number' | 'neutral';
type Kind = 'L' | 'R' | 'digit' | 'arabicDigit' | 'separator' | 'mark' | 'neutral';

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}]/u;
const controls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const opening = new Set('([{');
const closing = new Set(')]}');
const mirrored = new Map([...'()[]{}<>«»‹›'].map((letter, at, all) => [letter, all[at ^ 1]!]));

export function hasRightToLeft(text: string): boolean {
  return rightToLeft.test(text);
}

/** Of the first letter that has a direction (P2, P3); left to right where none has. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  for (const letter of text) {
    const kind = kindOf(letter);
    if (kind === 'L') return 'ltr';
    if (kind === 'R') return 'rtl';
  }
  return 'ltr';
}

/**
 * What stands where in one line, from left to right. Letters within a piece are in their logical order: a font that shapes
 * them turns words round by itself.
 */
export function visualRuns(line: string, base: 'ltr' | 'rtl' = 'ltr'): string[] {
  const letters = [...line.replace(controls, '')];
  const runs = runsOf(letters, levelsOf(letters, base));
  const highest = Math.max(...runs.map(({ level }) => level), 0);
  for (let level = highest; level >= 1; level -= 1) reverseFrom(runs, level);
  return runs.flatMap(({ text, level }) =>
    level % 2 === 1 ? wordsFromTheRight(text) : wordsFromTheLeft(text),
  );
}

function kindOf(letter: string): Kind {
  if (/\p{M}/u.test(letter)) return 'mark';
  if (/[0-9\u06f0-\u06f9]/.test(letter)) return 'digit';
  if (/[\u0660-\u0669]/.test(letter)) return 'arabicDigit';
  if (/[.,:/\u00a0]/.test(letter)) return 'separator';
  if (rightToLeft.test(letter) && /\p{L}|\p{N}/u.test(letter)) return 'R';
  return /\p{L}|\p{N}/u.test(letter) ? 'L' : 'neutral';
}

function levelsOf(letters: readonly string[], base: 'ltr' | 'rtl'): number[] {
  const resolved = resolveNumbers(letters.map(kindOf), base);
  resolveBrackets(letters, resolved, base);
  const baseLevel = base === 'rtl' ? 1 : 0;
  return resolveNeutrals(resolved, base).map((kind) => {
    if (kind === 'R') return 1;
    if (kind === 'L') return baseLevel * 2;
    return 2;
  });
}

/** Digits after letters from left to right are such letters; a separator between digits is one of them; marks are as what they mark. */
function resolveNumbers(kinds: readonly Kind[], base: 'ltr' | 'rtl'): Resolved[] {
  const isDigit = (kind: Kind | undefined) => kind === 'digit' || kind === 'arabicDigit';
  let strong: 'L' | 'R' = base === 'rtl' ? 'R' : 'L';
  let before: Resolved = 'neutral';
  return kinds.map((kind, at) => {
    if (kind === 'L' || kind === 'R') strong = kind;
    if (kind === 'mark') return before;
    const isNumber =
      isDigit(kind) || (kind === 'separator' && isDigit(kinds[at - 1]) && isDigit(kinds[at + 1]));
    if (isNumber) before = strong === 'L' && kind !== 'arabicDigit' ? 'L' : 'number';
    else before = kind === 'L' || kind === 'R' ? kind : 'neutral';
    return before;
  });
}

/**
 * N0: a pair of brackets goes with the line where anything in it does, else with what is in it if that also stands before it.
 */
function resolveBrackets(letters: readonly string[], kinds: Resolved[], base: 'ltr' | 'rtl'): void {
  const [own, other] = base === 'rtl' ? (['R', 'L'] as const) : (['L', 'R'] as const);
  const open: number[] = [];
  for (const [at, letter] of letters.entries()) {
    if (opening.has(letter)) open.push(at);
    if (!closing.has(letter)) continue;
    const from = open.findLastIndex((place) => mirrored.get(letters[place]!) === letter);
    if (from < 0) continue;
    const start = open[from]!;
    open.length = from;
    const inside = kinds
      .slice(start + 1, at)
      .filter((kind) => kind !== 'neutral')
      .map(sideOf);
    if (inside.length === 0) continue;
    const before = kinds.slice(0, start).findLast((kind) => kind !== 'neutral');
    const side = !inside.includes(own) && before && sideOf(before) === other ? other : own;
    kinds[start] = side;
    kinds[at] = side;
  }
}

/** What stands between two of one direction has it; numbers stand as if from right to left; else the direction of the line. */
function resolveNeutrals(kinds: readonly Resolved[], base: 'ltr' | 'rtl'): ('L' | 'R' | 'number')[] {
  const own = base === 'rtl' ? 'R' : 'L';
  const resolved: ('L' | 'R' | 'number')[] = [];
  for (let at = 0; at < kinds.length; ) {
    let end = at;
    while (end < kinds.length && kinds[end] === 'neutral') end += 1;
    if (end === at) {
      resolved.push(kinds[at] as 'L' | 'R' | 'number');
      at += 1;
      continue;
    }
    const [before, after] = [
      sideOf(resolved.at(-1) ?? own),
      sideOf((kinds[end] as 'L' | 'R' | 'number') ?? own),
    ];
    for (; at < end; at += 1) resolved.push(before === after ? before : own);
  }
  return resolved;
}

const sideOf = (kind: Resolved): 'L' | 'R' => (kind === 'L' ? 'L' : 'R');

interface LeveledRun {
  text: string;
  level: number;
}

function runsOf(letters: readonly string[], levels: readonly number[]): LeveledRun[] {
  const runs: LeveledRun[] = [];
  for (const [at, letter] of letters.entries()) {
    const last = runs.at(-1);
    if (last !== undefined && last.level === levels[at]) last.text += letter;
    else runs.push({ text: letter, level: levels[at]! });
  }
  return runs;
}

/** L2: every stretch of runs at this level or a higher one is turned round. */
function reverseFrom(runs: LeveledRun[], level: number): void {
  for (let from = 0; from < runs.length; from += 1) {
    let to = from;
    while (to < runs.length && runs[to]!.level >= level) to += 1;
    runs.splice(from, to - from, ...runs.slice(from, to).reverse());
    from = to;
  }
}

/** Digits of a script from right to left are read from the left, but a font turns them round: so they are given to it turned. */
function wordsFromTheLeft(text: string): string[] {
  if (!rightToLeft.test(text)) return [text];
  return text
    .split(/(\s+)/)
    .filter(Boolean)
    .map((word) => (rightToLeft.test(word) ? [...word].reverse().join('') : word));
}

/** The last word stands leftmost; each is turned round by the font that shapes it, brackets are mirrored here (L4). */
function wordsFromTheRight(text: string): string[] {
  return text
    .split(/(\s+)/)
    .filter(Boolean)
    .reverse()
    .map((word) => [...word].map((letter) => mirrored.get(letter) ?? letter).join(''));
}
