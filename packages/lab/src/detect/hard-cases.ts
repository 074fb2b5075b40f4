import { pareto } from '../population/distributions.ts';
import type { Random } from '../population/random.ts';
import { dayMs, type Life, startMs } from './life.ts';
import type { Place, Places } from './places.ts';
import { isLive, type World } from './world.ts';

/** Honest people who look like networks, by the name of what they are. */
export interface HardCases {
  /** Members of each case. */
  groups: Map<string, number[]>;
  placeOf(life: Life, first: boolean, random: Random): Place | undefined;
  deviceOf(life: Life, first: boolean): string | undefined;
}

const campusSize = 1_000;
const shopCustomers = 40;
const teamSizeMax = 10;

/**
 * Turns ordinary members into hard cases: a campus behind four prefixes, customers of telephone shops whose first sync is made
 * on the counter's device, sales teams with imported customers, a country's launch day, families that share a tablet.
 * (Carrier NAT, travellers, emigrants and VPN users are everywhere already.)
 */
export function placeHardCases(world: World, lives: Life[], places: Places, random: Random): HardCases {
  const groups = new Map<string, number[]>();
  const wheres = new Map<number, (first: boolean, random: Random) => Place | undefined>();
  const devices = new Map<number, (first: boolean) => string | undefined>();
  const scale = world.members / 100_000;
  const add = (name: string, member: number): void => {
    groups.set(name, [...(groups.get(name) ?? []), member]);
  };
  // A shop or an office takes its line from the operator that homes take theirs from; a campus has its own.
  const behind = (country: number, which: string, household: number): Place => ({
    ...places.home(country, household),
    prefix: `${which}/24`,
  });
  const campus = (country: number, which: string): Place => ({
    ...places.institution(country, 0),
    prefix: `${which}/24`,
  });

  for (const country of [0, 1]) {
    const first = (world.countries[country]?.firstMember ?? 0) + 500;
    for (let i = 0; i < campusSize * Math.min(scale * 2, 1); i++) {
      const life = lives[first + i] as Life;
      life.createdAt = startMs - (20 + 20 * random.float()) * dayMs;
      life.firstSyncAt = life.createdAt + 3_600_000 * random.float();
      const prefix = `campus-${country}-${i % 4}`;
      wheres.set(life.member, (_, chance) => (chance.float() < 0.7 ? campus(country, prefix) : undefined));
      add('campus', life.member);
    }
  }
  const launched = world.countries[5];
  for (let i = 0; launched && i < launched.members; i++) {
    const life = lives[launched.firstMember + i] as Life;
    life.createdAt = startMs + 8 * dayMs + 6 * 3_600_000 * random.float();
    life.firstSyncAt = life.createdAt + 600_000 * random.float();
    add('launch-day', life.member);
  }
  for (let shop = 0; shop < Math.ceil(20 * scale); shop++) {
    const country = shop % 3;
    for (let i = 0; i < shopCustomers; i++) {
      const life = anybody(world, lives, country, random);
      life.createdAt = startMs + daysOpen(random) * dayMs;
      life.firstSyncAt = life.createdAt + 300_000;
      wheres.set(life.member, (isFirst) => (isFirst ? behind(country, `shop-${shop}`, shop) : undefined));
      devices.set(life.member, (isFirst) => (isFirst ? `counter-${shop}` : undefined));
      add('phone-shop', life.member);
    }
  }
  for (let team = 0; team < Math.ceil(30 * scale); team++) {
    const country = team % 4;
    const customers = customersOf(world, country, random);
    for (let i = 0; i < 1 + random.below(teamSizeMax); i++) {
      const life = anybody(world, lives, country, random);
      const own = world.books[life.member] as Int32Array;
      const taken = customers.filter(() => random.float() < 0.6);
      world.books[life.member] = Int32Array.from(new Set([...own, ...taken]));
      if (team % 2 === 0) life.createdAt = startMs + (3 + random.float()) * dayMs;
      life.firstSyncAt = Math.max(life.createdAt, startMs + 3 * dayMs) + dayMs * random.float();
      wheres.set(life.member, (_, chance) =>
        chance.float() < 0.6 ? behind(country, `office-${team}`, team) : undefined,
      );
      add('crm-importer', life.member);
    }
  }
  for (let family = 0; family < Math.ceil(400 * scale); family++) {
    const first = random.below(world.members - 4);
    for (let i = 0; i < 2 + random.below(3); i++) {
      devices.set(first + i, () => `tablet-${family}`);
      add('family-tablet', first + i);
    }
  }
  return {
    groups,
    placeOf: (life, first, chance) => wheres.get(life.member)?.(first, chance),
    deviceOf: (life, first) => devices.get(life.member)?.(first),
  };
}

function anybody(world: World, lives: readonly Life[], country: number, random: Random): Life {
  const { firstMember = 0, members = 1 } = world.countries[country] ?? {};
  return lives[firstMember + random.below(members)] as Life;
}

const daysOpen = (random: Random): number => 60 * random.float() - 31;

/** A customer list: thousands of numbers, spread over the country, few of them anybody's friends. */
function customersOf(world: World, country: number, random: Random): number[] {
  const { firstNumber = 0, numbers = 1 } = world.countries[country] ?? {};
  const size = Math.min(Math.round(pareto(random, 2_000, 1.3)), 18_000);
  const found: number[] = [];
  while (found.length < size) {
    const number = firstNumber + random.below(numbers);
    if (random.float() < 0.05 || isLive(world, number)) found.push(number);
  }
  return found;
}
