import type { KithHttp } from '@kith/client';
import type { Discoverable, SyncAnswer } from '@kith/protocol';
import { defaultPolicy, type Policy } from '@kith/server';
import { dayMs, hourMs, minuteMs } from '../harness/clock.ts';
import type { Device } from '../harness/member-client.ts';
import { startKith, type TestKith } from '../harness/start-kith.ts';
import type { CountrySpec } from '../population/country.ts';
import { createPopulation, memberLineOf, type Population } from '../population/population.ts';

/** A small country with a real hall, for one attack. */
export interface AttackWorld {
  readonly kith: TestKith;
  readonly policy: Policy;
  readonly population: Population;
  /** Makes an account; without a number and fresh unless told otherwise. */
  recruit(id: string, account?: AccountSpec): Promise<Attacker>;
  /** Lets lookups run and the batch that they fall into pass. */
  passBatch(): Promise<void>;
  passDays(days: number): Promise<void>;
  stop(): Promise<void>;
}

interface AccountSpec {
  number?: string;
  discoverable?: Discoverable;
  ageDays?: number;
  device?: Device;
}

/** One account in the attacker's hands. */
export interface Attacker {
  readonly id: string;
  readonly me: KithHttp;
  add(numbers: readonly string[]): Promise<SyncAnswer>;
  /** Ids of everyone on its people list. */
  seen(): Promise<Set<string>>;
}

/** Longer than a batch, so that whatever waits for one has had it. */
const batchWaitMs = 20 * minuteMs;

export async function createWorld(
  seed: number,
  country: Partial<CountrySpec> & { members: number },
): Promise<AttackWorld> {
  const kith = await startKith({ seed, policy: defaultPolicy });
  const population = createPopulation({
    seed,
    startMs: kith.clock.now(),
    countries: [{ region: 'GB', memberDensity: 0.1, ...country }],
  });
  await kith.host.importMembers(lines(population));
  const passBatch = async () => {
    await kith.work();
    await kith.elapse(batchWaitMs);
  };
  return {
    kith,
    policy: defaultPolicy,
    population,
    recruit: (id, account = {}) => recruit(kith, id, account),
    passBatch,
    passDays: async (days) => {
      await kith.elapse(days * dayMs, 6 * hourMs);
      await passBatch();
    },
    stop: kith.stop,
  };
}

function* lines(population: Population) {
  for (const member of population.members()) yield memberLineOf(member);
}

async function recruit(kith: TestKith, id: string, account: AccountSpec): Promise<Attacker> {
  await kith.host.putMember(id, {
    card: { name: 'New Here', handle: id },
    createdAt: new Date(kith.clock.now() - (account.ageDays ?? 0) * dayMs).toISOString(),
    discoverable: account.discoverable ?? 'nobody',
    ...(account.number !== undefined && { phone: account.number }),
  });
  const me = kith.as(id, account.device);
  return {
    id,
    me,
    add: (numbers) => me.patchContacts({ add: [...numbers] }),
    seen: async () => new Set((await me.allPeople()).map((person) => person.id)),
  };
}

/** Ids of the members with these numbers whom a stranger may find: those who chose `anyone`. */
export function openAmong(population: Population, numbers: readonly string[]): Set<string> {
  const open = numbers.flatMap((number) => {
    const owner = population.ownerOf(number);
    const member = owner === undefined ? undefined : population.member(owner);
    return member?.discoverable === 'anyone' ? [member.id] : [];
  });
  return new Set(open);
}

/** Numbers of members with one setting, in the order of the population. */
export function numbersOf(population: Population, setting: Discoverable, count: number): string[] {
  const numbers: string[] = [];
  for (const member of population.members()) {
    if (numbers.length === count) break;
    if (member.discoverable === setting) numbers.push(member.number);
  }
  return numbers;
}

/** Numbers that belong to no member. */
export function unownedNumbers(population: Population, count: number): string[] {
  const numbers: string[] = [];
  for (let place = 0; numbers.length < count; place += 1) {
    const number = population.numberAt(place);
    if (population.ownerOf(number) === undefined) numbers.push(number);
  }
  return numbers;
}

/** What one member's bucket gives in so many days. */
export function budgetOf(policy: Policy, unit: 'lookups' | 'reveals', days: number): number {
  const { capacity, perDay } = policy.budgets[unit].member;
  return capacity + Math.ceil(perDay * days);
}
