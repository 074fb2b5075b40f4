import type { NumberSketch } from '@kith/detection';
import { defaultPolicy } from '@kith/server';
import type { Budgets, Scope } from './budgets.ts';
import { dayMs } from './life.ts';
import { countries, settingAnyone, settingNobody, type World } from './world.ts';

const establishedMs = defaultPolicy.establishedDays * dayMs;

/** What the service keeps of one account in the simulation. */
export interface Account {
  /** Numbers waiting for a lookup, oldest first. */
  waiting: number[];
  /** When each member that was found joins the cards to be shown, milliseconds, in order of time. */
  found: number[];
  /** Established members whom it has met. */
  allies: number;
  /** Found since the account last synced. */
  foundSince: number;
  /** When each name was learnt, milliseconds. */
  learnt: number[];
}

export const openAccount = (allies = 0): Account => ({
  waiting: [],
  found: [],
  allies,
  foundSince: 0,
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
  budgets: Budgets;
}

/** Who syncs: an account, and what it spends from. */
export interface Asker {
  account: Account;
  /** The member who asks, or -1 for an account that nobody holds. */
  member: number;
  scopes: readonly Scope[];
}

/**
 * Answers one sync as the design says: meetings at once, open lookups as the budgets allow. Numbers are forgotten but for the
 * sketch.
 */
export function sync(
  state: ServiceState,
  { account, member, scopes }: Asker,
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
      if (at - (joined[owner] ?? at) > establishedMs) metEstablished++;
    } else account.waiting.push(number);
  }
  account.allies += metEstablished;
  lookUp(state, account, scopes, at);
  const reveals = account.foundSince;
  account.foundSince = 0;
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

/** Established members whom a member has met by a moment: what an account brings along that was taken over. */
export function alliesOf(
  { world, joined }: Pick<ServiceState, 'world' | 'joined'>,
  member: number,
  at: number,
): number {
  const owners = [...(world.books[member] ?? [])].map((number) => world.ownerOf[number] ?? -1);
  return owners.filter(
    (owner) =>
      owner !== -1 && (joined[owner] ?? Infinity) < at - establishedMs && isMutual(world, member, owner),
  ).length;
}

/** Whether whoever has the number can learn its owner's name. */
export function isFindable({ world }: Pick<ServiceState, 'world'>, number: number): boolean {
  const owner = world.ownerOf[number] ?? -1;
  return owner !== -1 && world.setting[owner] === settingAnyone;
}

/** What goes on without the account until it comes again: what waits is looked up as budgets refill, what is ripe is shown. */
export function goOn(
  state: ServiceState,
  account: Account,
  scopes: readonly Scope[],
  from: number,
  to: number,
): void {
  for (let at = from + dayMs; at < to && account.waiting.length > 0; at += dayMs)
    lookUp(state, account, scopes, at);
  show(state, account, scopes, to);
}

function lookUp(
  { world, joined, budgets }: ServiceState,
  account: Account,
  scopes: readonly Scope[],
  at: number,
): void {
  const granted = budgets.take('lookups', scopes, account.waiting.length, account.allies, at);
  const shownAt = budgets.shownAt(scopes, account.allies, at);
  for (const number of account.waiting.splice(0, granted)) {
    const owner = world.ownerOf[number] ?? -1;
    if (owner === -1 || world.setting[owner] !== settingAnyone || (joined[owner] ?? Infinity) > at) continue;
    account.found.push(shownAt);
    account.foundSince++;
  }
}

/** Shows what was ripe before a moment, one card as the budgets allow it after the other. */
function show({ budgets }: ServiceState, account: Account, scopes: readonly Scope[], until: number): void {
  account.found.sort((a, b) => a - b);
  for (let ripe = account.found[0]; ripe !== undefined; ripe = account.found[0]) {
    const at = budgets.affordableAt('reveals', scopes, Math.max(ripe, account.learnt.at(-1) ?? 0));
    if (at >= until) return;
    account.found.shift();
    budgets.take('reveals', scopes, 1, account.allies, at);
    account.learnt.push(at);
  }
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
