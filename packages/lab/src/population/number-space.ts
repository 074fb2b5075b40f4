import { numberingPlan } from './numbering-plan.ts';
import { createPermutation } from './permutation.ts';

/** The numbers of one simulated country that a carrier may hand out: what an attacker would have to try. */
export interface NumberSpace {
  readonly region: string;
  readonly size: number;
  /** The number at a place in [0, size), E.164; neighbours are consecutive within a block. */
  numberAt(place: number): string;
  placeOf(number: string): number | undefined;
}

/** Authorities allot numbers by the block of thousands to ten thousands (North America 1,000, Britain 10,000). */
const blockSize = 10_000;

/**
 * A part of a country's plan, small enough to simulate and as dense with members as the real one: blocks drawn from
 * the whole plan, so that prefixes look as they do in life.
 *
 * @param size how many numbers; at most what the plan has in whole blocks.
 */
export function allotSpace(region: string, size: number, seed: number): NumberSpace {
  const plan = numberingPlan(region);
  const blocks = createPermutation(Math.floor(plan.size / blockSize), seed);
  if (size > blocks.size * blockSize) throw new RangeError(`region ${region} has only ${plan.size} numbers`);
  return {
    region,
    size,
    numberAt: (place) =>
      plan.numberAt(blocks.at(Math.floor(place / blockSize)) * blockSize + (place % blockSize)),
    placeOf: (number) => {
      const rank = plan.rankOf(number);
      if (rank === undefined || rank >= blocks.size * blockSize) return undefined;
      const place = blocks.placeOf(Math.floor(rank / blockSize)) * blockSize + (rank % blockSize);
      return place < size ? place : undefined;
    },
  };
}
