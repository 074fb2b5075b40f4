import { exponential, logNormal } from '../population/distributions.ts';
import type { Random } from '../population/random.ts';
import { pick } from './chance.ts';
import type { Ask, Attack, FakeAccount } from './fleet.ts';
import { clientOf, type HonestWorld } from './honest.ts';
import { dayMs, daysSimulated, startMs } from './life.ts';
import { leakedList, mixedList, sequentialList, shuffledList, type TakeNumbers } from './lists.ts';
import type { Place } from './places.ts';

/** The whole budget of an account: what a greedy attacker takes. */
const burst = 1_000;
const daily = 50;
const hourMs = 3_600_000;

interface Habit {
  /** When an account begins, and what it asks. */
  asks: (take: TakeNumbers, random: Random, index: number) => Ask[];
}

/** A program: the whole burst in equal batches, then the day's refill, every day at about the same time. */
const greedy = (beginsAt: (random: Random) => number, batch = 250): Habit => ({
  asks: (take, random) => {
    const begin = beginsAt(random);
    const asks: Ask[] = [];
    for (let i = 0; i < burst / batch; i++) asks.push({ at: begin + i * 60_000, numbers: take(batch) });
    for (let day = 1; day < daysSimulated; day++) {
      asks.push({ at: begin + day * dayMs + random.float() * 600_000, numbers: take(daily) });
    }
    return asks;
  },
});

/** Patience: a dozen numbers every day or two, at any hour. */
const slow: Habit = {
  asks: (take, random) => {
    const asks: Ask[] = [];
    let at = startMs + random.float() * 5 * dayMs;
    while (at < startMs + daysSimulated * dayMs) {
      asks.push({ at, numbers: take(5 + random.below(15)) });
      at += (0.5 + 1.5 * random.float()) * dayMs;
    }
    return asks;
  },
};

/** An imitation: one large first sync of the size of a book, then a few numbers now and then, with honest pauses. */
const honestLike: Habit = {
  asks: (take, random) => {
    const begin = startMs + random.float() * 12 * dayMs;
    const pauseMs = logNormal(random, 2 * dayMs, 0.6);
    const asks: Ask[] = [
      { at: begin, numbers: take(Math.min(Math.round(logNormal(random, 400, 0.7)), burst)) },
    ];
    for (
      let at = begin + exponential(random, pauseMs);
      at < startMs + daysSimulated * dayMs;
      at += exponential(random, pauseMs) + hourMs
    ) {
      asks.push({ at, numbers: take(Math.round(exponential(random, 40))) });
    }
    return asks;
  },
};

interface FleetSpec {
  size: number;
  ring?: number;
  list: (honest: HonestWorld, country: number, random: Random) => TakeNumbers;
  target: number;
  habit: Habit;
  createdAt: (random: Random, index: number) => number;
  place: (honest: HonestWorld, index: number) => (random: Random) => Place;
  device?: (index: number) => string;
  client?: (at: number, index: number) => string;
}

function fleet(name: string, honest: HonestWorld, random: Random, spec: FleetSpec): FakeAccount[] {
  const take = spec.list(honest, spec.target, random);
  return Array.from({ length: spec.size }, (_, index): FakeAccount => {
    const version = random.below(3);
    const platform = random.float() < 0.65 ? 'android' : 'ios';
    return {
      member: `x-${name}-${index}`,
      ring: spec.ring ?? 0,
      createdAt: spec.createdAt(random, index),
      stolenFrom: -1,
      discoverable: random.float() < 0.5 ? 'nobody' : 'mutual',
      device: spec.device?.(index) ?? `xd-${name}-${index}`,
      client: (at) => spec.client?.(at, index) ?? clientOf(platform, version, at),
      place: spec.place(honest, index),
      asks: spec.habit.asks(take, random, index),
    };
  });
}

const recently = (days: number) => (random: Random) => startMs - random.float() * days * dayMs;
/** Accounts of one of `parts` equal networks: as many as asked for, or so many per 100,000 members. */
const scaled = (honest: HonestWorld, per100k: number, parts = 1): number =>
  honest.fakeAccounts
    ? Math.max(3, Math.round(honest.fakeAccounts / parts))
    : Math.max(20, Math.round((per100k * honest.world.members) / 100_000));
const proxies = (country: number) => (honest: HonestWorld) => (random: Random) =>
  honest.places.borrowedHome(country, random);
const soon = (hours: number) => (random: Random) => startMs + random.float() * hours * hourMs;

export const attacks: readonly Attack[] = [
  {
    name: 'one-prefix',
    summary: 'a room full of telephones behind one rented /24, greedy, sequential list',
    accounts: (honest, random) =>
      fleet('one-prefix', honest, random, {
        size: scaled(honest, 300),
        list: sequentialList,
        target: 0,
        habit: greedy(soon(12)),
        createdAt: recently(2),
        place: (world) => () => world.places.rented(1, 0),
        device: (index) => `xd-rack-${index % 40}`,
      }),
  },
  {
    name: 'datacentre-fleet',
    summary: 'rented servers in forty prefixes of three companies, greedy, shuffled list, one client library',
    accounts: (honest, random) =>
      fleet('datacentre-fleet', honest, random, {
        size: scaled(honest, 500),
        list: shuffledList,
        target: 1,
        habit: greedy(soon(72)),
        createdAt: recently(10),
        place: (world, index) => () => world.places.rented(2 + (index % 3), index % 40),
        client: () => 'okhttp/4.12',
      }),
  },
  {
    name: 'residential-proxies',
    summary:
      'every request from another borrowed home in the target country, own devices, the official client',
    accounts: (honest, random) =>
      fleet('residential-proxies', honest, random, {
        size: scaled(honest, 500),
        list: shuffledList,
        target: 0,
        habit: greedy(soon(120)),
        createdAt: recently(20),
        place: proxies(0),
      }),
  },
  {
    name: 'low-and-slow',
    summary:
      'a thousand patient accounts, a dozen numbers every day or two, borrowed homes, made over three months',
    accounts: (honest, random) =>
      fleet('low-and-slow', honest, random, {
        size: scaled(honest, 1_000),
        list: shuffledList,
        target: 0,
        habit: slow,
        createdAt: recently(90),
        place: proxies(0),
      }),
  },
  {
    name: 'half-real-books',
    summary: 'half of every list is a real address book, borrowed homes, greedy',
    accounts: (honest, random) =>
      fleet('half-real-books', honest, random, {
        size: scaled(honest, 400),
        list: mixedList,
        target: 0,
        habit: greedy(soon(96)),
        createdAt: recently(15),
        place: proxies(0),
      }),
  },
  {
    name: 'hijacked-accounts',
    summary: 'old accounts of real members, taken over, asking from borrowed homes for a shuffled list',
    accounts: hijacked,
  },
  {
    name: 'leaked-hit-list',
    summary: 'a list of real numbers that leaked elsewhere: half are members, and others hold them too',
    accounts: (honest, random) =>
      fleet('leaked-hit-list', honest, random, {
        size: scaled(honest, 200),
        list: leakedList,
        target: 1,
        habit: greedy(soon(48)),
        createdAt: recently(14),
        place: (world, index) => () => world.places.rented(7, index % 12),
      }),
  },
  {
    name: 'three-countries-2019',
    summary: 'the fleet of 2019: addresses in three countries, shuffled lists of whole countries',
    accounts: (honest, random) =>
      [0, 1, 2].flatMap((part) =>
        fleet(`three-${part}`, honest, random, {
          size: scaled(honest, 330, 3),
          list: shuffledList,
          target: part,
          habit: greedy(soon(240)),
          createdAt: recently(30),
          place: (world, index) => (chance) =>
            chance.float() < 0.5
              ? world.places.home(6, 900_000 + (index % 60))
              : world.places.rented(10 + part, index % 25),
        }),
      ),
  },
  {
    name: 'two-rings',
    summary: 'two networks at once that have only a hosting company in common',
    accounts: (honest, random) =>
      [0, 1].flatMap((ring) =>
        fleet(`ring${ring}`, honest, random, {
          size: scaled(honest, 250, 2),
          ring,
          list: shuffledList,
          target: ring,
          habit:
            ring === 0
              ? greedy(soon(24), 500)
              : greedy((chance) => startMs + (6 + chance.float()) * dayMs, 100),
          createdAt: ring === 0 ? recently(3) : (chance) => startMs + (4 + chance.float()) * dayMs,
          place: (world, index) => () => world.places.rented(20, ring * 30 + (index % 20)),
          client: () => (ring === 0 ? 'python-requests/2.31' : 'okhttp/3.14'),
        }),
      ),
  },
  {
    name: 'honest-rhythm',
    summary:
      'accounts that sync as people do: book-like first syncs, honest pauses, borrowed homes, official client',
    accounts: (honest, random) =>
      fleet('honest-rhythm', honest, random, {
        size: scaled(honest, 400),
        list: shuffledList,
        target: 0,
        habit: honestLike,
        createdAt: recently(60),
        place: proxies(0),
      }),
  },
];

/** Members of a year and more, whose books and friends were real until somebody else signed in. */
function hijacked(honest: HonestWorld, random: Random): FakeAccount[] {
  const old = honest.lives.filter((life) => life.firstSyncAt < startMs - 300 * dayMs);
  const take = shuffledList(honest, 0, random);
  const taken = new Set<number>();
  while (taken.size < Math.min(scaled(honest, 200), old.length)) taken.add(pick(random, old).member);
  return [...taken].map((member, index): FakeAccount => {
    const life = honest.lives[member];
    return {
      member: `m-${member}`,
      ring: 0,
      createdAt: life?.createdAt ?? startMs,
      stolenFrom: member,
      discoverable: random.float() < 0.5 ? 'nobody' : 'mutual',
      device: `xd-hijack-${index}`,
      client: (at) => clientOf('android', 1, at),
      place: (chance) => honest.places.borrowedHome(0, chance),
      asks: greedy((chance) => startMs + (2 + 6 * chance.float()) * dayMs, 200).asks(take, random, index),
    };
  });
}
