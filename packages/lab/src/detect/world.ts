import { bookSizes, drawBookSize } from '../population/book-sizes.ts';
import { beta } from '../population/distributions.ts';
import { createPermutation } from '../population/permutation.ts';
import { createRandom, hashOf, type Random } from '../population/random.ts';

/**
 * A world for detection: people as integers, numbers as integers, address books as lists of integers. It keeps what signals
 * can see (who holds whose number, what nobody else holds, how numbers cluster) and drops the rest, so that a hundred thousand
 * members take seconds.
 */
export interface WorldSpec {
  seed: number;
  /** Members, hard cases included. */
  members: number;
  /** Mean share of ties that the other side holds as well; real graphs have 0.38 to 0.85. */
  reciprocity: number;
  /** Ties of a real graph, tiled over the people; without it, ties are local and random. */
  graph?: readonly (readonly [number, number])[];
}

export interface CountrySpec {
  code: string;
  /** Share of all members. */
  share: number;
  /** Share of allotted numbers that belong to members. */
  density: number;
}

/** Densities differ by three orders of magnitude in life (WhatsApp: India 22 %, China 0.04 %); here by two. */
export const countries: readonly CountrySpec[] = [
  { code: 'IN', share: 0.35, density: 0.05 },
  { code: 'US', share: 0.25, density: 0.02 },
  { code: 'BR', share: 0.15, density: 0.03 },
  { code: 'DE', share: 0.1, density: 0.01 },
  { code: 'GB', share: 0.08, density: 0.01 },
  { code: 'NG', share: 0.05, density: 0.002 },
  { code: 'IL', share: 0.02, density: 0.02 },
];

export const settingNobody = 0;
export const settingMutual = 1;
export const settingAnyone = 2;

export interface Country extends CountrySpec {
  index: number;
  /** Its members are `firstMember` to `firstMember + members - 1`. */
  firstMember: number;
  members: number;
  /** Its numbers are `firstNumber` to `firstNumber + numbers - 1`. */
  firstNumber: number;
  numbers: number;
}

export interface World {
  spec: WorldSpec;
  countries: readonly Country[];
  members: number;
  numbers: number;
  countryOf: Uint8Array;
  setting: Uint8Array;
  /** The number of each member. */
  numberOf: Int32Array;
  /** Who owns a number: a member, or -1. */
  ownerOf: Int32Array;
  /** Each member's whole address book, in the order in which it is asked about. */
  books: Int32Array[];
  holds(member: number, number: number): boolean;
}

/** Of all numbers that operators may give out, so many are somebody's; nobody can tell which without asking. */
const inUse = 0.45;

export function isLive(world: World, number: number): boolean {
  return (world.ownerOf[number] ?? -1) !== -1 || hashOf(world.spec.seed, number) / 2 ** 32 < inUse;
}

/** Of the people whom a member knows, so many are members: far above the density, friends follow friends. */
const friendsWhoAreMembers = 0.3;
const settings = { nobody: 0.25, mutual: 0.35 };
/** Numbers that stand side by side were sold side by side: a town's numbers come from few blocks. */
const blockOfNumbers = 10_000;
/** Blocks that a town's numbers come from: telephones are sold all over the country, so they are many. */
const townBlocks = 40;
const servicesOfCountry = 2_000;
/** Of all numbers of a country, the most that one book holds. */
const bookShareMax = 0.25;

export function createWorld(spec: WorldSpec): World {
  const placed = placeCountries(spec.members);
  const members = placed.reduce((sum, country) => sum + country.members, 0);
  const numbers = placed.reduce((sum, country) => sum + country.numbers, 0);
  const world: World = {
    spec,
    countries: placed,
    members,
    numbers,
    countryOf: new Uint8Array(members),
    setting: new Uint8Array(members),
    numberOf: new Int32Array(members),
    ownerOf: new Int32Array(numbers).fill(-1),
    books: [],
    holds: () => false,
  };
  const random = createRandom(spec.seed).fork('world');
  for (const country of placed) giveNumbers(world, country, spec.seed);
  for (let member = 0; member < members; member++) world.setting[member] = drawSetting(random);
  fillBooks(world, random);
  const sets = world.books.map((book) => Int32Array.from(book).sort());
  world.holds = (member, number) => has(sets[member], number);
  return world;
}

function placeCountries(members: number): Country[] {
  let firstMember = 0;
  let firstNumber = 0;
  return countries.map((country, index) => {
    const count = Math.round(members * country.share);
    const space = Math.ceil(count / country.density / blockOfNumbers) * blockOfNumbers;
    const placed = { ...country, index, firstMember, members: count, firstNumber, numbers: space };
    firstMember += count;
    firstNumber += space;
    return placed;
  });
}

/** Neighbours in the order of members live in one town; their numbers come from the town's blocks, in no order. */
function giveNumbers(world: World, country: Country, seed: number): void {
  const order = createPermutation(country.numbers, seed + country.index);
  const blocks = country.numbers / blockOfNumbers;
  for (let i = 0; i < country.members; i++) {
    const member = country.firstMember + i;
    const town = Math.floor((i / country.members) * blocks);
    let place = order.at(i);
    for (let attempt = 0; ; attempt++) {
      const block = (town + (place % Math.min(townBlocks, blocks))) % blocks;
      const number =
        country.firstNumber + block * blockOfNumbers + ((place * 7919 + attempt) % blockOfNumbers);
      if (world.ownerOf[number] === -1) {
        world.ownerOf[number] = member;
        world.numberOf[member] = number;
        break;
      }
      if (attempt > 50) place = order.at((i + attempt * 31) % country.numbers);
    }
    world.countryOf[member] = country.index;
  }
}

function drawSetting(random: Random): number {
  const chance = random.float();
  if (chance < settings.nobody) return settingNobody;
  return chance < settings.nobody + settings.mutual ? settingMutual : settingAnyone;
}

function fillBooks(world: World, random: Random): void {
  const kept = Array.from({ length: world.members }, () => new Set<number>());
  const returns = Float64Array.from({ length: world.members }, () =>
    returnsOf(random, world.spec.reciprocity),
  );
  const sizes = Int32Array.from({ length: world.members }, () => drawBookSize(random, bookSizes));
  for (const country of world.countries) {
    const tie = (a: number, b: number): void => {
      if (a === b) return;
      kept[a]?.add(world.numberOf[b] ?? 0);
      if (random.float() < (returns[b] ?? 0)) kept[b]?.add(world.numberOf[a] ?? 0);
    };
    if (world.spec.graph) tieGraph(country, world.spec.graph, tie);
    else tieNeighbours(country, sizes, random, tie);
  }
  for (let member = 0; member < world.members; member++) {
    const country = world.countries[world.countryOf[member] ?? 0] as Country;
    const book = kept[member] ?? new Set();
    // A small country has no twenty thousand numbers to keep.
    const size = Math.min(sizes[member] ?? 0, Math.floor(country.numbers * bookShareMax));
    while (book.size < size) {
      const number = otherNumber(country, member - country.firstMember, random);
      const misspelt = random.float() < 0.02;
      if (misspelt || isLive(world, number)) book.add(number);
    }
    world.books.push(shuffle(Int32Array.from(book), random));
  }
}

function returnsOf(random: Random, mean: number): number {
  const size = 4;
  return beta(random, Math.max(mean * size, 1), Math.max((1 - mean) * size, 1));
}

function tieNeighbours(
  country: Country,
  sizes: Int32Array,
  random: Random,
  tie: (a: number, b: number) => void,
): void {
  for (let i = 0; i < country.members; i++) {
    const size = sizes[country.firstMember + i] ?? 0;
    const known = Math.min(size * 0.5, 150 * Math.sqrt(size / 150)) * friendsWhoAreMembers;
    const started = Math.round((known / 2) * 2 * random.float());
    for (let n = 0; n < started; n++) {
      const reach = random.float() < 0.8 ? 60 : 1_500;
      const other = i + Math.round((random.float() - 0.5) * 2 * reach);
      tie(country.firstMember + i, country.firstMember + ((other + country.members) % country.members));
    }
  }
}

function tieGraph(
  country: Country,
  graph: readonly (readonly [number, number])[],
  tie: (a: number, b: number) => void,
): void {
  const nodes = graph.reduce((max, [a, b]) => Math.max(max, a, b), 0) + 1;
  for (let first = 0; first < country.members; first += nodes) {
    for (const [a, b] of graph) {
      if (first + a < country.members && first + b < country.members) {
        tie(country.firstMember + first + a, country.firstMember + first + b);
      }
    }
  }
}

/** A number that is no member's friend: of the town (others of the town hold it as well), a service, or anybody's. */
function otherNumber(country: Country, place: number, random: Random): number {
  const chance = random.float();
  const blocks = country.numbers / blockOfNumbers;
  const town = Math.floor((place / country.members) * blocks);
  if (chance < 0.2) return country.firstNumber + random.below(Math.min(servicesOfCountry, country.numbers));
  if (chance < 0.55) {
    // Acquaintances who are no members: the same few hundred per neighbourhood, which neighbours hold too.
    const neighbourhood = Math.floor(place / 60) * 400 + random.below(400);
    const spread = Math.min(townBlocks, blocks);
    const block = (town + (neighbourhood % spread)) % blocks;
    return country.firstNumber + block * blockOfNumbers + ((neighbourhood * 7_919) % blockOfNumbers);
  }
  const block =
    random.float() < 0.7
      ? (town + random.below(Math.min(townBlocks, blocks))) % blocks
      : random.below(blocks);
  return country.firstNumber + block * blockOfNumbers + random.below(blockOfNumbers);
}

function shuffle(items: Int32Array, random: Random): Int32Array {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const held = items[last] ?? 0;
    items[last] = items[other] ?? 0;
    items[other] = held;
  }
  return items;
}

function has(sorted: Int32Array | undefined, value: number): boolean {
  let left = 0;
  let right = (sorted?.length ?? 0) - 1;
  while (left <= right) {
    const middle = (left + right) >>> 1;
    const at = sorted?.[middle] ?? 0;
    if (at === value) return true;
    if (at < value) left = middle + 1;
    else right = middle - 1;
  }
  return false;
}
