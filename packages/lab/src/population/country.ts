import type { Discoverable } from '@kith/protocol';
import { type BookSizes, bookSizes, drawBookSize } from './book-sizes.ts';
import { type Circles, createCircles, type Habits } from './circles.ts';
import { beta } from './distributions.ts';
import { allotSpace, type NumberSpace } from './number-space.ts';
import { createPermutation } from './permutation.ts';
import { chanceOf, createRandom, hashOf } from './random.ts';

/** One country of the simulation. */
export interface CountrySpec {
  /** ISO 3166. */
  region: string;
  members: number;
  /** The share of allotted numbers that belong to members: what a random guess hits. */
  memberDensity: number;
  /** The share of a person's acquaintances who are members: far above the density, friends follow friends. */
  memberShareOfCircles: number;
  settings: Record<Discoverable, number>;
  books: BookSizes;
}

export const countryDefaults: Omit<CountrySpec, 'region' | 'members'> = {
  memberDensity: 0.02,
  memberShareOfCircles: 0.3,
  settings: { nobody: 0.25, mutual: 0.35, anyone: 0.4 },
  books: bookSizes,
};

/** People of a country are numbered from 0; those below `members` are members of the app. */
export interface Country {
  readonly spec: CountrySpec;
  readonly people: number;
  readonly space: NumberSpace;
  numberOf(person: number): string;
  /** The member who owns a number. */
  memberOf(number: string): number | undefined;
  settingOf(member: number): Discoverable;
  readonly circles: Circles;
  /** A whole address book, E.164: acquaintances and numbers that lead nowhere the owner knows, in no order. */
  bookOf(person: number): string[];
}

const settingStream = 11;
const habitStream = 12;
const junkStream = 13;
const orderStream = 14;

/** The share of unused entries that are services everybody keeps: the taxi, the bank, the school. */
const serviceShare = 0.3;

export function createCountry(spec: CountrySpec, seed: number): Country {
  const people = Math.max(3, Math.round(spec.members / spec.memberShareOfCircles));
  const size = Math.max(people, Math.round(spec.members / spec.memberDensity));
  const space = allotSpace(spec.region, size, hashOf(seed, 1));
  const owners = createPermutation(size, hashOf(seed, 2));
  const traitsOf = (person: number) => drawTraits(spec.books, seed, person);
  const circles = createCircles(people, hashOf(seed, 3), (person) => traitsOf(person).habits);

  const numberOf = (person: number) => space.numberAt(owners.at(person));
  const memberOf = (number: string) => {
    const place = space.placeOf(number);
    if (place === undefined) return undefined;
    const person = owners.placeOf(place);
    return person < spec.members ? person : undefined;
  };
  const settingOf = (member: number) => {
    const chance = chanceOf(seed, settingStream, member);
    if (chance < spec.settings.anyone) return 'anyone';
    return chance < spec.settings.anyone + spec.settings.mutual ? 'mutual' : 'nobody';
  };
  const junkNumber = (person: number, index: number) => {
    const chance = chanceOf(seed, junkStream, person, index);
    const service = chanceOf(seed, junkStream, person, index, 1) < serviceShare;
    // Services are few and kept by many: squaring makes the first of them the most common.
    const place = service
      ? owners.at((people + Math.floor(chance * chance * (size - people) * 0.001)) % size)
      : Math.floor(chance * size);
    return space.numberAt(place);
  };
  const bookOf = (person: number) => {
    const numbers = new Set(circles.savedBy(person).map(numberOf));
    const { junk } = traitsOf(person);
    for (let index = 0; index < junk; index += 1) numbers.add(junkNumber(person, index));
    return inHashOrder([...numbers], hashOf(seed, orderStream, person));
  };
  return { spec, people, space, numberOf, memberOf, settingOf, circles, bookOf };
}

/** How a person keeps an address book: drawn from the person alone, so that it can be asked again. */
function drawTraits(books: BookSizes, seed: number, person: number): { habits: Habits; junk: number } {
  const random = createRandom(hashOf(seed, habitStream, person));
  const size = drawBookSize(random, books);
  // About half the entries of an address book are never used.
  const keeps = acquaintances(size * (1 - beta(random, 6, 6)));
  return {
    habits: { keeps, diligence: 0.3 + 0.7 * beta(random, 3, 1.5), closeness: beta(random, 4, 2) },
    junk: Math.max(0, Math.round(size - keeps)),
  };
}

/** Dunbar's number: beyond it, more entries mean ever fewer people whom one knows (Behav. Brain Sci. 16, 1993). */
const acquaintancesFew = 150;

function acquaintances(usedEntries: number): number {
  if (usedEntries <= acquaintancesFew) return Math.max(1, usedEntries);
  return acquaintancesFew * Math.sqrt(usedEntries / acquaintancesFew);
}

function inHashOrder(numbers: readonly string[], seed: number): string[] {
  return numbers
    .map((number, index) => ({ number, rank: hashOf(seed, index) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ number }) => number);
}
