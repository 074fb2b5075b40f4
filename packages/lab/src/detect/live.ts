import { type Detection, detect, knownRing, scoreMembers } from '@kith/detection';
import type { EventTables } from './event-tables.ts';
import type { Played } from './fleet.ts';
import { dayMs, daysSimulated, startMs } from './life.ts';

/** Hours after an attack begins at which the simulated service looks; a real one looks all the time. */
const looksAtHours = [3, 6, 12, 18, 24, 30, 36, 42, 48, 60, 72, 84, 96, 108, 120, 144, 192, 240, 360, 480];
/** The usual ones, but that findings are acted on. */
const guardrails = { shadow: false };
const hourMs = 3_600_000;
const endMs = startMs + daysSimulated * dayMs;

/** How one attack went while the service looked and suspended what it flagged. */
export interface LiveOutcome {
  /** When each flagged member, honest or not, was suspended, milliseconds. */
  suspendedAt: Map<string, number>;
  /** The accounts of the rings found, at each look. */
  ringsFound: string[][][];
  /** With the hard signals alone, on all thirty days, nobody suspended before. */
  flaggedHard: Set<string>;
  /** Log odds of the suspects on all thirty days: with all signals, and with the hard ones. */
  scores: Map<string, number>;
  scoresHard: Map<string, number>;
}

/**
 * Plays an attack out against a service that looks again and again: whoever is flagged does nothing from then on. Afterwards, the
 * whole attack is looked at once more, with the hard signals alone and without a bar.
 */
export function playOut(
  tables: EventTables,
  played: Played,
  options: { looks?: readonly number[]; onLook: () => void },
): Promise<LiveOutcome> {
  return tables.withAttack(async ({ store, add }) => {
    const suspendedAt = new Map<string, number>();
    const ringsFound: string[][][] = [];
    const withheld: typeof played.events = [];
    const accounts = played.rings.flat();
    let known: ReturnType<typeof knownRing>[] = [];
    let shownTo = 0;
    for (const to of momentsOf(played, options.looks ?? looksAtHours)) {
      const seen = played.events.slice(shownTo, countBefore(played, to));
      shownTo += seen.length;
      withheld.push(...seen.filter(({ member }) => suspendedAt.has(member)));
      await add(seen.filter(({ member }) => !suspendedAt.has(member)));
      if (accounts.every((member) => suspendedAt.has(member))) continue;
      const found = await detect(store, { to, guardrails }, known);
      options.onLook();
      for (const member of flaggedIn(found)) {
        if (!suspendedAt.has(member)) suspendedAt.set(member, to);
      }
      known = found.rings.map(knownRing);
      ringsFound.push(known.map(({ members }) => [...members]));
    }
    await add(withheld);
    const hard = await detect(store, { to: endMs, signals: 'hard', guardrails });
    const scores = await scoreMembers(store, { to: endMs });
    const scoresHard = await scoreMembers(store, { to: endMs, signals: 'hard' });
    return { suspendedAt, ringsFound, flaggedHard: new Set(flaggedIn(hard)), scores, scoresHard };
  });
}

function momentsOf({ events }: Played, looks: readonly number[]): number[] {
  const begin = events[0]?.at ?? startMs;
  return [...looks.map((hours) => begin + hours * hourMs).filter((at) => at < endMs), endMs];
}

/** Events are in order of time. */
function countBefore({ events }: Played, to: number): number {
  const after = events.findIndex(({ at }) => at >= to);
  return after === -1 ? events.length : after;
}

/** Whom a service would suspend that does what detection says: those whom no guardrail holds. */
function flaggedIn({ rings, lone }: Detection): string[] {
  const free = rings.filter(({ actionable }) => actionable).flatMap(({ members }) => members);
  return [...free, ...lone.filter(({ actionable }) => actionable)]
    .filter(({ flagged }) => flagged)
    .map(({ member }) => member);
}
