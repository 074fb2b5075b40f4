import type { SyncEvent } from '@kith/detection';
import { createRandom, type Random } from '../population/random.ts';
import { Budgets, type Scope, scopesOf } from './budgets.ts';
import type { HonestWorld } from './honest.ts';
import { dayMs, daysSimulated, startMs } from './life.ts';
import type { Place } from './places.ts';
import { alliesOf, goOn, isFindable, openAccount, type ServiceState, sync } from './service.ts';

/** One batch that an account sends. */
export interface Ask {
  at: number;
  numbers: readonly number[] | Int32Array;
}

/** One account of an attack, as its master made it. */
export interface FakeAccount {
  member: string;
  /** The network that it belongs to, for scoring. */
  ring: number;
  createdAt: number;
  /** The member whose account it is, where it was stolen; -1 for accounts that nobody holds. */
  stolenFrom: number;
  /** Most keep the default; some are told to look open. */
  discoverable: 'nobody' | 'mutual' | 'anyone';
  device: string;
  client: (at: number) => string;
  place: (random: Random) => Place;
  asks: readonly Ask[];
}

/** An attack on an honest world. */
export interface Attack {
  name: string;
  summary: string;
  /** Makes the accounts and all that they will ask, seeded. */
  accounts: (honest: HonestWorld, random: Random) => FakeAccount[];
}

/** What an attack did, and what it learnt if nobody had stopped it. */
export interface Played {
  events: SyncEvent[];
  /** When each account learnt each of its names. */
  learnt: Map<string, number[]>;
  rings: string[][];
  /** Numbers asked about, and how many of them belong to members who can be found by number. */
  asked: number;
  findable: number;
}

/** Plays an attack against the service of an honest world that has lived through its window. */
export function play(honest: HonestWorld, attack: Attack): Played {
  const random = createRandom(honest.world.spec.seed).fork(attack.name);
  const accounts = attack.accounts(honest, random);
  const state: ServiceState = {
    ...honest.state,
    asked: honest.state.asked.slice(),
    metSince: honest.state.metSince.slice(),
    budgets: new Budgets(),
  };
  const asks = accounts.flatMap((account) => account.asks.map((ask) => ({ account, ask })));
  const end = startMs + daysSimulated * dayMs;
  const inTime = asks.filter(({ ask }) => ask.at < end).sort((a, b) => a.ask.at - b.ask.at);
  const alliesBefore = ({ stolenFrom }: FakeAccount): number =>
    stolenFrom < 0 ? 0 : alliesOf(state, stolenFrom, startMs);
  const open = new Map(accounts.map((account) => [account, openAccount(alliesBefore(account))]));
  const last = new Map<FakeAccount, { at: number; scopes: Scope[] }>();
  const seen = new Map(accounts.map((account) => [account, 0]));
  let findable = 0;
  let asked = 0;
  const events = inTime.map(({ account, ask }, i): SyncEvent => {
    const book = open.get(account) ?? openAccount();
    const place = account.place(random);
    const scopes = scopesOf(account, account.device, place, ask.at);
    const before = last.get(account);
    if (before) goOn(state, book, before.scopes, before.at, ask.at);
    last.set(account, { at: ask.at, scopes });
    const answer = sync(state, { account: book, member: account.stolenFrom, scopes }, ask.numbers, ask.at);
    asked += ask.numbers.length;
    for (const number of ask.numbers) if (isFindable(state, number)) findable++;
    const repeated = seen.get(account) ?? 0;
    seen.set(account, repeated + ask.numbers.length);
    return {
      id: `a-${attack.name}-${i}`,
      at: Math.round(ask.at),
      member: account.member,
      memberCreatedAt: Math.round(account.createdAt),
      ...place,
      device: account.device,
      client: account.client(ask.at),
      way: 'plain',
      discoverable: account.discoverable,
      numbersNew: ask.numbers.length,
      numbersRepeated: repeated,
      numbersWaiting: answer.waiting,
      slotsMet: answer.met,
      slotsMetEstablished: answer.metEstablished,
      reveals: answer.reveals,
      sketch: answer.sketch,
    };
  });
  for (const [account, { at, scopes }] of last) {
    const book = open.get(account);
    if (book) goOn(state, book, scopes, at, end);
  }
  const rings = new Map<number, string[]>();
  for (const { member, ring } of accounts) rings.set(ring, [...(rings.get(ring) ?? []), member]);
  return {
    events,
    learnt: new Map([...open].map(([account, { learnt }]) => [account.member, learnt])),
    rings: [...rings.values()],
    asked,
    findable,
  };
}
