import { normal } from '../population/distributions.ts';
import type { Random } from '../population/random.ts';

/** How many of `trials` succeed: exact when few, by the normal approximation when many. */
export function binomial(random: Random, trials: number, chance: number): number {
  if (trials <= 0 || chance <= 0) return 0;
  if (chance >= 1) return trials;
  const variance = trials * chance * (1 - chance);
  if (variance > 25) {
    const drawn = Math.round(trials * chance + Math.sqrt(variance) * normal(random));
    return Math.min(Math.max(drawn, 0), trials);
  }
  if (trials > 2_000) return Math.min(poisson(random, trials * chance), trials);
  let count = 0;
  for (let i = 0; i < trials; i++) if (random.float() < chance) count++;
  return count;
}

/** Knuth's product of uniforms; for small means. */
export function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.float(); product > limit; product *= random.float()) count++;
  return count;
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** Picks by weight; weights need not add up to anything. */
export function pickWeighted<Item extends { weight: number }>(random: Random, items: readonly Item[]): Item {
  let left = random.float() * items.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  return items.at(-1) as Item;
}
