import type { SyncEvent } from '@kith/detection';
import { exponential, logNormal } from '../population/distributions.ts';
import { createRandom, type Random } from '../population/random.ts';
import { Budgets, scopesOf } from './budgets.ts';
import { type HardCases, placeHardCases } from './hard-cases.ts';
import { dayMs, daysSimulated, type Life, startMs } from './life.ts';
import { createPlaces, type Place, type Places } from './places.ts';
import { type Account, openAccount, type ServiceState, sync } from './service.ts';
import type { World } from './world.ts';

/** The honest part of the world and its history, shared by every attack on it. */
export interface HonestWorld {
  world: World;
  places: Places;
  lives: Life[];
  hard: HardCases;
  state: ServiceState;
  /** Accounts of every attack; 0: in proportion to the members. */
  fakeAccounts: number;
  /** Events in order of time. */
  events(): Iterable<SyncEvent>;
}

const settingNames = ['nobody', 'mutual', 'anyone'] as const;

interface Moment {
  at: number;
  member: number;
  from: number;
  to: number;
  first: boolean;
}

export function createHonestWorld(world: World, fakeAccounts = 0): HonestWorld {
  const random = createRandom(world.spec.seed).fork('honest');
  const places = createPlaces(
    world.spec.seed,
    world.countries.map(({ members }) => members),
  );
  const lives = Array.from({ length: world.members }, (_, member) => drawLife(world, member, random));
  const hard = placeHardCases(world, lives, places, random);
  const state: ServiceState = {
    world,
    joined: Float64Array.from(lives, ({ firstSyncAt }) => firstSyncAt),
    asked: new Uint8Array(world.numbers),
    metSince: new Uint16Array(world.members),
    budgets: new Budgets(),
  };
  const honest: HonestWorld = {
    world,
    places,
    lives,
    hard,
    state,
    fakeAccounts,
    events: () => live(honest, random),
  };
  return honest;
}

function drawLife(world: World, member: number, random: Random): Life {
  const growth = random.float() ** 0.7;
  const createdAt = startMs + (growth * 760 - 730) * dayMs;
  const country = world.countryOf[member] ?? 0;
  return {
    member,
    createdAt,
    firstSyncAt: createdAt + exponential(random, random.float() < 0.7 ? 600_000 : 20 * dayMs),
    pauseMs: logNormal(random, 4 * dayMs, 0.9),
    timer: random.float() < 0.4,
    device: `d-${member}`,
    version: Math.min(Math.floor(exponential(random, 1.5)), 9),
    platform: random.float() < 0.65 ? 'android' : 'ios',
    awayShare: 0.2 + 0.6 * random.float(),
    vpn: random.float() < 0.03,
    guestShare: 0.25 * random.float() ** 2,
    travelShare: random.float() < 0.1 ? 0.3 * random.float() : 0,
    abroad:
      random.float() < 0.04
        ? (country + 1 + random.below(world.countries.length - 1)) % world.countries.length
        : -1,
  };
}

function* live(honest: HonestWorld, random: Random): Iterable<SyncEvent> {
  const { world, lives, state } = honest;
  state.asked.fill(0);
  state.metSince.fill(0);
  state.budgets = new Budgets();
  const moments = lives.flatMap((life) => momentsOf(world, life, random));
  moments.sort((a, b) => a.at - b.at || a.member - b.member);
  const accounts = new Map<number, Account>();
  let id = 0;
  for (const moment of moments) {
    const life = lives[moment.member] as Life;
    const account = accounts.get(life.member) ?? openAccount();
    accounts.set(life.member, account);
    const book = world.books[life.member] as Int32Array;
    const fresh = book.subarray(moment.from, moment.to);
    const place = honest.hard.placeOf(life, moment.first, random) ?? placeOf(honest, life, random);
    const device = honest.hard.deviceOf(life, moment.first) ?? life.device;
    const member = `m-${life.member}`;
    const scopes = scopesOf({ member, createdAt: life.createdAt }, device, place, moment.at);
    const answer = sync(state, { account, member: life.member, scopes }, fresh, moment.at);
    yield {
      id: `h-${id++}`,
      at: Math.round(moment.at),
      member,
      memberCreatedAt: Math.round(life.createdAt),
      ...place,
      device,
      client: clientOf(life.platform, life.version, moment.at),
      way: 'plain',
      discoverable: settingNames[world.setting[life.member] ?? 0] ?? 'nobody',
      numbersNew: fresh.length,
      numbersRepeated: moment.from,
      numbersRejected: moment.first ? Math.floor(fresh.length * 0.01 * random.float() * 3) : 0,
      numbersWaiting: answer.waiting,
      slotsMet: answer.met,
      slotsMetEstablished: answer.metEstablished,
      reveals: answer.reveals,
      sketch: answer.sketch,
    };
  }
}

/** The first sync brings nearly the whole book; what people add later comes a few numbers at a time. */
function momentsOf(world: World, life: Life, random: Random): Moment[] {
  const size = world.books[life.member]?.length ?? 0;
  const end = startMs + daysSimulated * dayMs;
  if (life.firstSyncAt >= end) return [];
  const first = Math.max(1, Math.ceil(size * (0.88 + 0.1 * random.float())));
  const moments: Moment[] = [{ at: life.firstSyncAt, member: life.member, from: 0, to: first, first: true }];
  // Of the years before the window only what brought new numbers is kept; inside it, every sync.
  let at = life.firstSyncAt + pause(life, random);
  let from = first;
  const growth = Math.max((size - first) / Math.max((end - life.firstSyncAt) / dayMs, 30), 0.01);
  let last = life.firstSyncAt;
  while (at < end && moments.length < 400) {
    const isHistory = at < startMs;
    const added = Math.min(Math.round(exponential(random, growth * ((at - last) / dayMs))), size - from);
    if (!isHistory || added > 0) {
      moments.push({ at, member: life.member, from, to: from + added, first: false });
      from += added;
      last = at;
    }
    at += isHistory ? Math.max(30 * dayMs, life.pauseMs) : pause(life, random);
  }
  return moments;
}

function pause(life: Life, random: Random): number {
  if (life.timer) return life.pauseMs * (0.97 + 0.06 * random.float());
  return exponential(random, life.pauseMs) + 3_600_000 * random.float();
}

function placeOf({ world, places }: HonestWorld, life: Life, random: Random): Place {
  const country = life.abroad >= 0 ? life.abroad : (world.countryOf[life.member] ?? 0);
  if (life.vpn && random.float() < 0.7) return places.vpn(random);
  if (random.float() < life.travelShare)
    return places.mobile(random.below(world.countries.length), life.member, random);
  if (random.float() < life.awayShare) return places.mobile(country, life.member, random);
  if (random.float() < life.guestShare) return places.borrowedHome(country, random);
  return places.home(
    country,
    life.member - (world.countries[world.countryOf[life.member] ?? 0]?.firstMember ?? 0),
  );
}

export function clientOf(platform: string, version: number, at: number): string {
  const released = 40 + Math.floor((at - startMs) / (14 * dayMs));
  return `app/${released - version} (${platform})`;
}
