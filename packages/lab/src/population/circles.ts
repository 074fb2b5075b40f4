import { createPermutation } from './permutation.ts';
import { chanceOf } from './random.ts';

/**
 * Who knows whom, without storing it. People stand in several rings, each in another order (family, work, town ...),
 * and may know those near them in each, as in ring-lattice models of small worlds (Watts and Strogatz, Nature 393, 1998).
 * Whether one saved another's number is a pure function of the two, so that both sides can be asked at any time, in
 * constant memory, and the answers agree.
 */
export interface Circles {
  /** Those whose numbers this person keeps because they know them. */
  savedBy(person: number): number[];
  /** Whether `owner` keeps `other`'s number. */
  saves(owner: number, other: number): boolean;
}

/** What decides how much a person saves, and how much of it comes back. */
export interface Habits {
  /** Acquaintances that this person is expected to keep. */
  keeps: number;
  /** The share of those within reach that this person saves, in (0, 1]. */
  diligence: number;
  /** The chance that a tie is of the kind that both sides save or neither, in [0, 1]. */
  closeness: number;
}

const circleShares = [0.45, 0.3, 0.25];
const tieStream = 101;
const ownStream = 102;
const closeStream = 103;

/** @param habitsOf must be pure: it is asked again for the same person. */
export function createCircles(people: number, seed: number, habitsOf: (person: number) => Habits): Circles {
  const rings = circleShares.map((_, index) => createPermutation(people, seed + index * 7_919));
  const reachOf = (habits: Habits, ring: number) =>
    Math.min(
      Math.floor((people - 1) / 2),
      Math.ceil((habits.keeps * (circleShares[ring] as number)) / (2 * habits.diligence)),
    );

  const savesWithin = (ring: number, owner: number, habits: Habits, other: number) => {
    const [low, high] = owner < other ? [owner, other] : [other, owner];
    const close = Math.min(habits.closeness, habitsOf(other).closeness);
    const shared = chanceOf(seed, closeStream, ring, low, high) < close;
    const coin = shared
      ? chanceOf(seed, tieStream, ring, low, high)
      : chanceOf(seed, ownStream, ring, owner, other);
    return coin < habits.diligence;
  };

  const savedBy = (person: number) => {
    const habits = habitsOf(person);
    const saved = new Set<number>();
    for (const [index, ring] of rings.entries()) {
      const centre = ring.placeOf(person);
      const reach = reachOf(habits, index);
      for (let step = -reach; step <= reach; step += 1) {
        if (step === 0) continue;
        const other = ring.at((centre + step + people) % people);
        if (savesWithin(index, person, habits, other)) saved.add(other);
      }
    }
    return [...saved];
  };

  const saves = (owner: number, other: number) => {
    if (owner === other) return false;
    const habits = habitsOf(owner);
    return rings.some((ring, index) => {
      const apart = Math.abs(ring.placeOf(owner) - ring.placeOf(other));
      const distance = Math.min(apart, people - apart);
      return distance <= reachOf(habits, index) && savesWithin(index, owner, habits, other);
    });
  };
  return { savedBy, saves };
}
