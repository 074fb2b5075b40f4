import type { NumberSketch } from '@kith/detection';
import { dayMs } from './life.ts';
import { countries, settingAnyone, settingNobody, type World } from './world.ts';

/** A leaky bucket that refills all the time. */
export class Budget {
  readonly #capacity: number;
  readonly #perDay: number;
  #left: number;
  #at: number;

  constructor(capacity: number, perDay: number, at: number) {
    this.#capacity = capacity;
    this.#perDay = perDay;
    this.#left = capacity;
    this.#at = at;
  }

  /** Takes up to `wanted`; returns how many were granted. */
  take(wanted: number, at: number): number {
    this.#left = Math.min(this.#capacity, this.#left + ((at - this.#at) / dayMs) * this.#perDay);
    this.#at = at;
    const granted = Math.min(wanted, Math.floor(this.#left));
    this.#left -= granted;
    return granted;
  }
}

/** What the service keeps of one account in the simulation. */
export interface Account {
  lookups: Budget;
  reveals: Budget;
  /** Numbers waiting for a lookup, oldest first. */
  waiting: number[];
  /** Members found and waiting to be shown. */
  found: number[];
  /** When each name was learnt, milliseconds. */
  learnt: number[];
}

export const openAccount = (at: number): Account => ({
  lookups: new Budget(1_000, 50, at),
  reveals: new Budget(50, 20, at),
  waiting: [],
  found: [],
  learnt: [],
});

export interface Answer {
  met: number;
  metEstablished: number;
  reveals: number;
  waiting: number;
  sketch: NumberSketch;
}

/** Who has been asked about, and when members joined: what an answer depends on. */
export interface ServiceState {
  world: World;
  /** When each member first synced, milliseconds. */
  joined: Float64Array;
  /** How many distinct members have asked about each number, to 255. */
  asked: Uint8Array;
  /** Meetings of each member since its last sync, made by others who joined after it. */
  metSince: Uint16Array;
}

/**
 * Answers one sync as the design says: meetings at once, open lookups as the budget allows, finds shown as the reveal budget
 * allows. Numbers are forgotten but for the sketch.
 *
 * @param member the member who asks, or -1 for an account that nobody holds.
 */
export function sync(
  state: ServiceState,
  account: Account,
  member: number,
  fresh: readonly number[] | Int32Array,
  at: number,
): Answer {
  const { world, joined, asked } = state;
  let met = member < 0 ? 0 : (state.metSince[member] ?? 0);
  if (member >= 0) state.metSince[member] = 0;
  let metEstablished = 0;
  let solitary = 0;
  for (const number of fresh) {
    if ((asked[number] ?? 0) === 0) solitary++;
    asked[number] = Math.min((asked[number] ?? 0) + 1, 255);
    const owner = world.ownerOf[number] ?? -1;
    if (owner !== -1 && isMutual(world, member, owner) && (joined[owner] ?? Infinity) <= at) {
      met++;
      state.metSince[owner] = (state.metSince[owner] ?? 0) + 1;
      if (at - (joined[owner] ?? at) > 30 * dayMs) metEstablished++;
    } else account.waiting.push(number);
  }
  const reveals = lookUp(state, account, at);
  show(account, at);
  return {
    met,
    metEstablished,
    reveals,
    waiting: account.waiting.length,
    sketch: sketchOf(world, fresh, solitary),
  };
}

function isMutual(world: World, member: number, owner: number): boolean {
  if (member < 0 || world.setting[member] === settingNobody || world.setting[owner] === settingNobody)
    return false;
  return world.holds(owner, world.numberOf[member] ?? -1);
}

/** Whether whoever has the number can learn its owner's name. */
export function isFindable({ world }: Pick<ServiceState, 'world'>, number: number): boolean {
  const owner = world.ownerOf[number] ?? -1;
  return owner !== -1 && world.setting[owner] === settingAnyone;
}

function lookUp({ world, joined }: ServiceState, account: Account, at: number): number {
  const granted = account.lookups.take(account.waiting.length, at);
  let found = 0;
  for (const number of account.waiting.splice(0, granted)) {
    const owner = world.ownerOf[number] ?? -1;
    if (owner === -1 || world.setting[owner] !== settingAnyone || (joined[owner] ?? Infinity) > at) continue;
    account.found.push(owner);
    found++;
  }
  return found;
}

function show(account: Account, at: number): void {
  const granted = account.reveals.take(account.found.length, at);
  account.found.splice(0, granted);
  for (let i = 0; i < granted; i++) account.learnt.push(at);
}

/** Numbers here are integers; a thousand neighbours share the leading seven digits. */
const prefixSize = 1_000;

function sketchOf(world: World, fresh: readonly number[] | Int32Array, solitary: number): NumberSketch {
  const sorted = Int32Array.from(fresh).sort();
  const perCountry = new Map<string, number>();
  let prefixes = 0;
  let inRuns = 0;
  for (let i = 0; i < sorted.length; i++) {
    const number = sorted[i] ?? 0;
    const before = i > 0 ? number - (sorted[i - 1] ?? 0) : Infinity;
    const after = i + 1 < sorted.length ? (sorted[i + 1] ?? 0) - number : Infinity;
    if (Math.min(before, after) <= 10) inRuns++;
    if (i === 0 || Math.floor(number / prefixSize) !== Math.floor((sorted[i - 1] ?? 0) / prefixSize))
      prefixes++;
    const country = countryOfNumber(world, number);
    perCountry.set(country, (perCountry.get(country) ?? 0) + 1);
  }
  const [country, countryNumbers] = [...perCountry].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  return { numbers: sorted.length, solitary, inRuns, prefixes, country, countryNumbers };
}

export function countryOfNumber(world: World, number: number): string {
  const country = world.countries.find((each) => number < each.firstNumber + each.numbers);
  return country?.code ?? countries[0]?.code ?? '';
}
