/** A small seeded generator of numbers in [0, 1): mulberry32. Chance here must be repeatable, not secret. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** 52 bits of FNV-1a over text, as hexadecimal: a name, not a secret. */
export function nameOf(parts: readonly string[]): string {
  let high = 0x811c9dc5;
  let low = 0xc9dc5118;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      high = Math.imul(high ^ part.charCodeAt(i), 0x01000193) >>> 0;
      low = Math.imul(low ^ (part.charCodeAt(i) + i), 0x01000193) >>> 0;
    }
    high = Math.imul(high ^ 0xff, 0x01000193) >>> 0;
  }
  return high.toString(16).padStart(8, '0') + (low >>> 12).toString(16).padStart(5, '0');
}
