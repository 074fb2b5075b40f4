/**
 * Seeded chance: the same seed gives the same simulation on every machine. Two tools: a stream (`createRandom`), and a
 * stateless hash (`hashOf`) for decisions that must come out the same whichever side asks, such as a tie between two
 * people.
 */

/** A stream of pseudo-random numbers. */
export interface Random {
  /** An integer in [0, 2^32). */
  uint32(): number;
  /** A float in [0, 1), 53 bits. */
  float(): number;
  /** An integer in [0, limit), limit up to 2^53. */
  below(limit: number): number;
  /** A stream of its own, which depends on this one's seed and the label alone, not on what was drawn so far. */
  fork(label: string | number): Random;
}

/** sfc32, Chris Doty-Humphrey's "small fast counting" generator (PractRand 0.95), state 128 bits. */
function sfc32(a: number, b: number, c: number, counter: number): () => number {
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
}

/** The finalizer of MurmurHash3 (Austin Appleby, public domain): every bit in reaches every bit out. */
function avalanche(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** 32 well-mixed bits from integers; order matters. Parts above 32 bits count in full. */
export function hashOf(...parts: readonly number[]): number {
  let h = 0x9e3779b9;
  for (const part of parts) {
    const high = Math.floor(part / 0x1_0000_0000);
    h = avalanche(Math.imul(h, 0x27d4eb2f) ^ (part | 0));
    if (high !== 0) h = avalanche(Math.imul(h, 0x165667b1) ^ high);
  }
  return avalanche(h ^ parts.length) >>> 0;
}

/** `hashOf` as a float in [0, 1). */
export function chanceOf(...parts: readonly number[]): number {
  return hashOf(...parts) / 0x1_0000_0000;
}

/** 32 bits from a text. */
export function hashText(text: string): number {
  return hashOf(...Array.from(text, (character) => character.codePointAt(0) ?? 0));
}

/** @param seed any integer; labels of forks are texts or integers. */
export function createRandom(seed: number): Random {
  const next = sfc32(hashOf(seed, 1), hashOf(seed, 2), hashOf(seed, 3), 1);
  for (let round = 0; round < 12; round += 1) next();
  const float = () => ((next() >>> 5) * 0x400_0000 + (next() >>> 6)) / 0x20_0000_0000_0000;
  return {
    uint32: next,
    float,
    below: (limit) => Math.floor(float() * limit),
    fork: (label) =>
      createRandom(hashOf(seed, typeof label === 'number' ? label : hashText(label)) + 0x1_0000_0000),
  };
}

/** A copy in random order (Fisher and Yates, Durstenfeld's form). */
export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    const held = copy[last] as Item;
    copy[last] = copy[other] as Item;
    copy[other] = held;
  }
  return copy;
}
