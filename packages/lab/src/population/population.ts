import type { Card, Discoverable, MemberLine } from '@kith/protocol';
import { cardOf } from './cards.ts';
import { type Country, type CountrySpec, countryDefaults, createCountry } from './country.ts';
import { exponential } from './distributions.ts';
import { createRandom, hashOf } from './random.ts';

/** A simulated member of the app; `index` counts over all countries. */
export interface SimulatedMember {
  index: number;
  id: string;
  region: string;
  number: string;
  discoverable: Discoverable;
  card: Card;
  createdAtMs: number;
}

export interface PopulationSpec {
  seed: number;
  /** When the simulation begins: no account is younger. */
  startMs: number;
  countries: readonly (Partial<CountrySpec> & Pick<CountrySpec, 'region' | 'members'>)[];
}

/**
 * Countries of people with numbers, settings and address books. Nothing is stored: each answer is computed from the
 * seed, so a country of millions costs no memory, and the same seed gives the same people.
 */
export interface Population {
  readonly countries: readonly Country[];
  readonly memberCount: number;
  /** All numbers that an attacker would have to try. */
  readonly numberCount: number;
  member(index: number): SimulatedMember;
  members(): Iterable<SimulatedMember>;
  /** A member's whole address book, E.164. */
  bookOf(index: number): string[];
  /** Members whose number this member keeps because it knows them. */
  friendsOf(index: number): number[];
  /** Whether a member keeps another's number because it knows them. */
  knows(index: number, other: number): boolean;
  /** The member who owns a number, whatever its setting. */
  ownerOf(number: string): number | undefined;
  /** A number of the allotted space, by place in [0, numberCount): consecutive places are consecutive numbers. */
  numberAt(place: number): string;
}

const yearMs = 365 * 86_400_000;

export function createPopulation(spec: PopulationSpec): Population {
  const countries = spec.countries.map((country, index) =>
    createCountry({ ...countryDefaults, ...country }, hashOf(spec.seed, index)),
  );
  const firsts = offsetsOf(countries.map((country) => country.spec.members));
  const places = offsetsOf(countries.map((country) => country.space.size));
  const memberCount = firsts.at(-1) as number;

  const locate = (index: number) => within(countries, firsts, index);
  const member = (index: number): SimulatedMember => {
    const { country, local } = locate(index);
    return {
      index,
      id: `m-${index.toString(36)}`,
      region: country.spec.region,
      number: country.numberOf(local),
      discoverable: country.settingOf(local),
      card: cardOf(spec.seed, index),
      createdAtMs: spec.startMs - exponential(createRandom(hashOf(spec.seed, 21, index)), 2 * yearMs),
    };
  };
  return {
    countries,
    memberCount,
    numberCount: places.at(-1) as number,
    member,
    *members() {
      for (let index = 0; index < memberCount; index += 1) yield member(index);
    },
    bookOf: (index) => {
      const { country, local } = locate(index);
      return country.bookOf(local);
    },
    friendsOf: (index) => {
      const { country, local, first } = locate(index);
      const saved = country.circles.savedBy(local);
      return saved.filter((person) => person < country.spec.members).map((person) => first + person);
    },
    knows: (index, other) => {
      const [owner, friend] = [locate(index), locate(other)];
      return owner.country === friend.country && owner.country.circles.saves(owner.local, friend.local);
    },
    ownerOf: (number) => {
      for (const [at, country] of countries.entries()) {
        const local = country.memberOf(number);
        if (local !== undefined) return (firsts[at] as number) + local;
      }
      return undefined;
    },
    numberAt: (place) => {
      const { country, local } = within(countries, places, place);
      return country.space.numberAt(local);
    },
  };
}

/** What the host sends for a member: a line of `POST /v1/members/import`, or with the id taken out, of `PUT`. */
export function memberLineOf(member: SimulatedMember): MemberLine {
  const createdAt = new Date(member.createdAtMs).toISOString();
  return {
    id: member.id,
    phone: member.number,
    phoneVerifiedAt: createdAt,
    discoverable: member.discoverable,
    card: member.card,
    createdAt,
  };
}

/** Running sums, beginning with 0 and ending with the total. */
function offsetsOf(sizes: readonly number[]): number[] {
  const sums = [0];
  for (const size of sizes) sums.push((sums.at(-1) as number) + size);
  return sums;
}

function within(countries: readonly Country[], offsets: readonly number[], index: number) {
  const at = offsets.findIndex((_, i) => index >= (offsets[i] as number) && index < (offsets[i + 1] ?? -1));
  const country = countries[at];
  if (country === undefined) throw new RangeError('index outside the population');
  const first = offsets[at] as number;
  return { country, first, local: index - first };
}
