import type { FeatureRow, LinkSignal, MemberSignal } from '../signals/index.ts';
import type { Evidence, Pool } from './evidence.ts';
import type { Reason, RingGraph, RingLink } from './ring.ts';
import { weightName } from './scores.ts';

/** A weight above this speaks for suspicion. */
const speaksFrom = 0.5;
/** Means below this, either way, say nothing worth reading. */
const shownFrom = 0.3;

/** What the accounts' own behaviour says, strongest first; the words are of the typical (median) account. */
export function memberReasons(rows: readonly FeatureRow[], signals: readonly MemberSignal[]): Reason[] {
  if (rows.length === 0) return [];
  const reasons = signals.map((signal): Reason | undefined => {
    const weights = rows.map((row) => Number(row[weightName(signal)] ?? 0));
    const share = weights.filter((weight) => weight > speaksFrom).length / rows.length;
    const weight = mean(weights);
    if (Math.abs(weight) < shownFrom) return undefined;
    const telling = rows.filter((_, i) => weight < 0 || (weights[i] ?? 0) > 0);
    const words = signal.words(typicalRow(telling.length > 0 ? telling : rows));
    return { signal: signal.id, title: signal.title, words, weight, share, hardToEvade: signal.hardToEvade };
  });
  return reasons.filter((reason) => reason !== undefined).sort((a, b) => b.weight - a.weight);
}

/** What ties the accounts together, strongest first. */
export function linkReasons(
  pool: Pool,
  evidence: Evidence,
  members: readonly number[],
  signals: readonly LinkSignal[],
): Reason[] {
  const links = linksOf(evidence, members);
  const reasons = signals.map((signal): Reason | undefined => {
    const best = new Map<number, { weight: number; others: number }>();
    for (const [block, inside] of links) {
      if (pool.blocks[block]?.signal !== signal.id || inside.length < 2) continue;
      for (const { member, weight } of inside) {
        const now = best.get(member);
        if (!now || weight > now.weight) best.set(member, { weight, others: inside.length - 1 });
      }
    }
    if (best.size === 0) return undefined;
    const each = [...best.values()];
    return {
      signal: signal.id,
      title: signal.title,
      words: signal.words(median(each.map(({ others }) => others))),
      weight: each.reduce((sum, { weight }) => sum + weight, 0) / members.length,
      share: best.size / members.length,
      hardToEvade: signal.hardToEvade,
    };
  });
  return reasons.filter((reason) => reason !== undefined).sort((a, b) => b.weight - a.weight);
}

const linksShown = 50;
/** The blocks that most of the ring's accounts share, and a drawing's worth of who has which. */
export function ringLinks(
  pool: Pool,
  evidence: Evidence,
  members: readonly number[],
  drawing: { membersMax: number; linksMax: number },
): { links: Omit<RingLink, 'label'>[]; graph: RingGraph } {
  const found = [...linksOf(evidence, members)].flatMap(([place, inside]) => {
    const block = pool.blocks[place];
    if (!block || inside.length < 2) return [];
    const weight = Math.max(...inside.map((link) => link.weight));
    const link = {
      signal: block.signal,
      block: block.id,
      accounts: inside.length,
      members: block.members,
      weight,
    };
    return [{ link, place }];
  });
  found.sort(
    (a, b) =>
      b.link.accounts * b.link.weight - a.link.accounts * a.link.weight || a.link.block - b.link.block,
  );
  const shown = found.slice(0, linksShown);
  const drawn = shown.slice(0, drawing.linksMax).map(({ place }) => place);
  const columns = new Map(drawn.map((place, at) => [place, at]));
  const step = Math.max(1, Math.ceil(members.length / drawing.membersMax));
  const some = members.filter((_, i) => i % step === 0);
  return {
    links: shown.map(({ link }) => link),
    graph: {
      members: some.map((member) => pool.members[member] ?? ''),
      links: drawn.map((_, i) => i),
      edges: some.flatMap((member, i) =>
        (evidence.links[member] ?? []).flatMap(({ block }): [number, number][] => {
          const link = columns.get(block);
          return link === undefined ? [] : [[i, link]];
        }),
      ),
    },
  };
}

/** The links of these members, by block. */
function linksOf(
  evidence: Evidence,
  members: readonly number[],
): Map<number, { member: number; weight: number }[]> {
  const links = new Map<number, { member: number; weight: number }[]>();
  for (const member of members) {
    for (const { block, weight } of evidence.links[member] ?? []) {
      const inside = links.get(block);
      if (inside) inside.push({ member, weight });
      else links.set(block, [{ member, weight }]);
    }
  }
  return links;
}

function typicalRow(rows: readonly FeatureRow[]): FeatureRow {
  const first = rows[0] ?? {};
  return Object.fromEntries(
    Object.entries(first).map(([name, value]) => [
      name,
      typeof value === 'number'
        ? median(rows.map((row) => Number(row[name] ?? 0)))
        : mostCommon(rows.map((row) => String(row[name]))),
    ]),
  );
}

export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >>> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / Math.max(values.length, 1);
}

function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? '';
}
