import { detect } from './detect.ts';
import type { KnownRing } from './identity.ts';
import type { DetectOptions } from './options.ts';
import type { Detection, LoneAccount, Ring } from './ring.ts';
import type { DetectStore } from './run.ts';

const dayMs = 86_400_000;

/**
 * Looks through a history of any length, window by window, each half over the last, so that people are always compared with
 * those of their time. A ring that is found in several windows is one ring: its latest finding, with all its accounts.
 */
export async function detectHistory(
  store: DetectStore,
  options: DetectOptions = {},
  known: readonly KnownRing[] = [],
): Promise<Detection> {
  const [span] = await store.engine.query<{ first: number; last: number; n: number }>(
    `SELECT min(at) AS first, max(at) AS last, count() AS n FROM ${store.table}`,
  );
  const windowMs = (options.windowDays ?? 90) * dayMs;
  const first = options.from ?? span?.first ?? 0;
  const end = options.to ?? (span?.last ?? 0) + 1;
  if (!span?.n || end - first <= windowMs) return detect(store, { ...options, from: first, to: end }, known);
  const ends: number[] = [];
  for (let to = end; to > first + windowMs / 2; to -= windowMs / 2) ends.unshift(to);
  let merged: Detection | undefined;
  for (const to of ends) {
    options.progress?.(`window ${ends.indexOf(to) + 1} of ${ends.length}`);
    const earlier = [...known, ...(merged?.rings ?? []).map(knownRing)];
    const found = await detect(store, { ...options, from: Math.max(to - windowMs, first), to }, earlier);
    merged = merged ? merge(merged, found) : found;
  }
  return merged ?? detect(store, options, known);
}

export function knownRing(ring: Ring): KnownRing {
  return { id: ring.id, members: ring.members.filter(({ flagged }) => flagged).map(({ member }) => member) };
}

function merge(earlier: Detection, later: Detection): Detection {
  const rings = new Map(earlier.rings.map((ring) => [ring.id, ring]));
  for (const ring of later.rings) {
    const before = rings.get(ring.id);
    rings.set(ring.id, before ? mergeRing(before, ring) : ring);
  }
  const inRings = new Set([...rings.values()].flatMap(({ members }) => members.map(({ member }) => member)));
  const lone = new Map<string, LoneAccount>();
  for (const account of [...earlier.lone, ...later.lone]) {
    if (!inRings.has(account.member)) lone.set(account.member, account);
  }
  return {
    ...later,
    from: earlier.from,
    events: Math.max(earlier.events, later.events),
    members: Math.max(earlier.members, later.members),
    judged: earlier.judged + later.judged,
    rings: [...rings.values()].sort((a, b) => b.accounts - a.accounts || (a.id < b.id ? -1 : 1)),
    lone: [...lone.values()],
    tookMs: earlier.tookMs + later.tookMs,
  };
}

/** The later finding's reasons and links; the accounts and the deeds of both (days that both saw count once). */
function mergeRing(earlier: Ring, later: Ring): Ring {
  const members = new Map(earlier.members.map((member) => [member.member, member]));
  for (const member of later.members) {
    const before = members.get(member.member);
    if (!before || member.flagged || !before.flagged) members.set(member.member, member);
  }
  const timeline = new Map(earlier.timeline.map((day) => [day.day, day]));
  for (const day of later.timeline) {
    const before = timeline.get(day.day);
    if (!before || day.syncs >= before.syncs) timeline.set(day.day, day);
  }
  const days = [...timeline.values()].sort((a, b) => a.day - b.day);
  const larger = later.tried.numbers >= earlier.tried.numbers ? later : earlier;
  return {
    ...later,
    members: [...members.values()],
    accounts: [...members.values()].filter(({ flagged }) => flagged).length,
    since: Math.min(earlier.since, later.since),
    until: Math.max(earlier.until, later.until),
    tried: { ...larger.tried, numbers: days.reduce((sum, day) => sum + day.numbers, 0) },
    got: { ...larger.got, reveals: days.reduce((sum, day) => sum + day.reveals, 0) },
    timeline: days,
  };
}
