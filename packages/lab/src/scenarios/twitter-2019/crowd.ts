import type { Person } from '@kith/protocol';
import { hourMs } from '../../harness/clock.ts';
import { quantile } from '../../population/distributions.ts';
import type { Population } from '../../population/population.ts';
import type { Random } from '../../population/random.ts';
import { type HonestOutcome, tidy } from './result.ts';

/** An honest member who starts to sync during the run. */
export interface HonestMember {
  index: number;
  id: string;
  joinsAtMs: number;
  book: string[];
}

/**
 * A circle of acquaintances (a snowball sample), so that there are meetings to be had. They join at the beginning of
 * ticks, evenly over the time given.
 */
export function chooseCrowd(
  population: Population,
  given: { count: number; joinWithinMs: number; tickMs: number },
  random: Random,
): HonestMember[] {
  const chosen = new Set<number>();
  const open: number[] = [];
  while (chosen.size < Math.min(given.count, population.memberCount)) {
    const next = open.shift() ?? random.below(population.memberCount);
    if (chosen.has(next)) continue;
    chosen.add(next);
    open.push(...population.friendsOf(next));
  }
  return [...chosen].map((index) => ({
    index,
    id: population.member(index).id,
    joinsAtMs: random.below(Math.ceil(given.joinWithinMs / given.tickMs)) * given.tickMs,
    book: population.bookOf(index),
  }));
}

/** Someone that an honest member could find, by both sides' wishes, and from when on. */
export interface Wish {
  viewer: HonestMember;
  subjectId: string;
  dueAtMs: number;
}

/**
 * All acquaintances that can be found: those who chose `anyone`, from the viewer's joining on; and those who both hold
 * each other's numbers and let people in their contacts find them, once both have joined.
 */
export function wishesOf(population: Population, crowd: readonly HonestMember[]): Wish[] {
  const byIndex = new Map(crowd.map((member) => [member.index, member]));
  return crowd.flatMap((viewer) =>
    population.friendsOf(viewer.index).flatMap((friend): Wish[] => {
      const setting = population.member(friend).discoverable;
      const subjectId = population.member(friend).id;
      if (setting === 'anyone') return [{ viewer, subjectId, dueAtMs: viewer.joinsAtMs }];
      const other = byIndex.get(friend);
      const meets = setting === 'mutual' && population.member(viewer.index).discoverable !== 'nobody';
      if (!meets || other === undefined || !population.knows(friend, viewer.index)) return [];
      return [{ viewer, subjectId, dueAtMs: Math.max(viewer.joinsAtMs, other.joinsAtMs) }];
    }),
  );
}

/** @param foundAtMs when a viewer was shown a subject, ms after the beginning; undefined: not by the end. */
export function honestOutcome(
  wishes: readonly Wish[],
  foundAtMs: (wish: Wish) => number | undefined,
  endMs: number,
  waits: number,
): HonestOutcome {
  const times = wishes.map((wish) => foundAtMs(wish));
  const delays = wishes.map((wish, at) => Math.max(0, (times[at] ?? endMs) - wish.dueAtMs) / hourMs);
  const share = times.filter((time) => time !== undefined).length / wishes.length;
  const delayAt = (quantileShare: number) =>
    delays.length > 0 ? tidy(quantile(delays, quantileShare)) : null;
  return {
    foundShare: wishes.length > 0 ? tidy(share) : 1,
    delayHoursP50: delayAt(0.5),
    delayHoursP99: delayAt(0.99),
    waits,
  };
}

/** When each person was first seen, ms after the beginning. */
export function seenAt(people: readonly Person[], startMs: number): Map<string, number> {
  return new Map(people.map((person) => [person.id, Date.parse(person.since) - startMs]));
}
