import type { FeatureRow } from '../signals/index.ts';
import { clusterMembers } from './cluster.ts';
import { type Evidence, linkWeightMax, type Pool } from './evidence.ts';
import { readFacts } from './facts.ts';
import { holdsOf } from './guardrails.ts';
import { identify, type KnownRing } from './identity.ts';
import type { Guardrails } from './options.ts';
import { linkReasons, median, memberReasons, ringLinks } from './reasons.ts';
import type { LoneAccount, Ring, RingMember } from './ring.ts';
import type { Run } from './run.ts';

/** Members this far below the bar, and tied to a ring, are near it. */
const nearMargin = 3;
/** Accounts of one maker are suspicious alike: whoever stands so far below the ring's median, nats, got into it by accident. */
const strayMarginMin = 3;
const strayMarginMax = 6;
/** So many times as far as the ring's lower quarter begins: where evidence is spread like a bell, one in three hundred is lost. */
const strayQuarters = 4;

/** All that judging needs to know of a run's suspects. */
export interface Suspects {
  pool: Pool;
  evidence: Evidence;
  poolTable: string;
  /** Log odds from which on members are flagged. */
  bar: number;
}

interface Cluster {
  /** Places in the pool, and the members there, in the same order. */
  places: number[];
  members: RingMember[];
}

/** Clusters the suspects, tells rings from lone accounts, and says of each what it is, why, and what may be done. */
export async function judge(
  run: Run,
  suspects: Suspects,
  guardrails: Guardrails,
  known: readonly KnownRing[],
): Promise<{ rings: Ring[]; lone: LoneAccount[] }> {
  const clusters = findClusters(run, suspects, guardrails);
  const isRing = (cluster: Cluster): boolean => flaggedOf(cluster).length >= guardrails.ringSizeMin;
  const ringClusters = clusters.filter(isRing);
  const loneClusters = clusters
    .filter((cluster) => !isRing(cluster))
    .flatMap((cluster) => apart(suspects, cluster));
  const rows = await readRows(run, suspects.poolTable, [...ringClusters, ...loneClusters].flatMap(flaggedOf));
  return {
    rings: await describeRings(run, suspects, ringClusters, rows, guardrails, known),
    lone: describeLone(run, suspects, loneClusters, rows, guardrails),
  };
}

const flaggedOf = (cluster: Cluster): RingMember[] => cluster.members.filter(({ flagged }) => flagged);

function findClusters(run: Run, { pool, evidence, bar }: Suspects, guardrails: Guardrails): Cluster[] {
  const isProtected = new Set(guardrails.protectedMembers);
  const eligible = [...evidence.total].map((total) => total >= Math.max(bar - nearMargin, 0));
  const clusters = clusterMembers(pool, evidence, eligible, run.seed).map((places) => {
    const odds = places.map((place) => evidence.total[place] ?? 0);
    const from = ringFrom(odds, bar);
    const members = places.map((place, i): RingMember => {
      const member = pool.members[place] ?? '';
      const own = pool.own[place] ?? 0;
      const mine = odds[i] ?? 0;
      const flagged = mine >= from || (mine >= bar && isBound(pool, evidence, place));
      return { member, evidence: mine, own, flagged, isProtected: isProtected.has(member) };
    });
    return { places, members };
  });
  const found = clusters.filter((cluster) => flaggedOf(cluster).length > 0);
  return found.sort((a, b) => b.places.length - a.places.length || (a.places[0] ?? 0) - (b.places[0] ?? 0));
}

/** Evidence from which on members belong to their cluster's ring. Far above the bar there is room for larger differences. */
function ringFrom(odds: readonly number[], bar: number): number {
  const above = odds.filter((each) => each >= bar).sort((a, b) => a - b);
  const middle = median(above);
  const quarter = middle - (above[Math.floor(above.length / 4)] ?? middle);
  const margin = Math.max(
    Math.min(strayQuarters * quarter, strayMarginMax),
    strayMarginMin,
    (middle - bar) / 2,
  );
  return Math.max(bar, middle - margin);
}

/** Whoever shares so many kinds of things with nearly nobody but enumerators is not among them by accident. */
const boundKinds = 3;

function isBound(pool: Pool, evidence: Evidence, place: number): boolean {
  const strongest = (evidence.links[place] ?? []).filter(({ weight }) => weight >= linkWeightMax);
  return new Set(strongest.map(({ block }) => pool.blocks[block]?.family)).size >= boundKinds;
}

/** Those of a cluster who stand above the bar by themselves: company that is no ring proves nothing of them. */
function apart({ evidence, bar }: Suspects, { places, members }: Cluster): Cluster[] {
  return places.flatMap((place, i) => {
    const [member, alone] = [members[i], evidence.alone[place] ?? 0];
    if (!member || alone < bar) return [];
    return [{ places: [place], members: [{ ...member, evidence: alone, flagged: true }] }];
  });
}

async function readRows(
  { engine, tables }: Run,
  poolTable: string,
  members: readonly RingMember[],
): Promise<Map<string, FeatureRow>> {
  if (members.length === 0) return new Map();
  const wanted = await tables.createEmpty('wanted', 'member String', 'member');
  await engine.insertLines(wanted, members.map(({ member }) => JSON.stringify({ member })).join('\n'));
  const rows = await engine.query<FeatureRow>(
    `SELECT * EXCEPT blocks FROM ${poolTable} WHERE member IN (SELECT member FROM ${wanted})`,
  );
  return new Map(rows.map((row) => [String(row.member), row]));
}

async function describeRings(
  run: Run,
  { pool, evidence }: Suspects,
  clusters: readonly Cluster[],
  rows: ReadonlyMap<string, FeatureRow>,
  guardrails: Guardrails,
  known: readonly KnownRing[],
): Promise<Ring[]> {
  const names = clusters.map((cluster) => flaggedOf(cluster).map(({ member }) => member));
  const insides = clusters.map(({ places, members }) => places.filter((_, at) => members[at]?.flagged));
  const tied = insides.map((inside) => ringLinks(pool, evidence, inside, run.drawing));
  const { facts, labels } = await readFacts(
    run,
    names,
    tied.flatMap(({ links }) => links.map(({ block }) => block)),
  );
  const ids = identify(names, known);
  const strengths = clusters.map((cluster) => median(flaggedOf(cluster).map((member) => member.evidence)));
  const findings = clusters.map((cluster, i) => ({
    flagged: flaggedOf(cluster).filter((member) => !member.isProtected).length,
    near: cluster.members.length - flaggedOf(cluster).length,
    evidence: strengths[i] ?? 0,
  }));
  const holds = holdsOf(findings, run.members, guardrails);
  return clusters.flatMap(({ members }, i): Ring[] => {
    const [fact, held = [], name = [], inside = [], tie] = [
      facts[i],
      holds[i],
      names[i],
      insides[i],
      tied[i],
    ];
    if (!fact || !tie) return [];
    const features = name.map((member) => rows.get(member)).filter((row) => row !== undefined);
    const reasons = [
      ...memberReasons(features, run.signals.members),
      ...linkReasons(pool, evidence, inside, run.signals.links),
    ];
    return [
      {
        id: ids[i] ?? '',
        members: members.toSorted((a, b) => b.evidence - a.evidence || (a.member < b.member ? -1 : 1)),
        accounts: inside.length,
        evidence: strengths[i] ?? 0,
        reasons: reasons.sort((a, b) => b.weight - a.weight),
        links: tie.links.map((link) => ({ ...link, label: labels.get(link.block) ?? '' })),
        graph: tie.graph,
        ...fact,
        holds: held,
        actionable: held.length === 0,
      },
    ];
  });
}

function describeLone(
  run: Run,
  { pool, evidence, bar }: Suspects,
  clusters: readonly Cluster[],
  rows: ReadonlyMap<string, FeatureRow>,
  guardrails: Guardrails,
): LoneAccount[] {
  const near = [...evidence.total].filter((total) => total < bar && total >= bar - nearMargin).length;
  const [held = []] = holdsOf([{ flagged: clusters.length, near, evidence: 0 }], run.members, guardrails);
  return clusters.flatMap(({ places, members: [member] }): LoneAccount[] => {
    if (!member) return [];
    const holds = member.isProtected ? ([...held, 'protected_only'] as const) : held;
    const row = rows.get(member.member);
    const reasons = [
      ...memberReasons(row ? [row] : [], run.signals.members),
      ...linkReasons(pool, evidence, places, run.signals.links),
    ];
    return [{ ...member, reasons, holds: [...holds], actionable: holds.length === 0 }];
  });
}
