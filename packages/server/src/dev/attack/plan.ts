import type { CanonicalNumber, MemberLine } from '@kith/protocol';
import type { Origin } from '../../budgets/scopes.ts';
import type { DemoPerson, DemoPopulation } from '../population.ts';
import { attackers, homeOf, originIn } from './places.ts';

/** One address book, or one batch of a list, on its way. */
export interface Ask {
  /** Milliseconds since 1970. */
  at: number;
  member: string;
  origin: Origin;
  numbers: CanonicalNumber[];
  /** Whether the numbers are the whole book. */
  whole: boolean;
}

export interface AttackPlan {
  accounts: MemberLine[];
  /** In order of time; honest members are among those who ask. */
  asks: Ask[];
}

export interface AttackSize {
  /** Accounts of both rings together. */
  accounts: number;
  /** Members of the town who send their books meanwhile. */
  honest: number;
}

/**
 * One account in sixteen is fake, many times what any service has seen. Not more: people are compared with the crowd, and
 * where two of five are fake there is no crowd to differ from.
 */
export const wholeAttack: AttackSize = { accounts: 2_400, honest: 600 };

const hourMs = 3_600_000;
/** What the demo's story takes, and ends with now. */
export const storyHours = 46;

interface RingSpec {
  name: string;
  /** Of all accounts. */
  share: number;
  nets: readonly (typeof attackers)[keyof typeof attackers][];
  /** Accounts that share an address block. */
  perBlock: number;
  /** Accounts that share a device. */
  perDevice: number;
  client: string;
  /** Hours of the story in which accounts begin. */
  hours: readonly [from: number, to: number];
  /** Accounts were made within so many days before. */
  madeDays: number;
  batches: readonly number[];
  /** Which half of the list is this ring's. */
  half: 0 | 1;
}

/** Two networks of fake accounts that have the method in common, and nothing else. */
const rings: readonly RingSpec[] = [
  {
    name: 'a',
    share: 5 / 12,
    nets: [attackers.iran, attackers.israel],
    perBlock: 9,
    perDevice: 1,
    client: 'okhttp/3.12.1',
    hours: [6, 34],
    madeDays: 12,
    batches: [120, 120, 120],
    half: 0,
  },
  {
    name: 'b',
    share: 7 / 12,
    nets: [attackers.malaysia],
    perBlock: 18,
    perDevice: 6,
    client: 'python-requests/2.22.0',
    hours: [18, 43],
    madeDays: 4,
    batches: [150, 150, 150],
    half: 1,
  },
];

/** Whom an attack is on. */
export interface Target {
  /** Goes on with its life meanwhile. */
  town: DemoPopulation;
  /** Leading digits, down to the last four, of all numbers that members could have. */
  exchanges: readonly string[];
}

interface AttackOptions {
  size: AttackSize;
  /** Milliseconds since 1970. */
  endMs: number;
  /** Names the accounts of this attack apart from those of an earlier one. */
  run: string;
  /** Uniform in [0, 1). */
  random: () => number;
}

/**
 * The attack of 2019 on the demo town: fake accounts upload lists of all possible numbers, shuffled, because lists in
 * order were refused, while the town goes on with its life.
 */
export function planAttack({ town, exchanges }: Target, options: AttackOptions): AttackPlan {
  const { size, endMs, run, random } = options;
  const startMs = endMs - storyHours * hourMs;
  const accounts: MemberLine[] = [];
  const asks: Ask[] = honestAsks(town, size.honest, startMs, random);
  const list = possibleNumbers(exchanges, random);
  for (const ring of rings) {
    const count = Math.round(size.accounts * ring.share);
    let next = Math.floor(list.length / 2) * ring.half;
    const take = (numbers: number) => Array.from({ length: numbers }, () => list.at(next++));
    for (let index = 0; index < count; index += 1) {
      const account = fakeAccount(ring, { index, count }, { run, startMs, random });
      accounts.push(account.line);
      asks.push(...account.asks(take));
    }
  }
  return { accounts, asks: asks.sort((a, b) => a.at - b.at) };
}

function fakeAccount(
  ring: RingSpec,
  { index, count }: { index: number; count: number },
  { run, startMs, random }: { run: string; startMs: number; random: () => number },
) {
  const [from, to] = ring.hours;
  const begins = startMs + (from + (to - from) * random()) * hourMs;
  const id = `${run}-${ring.name}${index.toString(36).padStart(3, '0')}`;
  const handle = `user${Math.floor(random() * 90_000_000 + 10_000_000)}`;
  const made = startMs + from * hourMs - random() * ring.madeDays * 24 * hourMs;
  const net = ring.nets[index % ring.nets.length]!;
  const origin: Origin = {
    ...originIn(net, 0x100 + Math.floor((random() * count) / ring.nets.length / ring.perBlock)),
    device: `${run}-${ring.name}-device-${Math.floor(index / ring.perDevice)}`,
    client: ring.client,
  };
  const line: MemberLine = { id, card: { name: handle, handle }, createdAt: new Date(made).toISOString() };
  return {
    line,
    asks: (take: (count: number) => CanonicalNumber[]): Ask[] =>
      ring.batches.map((count, batch) => ({
        at: Math.round(begins + batch * 60_000),
        member: id,
        origin,
        numbers: take(count),
        whole: false,
      })),
  };
}

const linesPerExchange = 10_000;

/** Every number that could exist, members' and nobody's alike, shuffled; millions, so the list is of places. */
function possibleNumbers(exchanges: readonly string[], random: () => number) {
  const places = shuffled(
    Uint32Array.from({ length: exchanges.length * linesPerExchange }, (_, place) => place),
    random,
  );
  return {
    length: places.length,
    /** Begins anew at the end. */
    at: (index: number): CanonicalNumber => {
      const place = places[index % places.length]!;
      const line = String(place % linesPerExchange).padStart(4, '0');
      return `${exchanges[Math.floor(place / linesPerExchange)]}${line}` as CanonicalNumber;
    },
  };
}

/** Fisher and Yates. */
function shuffled<Items extends unknown[] | Uint32Array>(items: Items, random: () => number): Items {
  for (let at = items.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [items[at], items[other]] = [items[other]!, items[at]!];
  }
  return items;
}

const clients = ['Demo/7.2 (Android 14)', 'Demo/7.2 (iOS 17)', 'Demo/7.1 (Android 13)', 'Demo/7.0 (iOS 16)'];

/** Members who send the books of their telephones in these hours, more of them by day than by night. */
function honestAsks(town: DemoPopulation, count: number, startMs: number, random: () => number): Ask[] {
  return shuffled(membersOf(town), random)
    .slice(0, count)
    .map((person) => {
      const hour = Math.floor(random() * storyHours);
      const awake = (hour + 2) % 24 < 7 ? hour + 7 : hour;
      return bookOf(person, startMs + Math.min(awake + random(), storyHours - 0.1) * hourMs, random);
    });
}

const dayMs = 24 * hourMs;
const lifeDays = 60;
/** The first to come, whose every number is news to the service and who meet nobody yet, came long before the rest. */
const pioneers = { share: 0.25, daysBefore: 120 };

/** What the town did in the months before: everybody has sent a book once, or there would be no crowd to differ from. */
export function planLife(town: DemoPopulation, endMs: number, random: () => number): Ask[] {
  const pioneersUntilMs = endMs - (pioneers.daysBefore - 20) * dayMs;
  return shuffled(membersOf(town), random)
    .map((person, index, people) => {
      const joinedMs = Date.parse(person.member.createdAt ?? '') || 0;
      const isPioneer = index < people.length * pioneers.share && joinedMs < pioneersUntilMs;
      const [fromMs, untilMs] = isPioneer
        ? [endMs - pioneers.daysBefore * dayMs, pioneersUntilMs]
        : [endMs - lifeDays * dayMs, endMs];
      const sinceMs = Math.max(joinedMs, fromMs);
      return bookOf(person, sinceMs + random() * (untilMs - sinceMs), random);
    })
    .sort((a, b) => a.at - b.at);
}

/** Everybody but those whom a visitor may be. */
function membersOf(town: DemoPopulation): DemoPerson[] {
  return town.people.filter((person) => !town.signIns.includes(person) && person.book.length > 0);
}

function bookOf({ member, book }: DemoPerson, at: number, random: () => number): Ask {
  return {
    at: Math.round(at),
    member: member.id,
    origin: {
      ...homeOf(random()),
      device: `phone-of-${member.id}`,
      client: clients[Math.floor(random() * clients.length)]!,
    },
    numbers: book.map(({ phone }) => phone as CanonicalNumber),
    whole: true,
  };
}
