import type { MemberLine } from '@kith/protocol';
import type { Device } from '../../harness/member-client.ts';
import { cardOf } from '../../population/cards.ts';
import { createPermutation } from '../../population/permutation.ts';
import type { Population } from '../../population/population.ts';
import { hashOf, type Random } from '../../population/random.ts';

/** One fake account. */
export interface FakeAccount {
  id: string;
  line: MemberLine;
  /** Half of the fleet verified a number of its own, bought by the dozen; the others have none. */
  number: string | undefined;
}

/** Fresh accounts, made when the attack begins, that look like anyone. */
export function createFleet(
  population: Population,
  count: number,
  startMs: number,
  random: Random,
): FakeAccount[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index % 2 === 0 ? unownedNumber(population, random) : undefined;
    const id = `m-${(population.memberCount + index).toString(36)}`;
    const line: MemberLine = {
      id,
      card: cardOf(random.uint32(), population.memberCount + index),
      createdAt: new Date(startMs).toISOString(),
      discoverable: number === undefined ? 'nobody' : 'mutual',
      ...(number !== undefined && { phone: number }),
    };
    return { id, line, number };
  });
}

function unownedNumber(population: Population, random: Random): string {
  for (;;) {
    const number = population.numberAt(random.below(population.numberCount));
    if (population.ownerOf(number) === undefined) return number;
  }
}

/** Access networks of the three countries named in the disclosure, a /13 to /16 each. */
const networks = [
  { from: '5.160.0.0', prefixes: 256 },
  { from: '79.176.0.0', prefixes: 2_048 },
  { from: '175.136.0.0', prefixes: 2_048 },
];

/** Where an account calls from on a day: each changes its address daily, so that no /24 fills up. */
export function fleetDevice(seed: number, account: number, day: number): Device {
  const network = networks[account % networks.length] as (typeof networks)[number];
  const [a = 0, b = 0] = network.from.split('.').map(Number);
  const prefix = hashOf(seed, account, day) % network.prefixes;
  const host = 1 + (hashOf(seed, account, day, 1) % 254);
  return {
    address: `${a}.${b + (prefix >> 8)}.${prefix & 255}.${host}`,
    deviceId: hashOf(seed, account).toString(16).padStart(32, '0'),
    client: 'App/7.1 (Android 9)',
  };
}

/** The shuffled list, handed out piece by piece to whichever account has budget left. */
export interface TargetList {
  readonly size: number;
  readonly left: number;
  take(count: number): string[];
}

export function createTargetList(population: Population, size: number, seed: number): TargetList {
  const order = createPermutation(population.numberCount, seed);
  let at = 0;
  return {
    size,
    get left() {
      return size - at;
    },
    take: (count) => {
      const until = Math.min(size, at + count);
      const numbers: string[] = [];
      for (; at < until; at += 1) numbers.push(population.numberAt(order.at(at)));
      return numbers;
    },
  };
}
