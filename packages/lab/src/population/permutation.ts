import { hashOf } from './random.ts';

/** A secret order of [0, size): what stands at a place, and where a thing stands, without any table. */
export interface Permutation {
  readonly size: number;
  at(place: number): number;
  placeOf(value: number): number;
}

const roundCount = 6;

/**
 * A format-preserving permutation: a balanced Feistel network over the next even number of bits, walked until it falls
 * inside the range (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002). Not a cipher for secrets:
 * the round function is a plain hash.
 */
export function createPermutation(size: number, seed: number): Permutation {
  const halfBits = Math.max(1, Math.ceil(Math.log2(Math.max(2, size)) / 2));
  const half = 2 ** halfBits;
  const round = (index: number, value: number) => hashOf(seed, index, value) % half;

  const forward = (input: number) => {
    let left = Math.floor(input / half);
    let right = input % half;
    for (let index = 0; index < roundCount; index += 1) {
      [left, right] = [right, left ^ round(index, right)];
    }
    return left * half + right;
  };
  const backward = (input: number) => {
    let left = Math.floor(input / half);
    let right = input % half;
    for (let index = roundCount - 1; index >= 0; index -= 1) {
      [left, right] = [right ^ round(index, left), left];
    }
    return left * half + right;
  };
  return { size, at: (place) => walk(place, size, forward), placeOf: (value) => walk(value, size, backward) };
}

function walk(from: number, size: number, step: (value: number) => number): number {
  let value = step(from);
  while (value >= size) value = step(value);
  return value;
}
