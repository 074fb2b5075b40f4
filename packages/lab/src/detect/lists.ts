import { createPermutation } from '../population/permutation.ts';
import type { Random } from '../population/random.ts';
import type { HonestWorld } from './honest.ts';

/** Hands out an attacker's numbers, each once: a fleet splits the number space so as not to ask twice. */
export type TakeNumbers = (count: number) => number[];

/** The numbers of a country in order, as generated. */
export function sequentialList(honest: HonestWorld, country: number, random: Random): TakeNumbers {
  const { firstNumber = 0, numbers = 1 } = honest.world.countries[country] ?? {};
  let next = random.below(numbers);
  return (count) => Array.from({ length: count }, () => firstNumber + (next++ % numbers));
}

/** All numbers of a country, shuffled: what was done in 2019, because sequential lists were refused. */
export function shuffledList(honest: HonestWorld, country: number, random: Random): TakeNumbers {
  const { firstNumber = 0, numbers = 1 } = honest.world.countries[country] ?? {};
  const order = createPermutation(numbers, random.uint32());
  let next = 0;
  return (count) => Array.from({ length: count }, () => firstNumber + order.at(next++ % numbers));
}

/** A leaked list: half of it are members. The other half is held by members' address books, as real people's numbers are. */
export function leakedList(honest: HonestWorld, country: number, random: Random): TakeNumbers {
  const { firstMember = 0, members = 1 } = honest.world.countries[country] ?? {};
  const order = createPermutation(members, random.uint32());
  let next = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      const member = firstMember + order.at(next++ % members);
      if (random.float() < 0.5) return honest.world.numberOf[member] ?? 0;
      const book = honest.world.books[member] as Int32Array;
      return book[random.below(book.length)] ?? 0;
    });
}

/** Half real address books, bought or stolen, half a shuffled list. */
export function mixedList(honest: HonestWorld, country: number, random: Random): TakeNumbers {
  const shuffled = shuffledList(honest, country, random);
  const { firstMember = 0, members = 1 } = honest.world.countries[country] ?? {};
  return (count) => {
    const book = honest.world.books[firstMember + random.below(members)] as Int32Array;
    const real = [...book.subarray(0, Math.floor(count / 2))];
    return [...real, ...shuffled(count - real.length)];
  };
}
