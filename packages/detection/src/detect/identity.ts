import { nameOf } from './random.ts';

/** A ring as an earlier run left it. */
export interface KnownRing {
  id: string;
  members: readonly string[];
}

/** Half of the smaller of two rings must be in the other for them to be the same. */
const overlapMin = 0.5;

/**
 * Gives rings the ids they had: the largest overlaps are matched first, each id is used once, and a ring that is new is named
 * after its members. A ring that grows stays the same ring; of two that a ring split into, the larger keeps the id.
 */
export function identify(rings: readonly (readonly string[])[], known: readonly KnownRing[]): string[] {
  const ids = new Array<string | undefined>(rings.length);
  const owners = new Map<string, number[]>();
  for (const [index, ring] of known.entries()) {
    for (const member of ring.members) owners.set(member, [...(owners.get(member) ?? []), index]);
  }
  const overlaps = rings.flatMap((members, ring) => {
    const common = new Map<number, number>();
    for (const member of members) {
      for (const index of owners.get(member) ?? []) common.set(index, (common.get(index) ?? 0) + 1);
    }
    return [...common].map(([index, size]) => ({ ring, index, size }));
  });
  overlaps.sort((a, b) => b.size - a.size || a.ring - b.ring || a.index - b.index);
  const used = new Set<number>();
  for (const { ring, index, size } of overlaps) {
    const earlier = known[index];
    if (!earlier || ids[ring] !== undefined || used.has(index)) continue;
    const smaller = Math.min(rings[ring]?.length ?? 0, earlier.members.length);
    if (size < overlapMin * smaller) continue;
    ids[ring] = earlier.id;
    used.add(index);
  }
  const taken = new Set(known.map(({ id }) => id));
  return rings.map((members, ring) => ids[ring] ?? unused(members, taken));
}

function unused(members: readonly string[], taken: Set<string>): string {
  const sorted = [...members].sort();
  for (let attempt = 0; ; attempt++) {
    const id = `ring-${nameOf(attempt === 0 ? sorted : [...sorted, String(attempt)])}`;
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}
