import { exponential, logNormal } from '../population/distributions.ts';
import type { Random } from '../population/random.ts';
import { pick } from './chance.ts';
import type { Ask, Attack, FakeAccount } from './fleet.ts';
import { clientOf, type HonestWorld } from './honest.ts';
import { dayMs, daysSimulated, startMs } from './life.ts';
import { leakedList, sequentialList, shuffledList, type TakeNumbers } from './lists.ts';
import type { Place } from './places.ts';

/** What an attacker decided, drawn at random: no combination of it was looked at when signals were made. */
interface Plan {
  size: number;
  target: number;
  /** How numbers are come by: shares of generated, leaked and real address books. */
  shares: { leaked: number; books: number; sequential: boolean };
  /** The first sync of an account, and what follows a day. */
  burst: number;
  perDay: number;
  /** Hours over which the accounts begin. */
  spreadHours: number;
  /** 0: a clock; 1: as irregular as people. */
  disorder: number;
  /** Days over which accounts were made, before the attack. */
  madeOverDays: number;
  /** Share of requests from borrowed homes; the rest from rented servers. */
  homesShare: number;
  rentedPrefixes: number;
  /** A prefix is kept for so many requests. */
  keptFor: number;
  accountsPerDevice: number;
  ownClient: boolean;
  openShare: number;
}

const hourMs = 3_600_000;

function drawPlan(random: Random, honest: HonestWorld): Plan {
  const burst = Math.round(Math.min(logNormal(random, 250, 1.2), 3_000));
  return {
    size:
      honest.fakeAccounts ||
      Math.max(20, Math.round((honest.world.members / 100_000) * (150 + random.below(850)))),
    target: random.below(3),
    shares: {
      leaked: random.float() < 0.4 ? random.float() : 0,
      books: random.float() < 0.4 ? 0.7 * random.float() : 0,
      sequential: random.float() < 0.2,
    },
    burst,
    perDay: logNormal(random, 30, 0.8),
    spreadHours: logNormal(random, 72, 1),
    disorder: random.float(),
    madeOverDays: logNormal(random, 20, 1.3),
    homesShare: random.float() < 0.5 ? 1 : random.float(),
    rentedPrefixes: 1 + Math.round(exponential(random, 30)),
    keptFor: 1 + Math.round(exponential(random, 5)),
    accountsPerDevice: random.float() < 0.6 ? 1 : 1 + random.below(30),
    ownClient: random.float() < 0.3,
    openShare: random.float(),
  };
}

/** An attacker nobody has met: everything about it is drawn from the seed. */
export function randomAttack(which: number): Attack {
  return {
    name: `held-out-${which}`,
    summary: 'an attacker drawn at random: pace, list, ages, addresses, devices, share of real contacts',
    accounts: (honest, random) => {
      const plan = drawPlan(random, honest);
      const take = listOf(plan, honest, random);
      return Array.from({ length: plan.size }, (_, index) =>
        account(plan, which, index, honest, take, random),
      );
    },
  };
}

function listOf({ shares, target }: Plan, honest: HonestWorld, random: Random): TakeNumbers {
  const generated = (shares.sequential ? sequentialList : shuffledList)(honest, target, random);
  const leaked = leakedList(honest, target, random);
  const { firstMember = 0, members = 1 } = honest.world.countries[target] ?? {};
  return (count) => {
    const book = honest.world.books[firstMember + random.below(members)] as Int32Array;
    const real = [...book.subarray(0, Math.floor(count * shares.books))];
    const known = leaked(Math.floor((count - real.length) * shares.leaked));
    return [...real, ...known, ...generated(count - real.length - known.length)];
  };
}

function account(
  plan: Plan,
  which: number,
  index: number,
  honest: HonestWorld,
  take: TakeNumbers,
  random: Random,
): FakeAccount {
  const version = random.below(3);
  const platform = random.float() < 0.65 ? 'android' : 'ios';
  return {
    member: `x-held-out-${which}-${index}`,
    ring: 0,
    createdAt: startMs - random.float() * plan.madeOverDays * dayMs,
    stolenFrom: -1,
    discoverable: random.float() < plan.openShare ? pick(random, ['mutual', 'anyone']) : 'nobody',
    device: `xd-held-out-${which}-${Math.floor(index / plan.accountsPerDevice)}`,
    client: (at) => (plan.ownClient ? `client-${which}/1` : clientOf(platform, version, at)),
    place: placesOf(plan, which, honest),
    asks: asksOf(plan, take, random),
  };
}

function placesOf(plan: Plan, which: number, { places }: HonestWorld): (random: Random) => Place {
  let kept: Place | undefined;
  let left = 0;
  return (random) => {
    if (kept && left-- > 0) return kept;
    left = plan.keptFor - 1;
    kept =
      random.float() < plan.homesShare
        ? places.borrowedHome(plan.target, random)
        : places.rented(40 + (which % 7), random.below(plan.rentedPrefixes));
    return kept;
  };
}

function asksOf(plan: Plan, take: TakeNumbers, random: Random): Ask[] {
  const vary = (value: number): number =>
    value * (1 - plan.disorder) + plan.disorder * logNormal(random, value, 0.7);
  const begin = startMs + random.float() * Math.min(plan.spreadHours, 400) * hourMs;
  const asks: Ask[] = [{ at: begin, numbers: take(Math.max(1, Math.round(vary(plan.burst)))) }];
  for (let at = begin; ; ) {
    const pauseMs = (1 - plan.disorder) * dayMs + plan.disorder * exponential(random, dayMs);
    at += pauseMs + random.float() * hourMs;
    if (at >= startMs + daysSimulated * dayMs) return asks;
    asks.push({ at, numbers: take(Math.max(1, Math.round(vary((plan.perDay * pauseMs) / dayMs)))) });
  }
}
