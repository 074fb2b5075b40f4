import { attacks } from './attacks.ts';
import { openEventTables } from './event-tables.ts';
import { type Attack, play } from './fleet.ts';
import { createHonestWorld, type HonestWorld } from './honest.ts';
import { playOut } from './live.ts';
import {
  hoursToDetectP50,
  namesBefore,
  namesByDesign,
  type Outcome,
  ratesOf,
  ringRecall,
} from './outcome.ts';
import { populationOf } from './populations.ts';
import { randomAttack } from './random-attack.ts';
import { rocOf } from './roc.ts';
import { type PeerKey, type PeerMeasure, Totals, tune } from './thresholds.ts';

export interface DetectRunOptions {
  seed: number;
  /** Worlds, each from a seed of its own. */
  seeds: number;
  /** Members of each world. */
  members: number;
  /** Accounts of each attack; 0: in proportion to the members. */
  accounts: number;
  /** Names of attacks; empty: all. */
  attackers: readonly string[];
  /** Attackers drawn at random for each world. */
  heldOut: number;
  /** Hours at which the service looks; undefined: the usual ones. */
  looks?: readonly number[];
}

export interface WorldResult {
  seed: number;
  population: string;
  honestMembers: number;
  events: number;
  outcomes: Outcome[];
}

export interface Watch {
  say(what: string): void;
  advance(): void;
}

/** Runs every attack on every world. */
export async function runDetect(options: DetectRunOptions, watch: Watch): Promise<WorldResult[]> {
  const results: WorldResult[] = [];
  for (let turn = 0; turn < options.seeds; turn++) results.push(await runWorld(options, turn, watch));
  return results;
}

/** The attacks of a world: those with names, and some that nobody has met. */
export function attacksOf({ attackers, heldOut }: DetectRunOptions, turn: number): Attack[] {
  const drawn = Array.from({ length: heldOut }, (_, i) => randomAttack(turn * heldOut + i));
  return [...attacks, ...drawn].filter(({ name }) => attackers.length === 0 || attackers.includes(name));
}

type Peers = Record<PeerKey, { totals: Totals; thresholds: Record<PeerMeasure, number> }>;

async function runWorld(options: DetectRunOptions, turn: number, watch: Watch): Promise<WorldResult> {
  const seed = options.seed + turn;
  watch.say(`world ${turn + 1} of ${options.seeds}`);
  const tuning = totalsOf(createHonestWorld(populationOf(seed + 1_000_000, options.members, turn).world));
  const { world, name } = populationOf(seed, options.members, turn);
  const honest = createHonestWorld(world, options.accounts);
  const totals = { account: new Totals('account'), address: new Totals('address') };
  let events = 0;
  const tables = await openEventTables(honest.events(), (event) => {
    events++;
    totals.account.add(event);
    totals.address.add(event);
  });
  const honestMax = Math.round(world.members / 100_000);
  const peers: Peers = {
    account: { totals: totals.account, thresholds: thresholdsOf(tuning.account, honestMax) },
    address: { totals: totals.address, thresholds: thresholdsOf(tuning.address, honestMax) },
  };
  try {
    const outcomes: Outcome[] = [];
    for (const attack of attacksOf(options, turn)) {
      watch.say(`${attack.name}, world ${turn + 1} of ${options.seeds}`);
      outcomes.push(await runAttack(attack, honest, peers, tables, options, watch));
    }
    return { seed, population: name, honestMembers: world.members, events, outcomes };
  } finally {
    await tables.close();
  }
}

function totalsOf(honest: HonestWorld): Record<PeerKey, Totals> {
  const totals = { account: new Totals('account'), address: new Totals('address') };
  for (const event of honest.events()) {
    totals.account.add(event);
    totals.address.add(event);
  }
  return totals;
}

const thresholdsOf = (totals: Totals, honestMax: number): Record<PeerMeasure, number> => ({
  month: tune(totals, 'month', honestMax),
  day: tune(totals, 'day', honestMax),
});

async function runAttack(
  attack: Attack,
  honest: HonestWorld,
  peers: Peers,
  tables: Awaited<ReturnType<typeof openEventTables>>,
  { looks }: DetectRunOptions,
  watch: Watch,
): Promise<Outcome> {
  const played = play(honest, attack);
  const accounts = new Set(played.rings.flat());
  const live = await playOut(tables, played, { ...(looks && { looks }), onLook: watch.advance });
  watch.advance();
  const honestMembers = honest.world.members;
  const flagged = ratesOf(new Set(live.suspendedAt.keys()), accounts);
  const hard = ratesOf(live.flaggedHard, accounts);
  const peer = (key: PeerKey): number => {
    const { totals, thresholds } = peers[key];
    const both = totals.with(played.events);
    const recalls = (['month', 'day'] as const).map(
      (measure) => ratesOf(both.above(measure, thresholds[measure]), accounts).recall,
    );
    return Math.max(...recalls);
  };
  return {
    name: attack.name,
    accounts: accounts.size,
    accountPrecision: flagged.precision,
    accountRecall: flagged.recall,
    ringRecall: ringRecall(played.rings, live.ringsFound),
    namesLearnt: namesBefore(played, live.suspendedAt),
    namesLearntByDesign: namesByDesign(played),
    namesLearntUnstopped: namesBefore(played, new Map()),
    honestSuspended: flagged.honest,
    honestSuspendedPer100k: (flagged.honest * 100_000) / honestMembers,
    hoursToDetectP50: hoursToDetectP50(played, live.suspendedAt),
    hardToEvadeRecall: hard.recall,
    hardToEvadePrecision: hard.precision,
    perAccountThresholdRecall: peer('account'),
    perAddressThresholdRecall: peer('address'),
    roc: rocOf(live.scores, accounts, honestMembers),
    rocHard: rocOf(live.scoresHard, accounts, honestMembers),
  };
}
