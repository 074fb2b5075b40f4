import { type BlockKind, blockSql, isOfKind, kindsOf } from './blocks.ts';
import { calibrated } from './calibrate.ts';
import { logit, priorShare, together } from './evidence.ts';
import { windowSql } from './features.ts';
import type { DetectOptions } from './options.ts';
import type { Ring } from './ring.ts';
import { type DetectStore, type Run, withRun } from './run.ts';
import { weigh } from './weigh.ts';

/** What a search needs of a ring: its accounts, and what tied them together. */
export type RingProfile = Pick<Ring, 'id' | 'links'> & {
  members: readonly { member: string; flagged: boolean }[];
};

/** A member that shares what a ring's accounts share. */
export interface Likeness {
  member: string;
  /** Log odds of its being the ring's: the prior, its own evidence, and the traits it shares, in nats. */
  evidence: number;
  own: number;
  /** Signals of the traits shared, with their weights. */
  traits: { signal: string; block: number; weight: number }[];
}

/** "Who else did this", answered, also where the answer is nobody. */
export interface WhoElse {
  ring: string;
  from: number | null;
  to: number | null;
  searched: { members: number; events: number };
  /** Members who are the ring's in 99 cases out of a hundred. */
  matches: Likeness[];
  /** Those who come nearest without it. */
  nearMisses: Likeness[];
}

const matchFrom = Math.log(99);
const nearMissesMax = 20;
/** Traits that fewer of the ring's accounts share are accidents. */
const traitShareMin = 0.1;
const traitWeightMin = 1;
const matchesMax = 10_000;

/**
 * Runs the profile of a ring over the events: who has the traits that tie its accounts together (addresses, devices, clients,
 * moments, rhythms, targets), weighed by how much rarer they are among everybody, and behaves suspiciously as well.
 *
 * @throws WatchError `event_store_unavailable`, `event_store_query_failed`.
 */
export async function whoElse(
  store: DetectStore,
  ring: RingProfile,
  options: DetectOptions = {},
): Promise<WhoElse> {
  return withRun(store, { ...options, from: options.from ?? 0 }, async (run) => {
    const weights = traitWeights(ring, run.members);
    const shared = weights.size === 0 ? [] : await findSharers(run, [...weights.keys()]);
    const mine = new Set(ring.members.filter(({ flagged }) => flagged).map(({ member }) => member));
    const others = shared.filter(({ member }) => !mine.has(member));
    const own = await ownEvidence(
      run,
      others.map(({ member }) => member),
    );
    const judged = others.map(({ member, blocks }) => likenessOf(member, blocks, weights, own.get(member)));
    judged.sort((a, b) => b.evidence - a.evidence || (a.member < b.member ? -1 : 1));
    return {
      ring: ring.id,
      from: run.window.from ?? null,
      to: options.to ?? null,
      searched: { members: run.members, events: run.events },
      matches: judged.filter(({ evidence }) => evidence >= matchFrom).slice(0, matchesMax),
      nearMisses: judged.filter(({ evidence }) => evidence < matchFrom).slice(0, nearMissesMax),
    };
  });
}

type Trait = { signal: string; weight: number };

/** How much likelier one of the ring's accounts has each trait than anybody. */
function traitWeights(ring: RingProfile, population: number): Map<number, Trait> {
  const size = ring.members.filter(({ flagged }) => flagged).length;
  const weights = new Map<number, Trait>();
  for (const { signal, block, accounts, members } of ring.links) {
    const share = accounts / Math.max(size, 1);
    if (share < traitShareMin) continue;
    const base = (Math.max(members - accounts, 0) + 1) / Math.max(population, members, 1);
    const weight = Math.min(Math.log(share / base), 8);
    if (weight >= traitWeightMin) weights.set(block, { signal, weight });
  }
  return weights;
}

interface Sharer {
  member: string;
  blocks: number[];
}

async function findSharers(run: Run, blocks: readonly number[]): Promise<Sharer[]> {
  const kinds = kindsOf(run.signals.links).filter((kind) => blocks.some((block) => isOfKind(block, kind)));
  const features = await run.tables.create('traits', featureBlocks(run, kinds), 'member');
  const rows = await run.engine.query<Sharer>(
    `SELECT member, arraySort(groupUniqArray(block)) AS blocks FROM ${features} WHERE block IN {blocks:Array(UInt64)} GROUP BY member ORDER BY member`,
    { blocks: [...blocks] },
  );
  return rows;
}

/** Blocks of events, member by member; those of features are searched among the suspects, where features are known. */
function featureBlocks({ window }: Run, kinds: readonly BlockKind[]): string {
  const parts = kinds.flatMap(({ blocks, ...kind }) =>
    blocks.of !== 'features'
      ? [
          `SELECT member, ${blockSql(blocks.hash, { ...kind, blocks })} AS block FROM ${window.table} WHERE ${blocks.where} AND ${windowSql(window)} GROUP BY member, block`,
        ]
      : [],
  );
  return parts.length === 0 ? "SELECT '' AS member, toUInt64(0) AS block WHERE 0" : parts.join(' UNION ALL ');
}

async function ownEvidence(
  run: Run,
  members: readonly string[],
): Promise<Map<string, { raw: number; odds: number }>> {
  if (members.length === 0) return new Map();
  const { poolTable, calibrations } = await weigh(run);
  const wanted = await run.tables.createEmpty('sharers', 'member String', 'member');
  await run.engine.insertLines(wanted, members.map((member) => JSON.stringify({ member })).join('\n'));
  const rows = await run.engine.query<{ member: string; own: number }>(
    `SELECT member, own FROM ${poolTable} WHERE member IN (SELECT member FROM ${wanted})`,
  );
  return new Map(
    rows.map(({ member, own }) => [member, { raw: own, odds: calibrated(own, calibrations.all) }]),
  );
}

function likenessOf(
  member: string,
  blocks: readonly number[],
  weights: ReadonlyMap<number, Trait>,
  own: { raw: number; odds: number } | undefined,
): Likeness {
  const traits = blocks.flatMap((block) => {
    const trait = weights.get(block);
    return trait ? [{ block, ...trait }] : [];
  });
  const strongest = new Map<string, number>();
  for (const { signal, weight } of traits)
    strongest.set(signal, Math.max(strongest.get(signal) ?? 0, weight));
  // Whoever is not among the suspects behaves as half of the crowd does.
  const behaviour = own?.odds ?? -Math.LN2 * 2;
  const evidence = logit(priorShare) + behaviour + together([...strongest.values()]);
  return { member, evidence, own: own?.raw ?? 0, traits: traits.sort((a, b) => b.weight - a.weight) };
}
