/** A block that at least two suspicious members share. */
export interface Block {
  /** Its number: kind and hash. */
  id: number;
  /** Family of the link signal it belongs to. */
  family: string;
  signal: string;
  /** All members in it, honest ones included. */
  members: number;
}

/** What the engine hands over: suspicious members, in a fixed order, and the blocks they are in. */
export interface Pool {
  members: readonly string[];
  /** Evidence of each member's own behaviour, in nats. */
  own: Float64Array;
  blocks: readonly Block[];
  /** For each member, the places of its blocks in `blocks`. */
  memberBlocks: readonly (readonly number[])[];
  /** How many members there are in all. */
  population: number;
}

/** A block that says something about a member, by its place in the pool's list. */
export interface Link {
  block: number;
  weight: number;
}

export interface Evidence {
  /** Own evidence and that of links, per member. */
  total: Float64Array;
  /** For each member, the links that say something: for clustering and for words. */
  links: Link[][];
}

/**
 * Share of enumerators, by expectation maximisation on the histogram of evidence: the share that makes the members' own
 * posteriors average to itself (Dempster, Laird and Rubin 1977, for a mixing proportion of two known densities).
 */
export function estimatePrior(histogram: readonly { own: number; count: number }[]): number {
  const total = histogram.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return priorMin;
  let prior = 0.01;
  for (let round = 0; round < 200; round++) {
    const odds = logit(prior);
    const sum = histogram.reduce((acc, { own, count }) => acc + count * sigmoid(own + odds), 0);
    const next = Math.min(Math.max(sum / total, priorMin), priorMax);
    if (Math.abs(next - prior) < 1e-9) break;
    prior = next;
  }
  return prior;
}

/** One member in a thousand is suspected before anything is known: less would make every coincidence a ring. */
const priorMin = 1e-3;
const priorMax = 0.5;

/** Members that a block is taken to have had before it was looked at, suspicious at the base rate: small blocks say little. */
const blockDoubt = 5;
/** A kind of link says at most e^4 = 55 times. */
const linkWeightMax = 4;
/** Weights below this are noise of counting, and link nobody. */
const linkWeightMin = 1;

/**
 * Adds what links say. A block speaks by the share of suspicious members in it against the share of them among everybody,
 * the member at hand left out: a campus whose share is that of the town links nobody however many it holds, a rented
 * /24 full of suspects links all. Kinds of one family speak of one thing, so the strongest counts.
 */
export function addLinks(pool: Pool, prior: number): Evidence {
  const posterior = pool.own.map((own) => sigmoid(own + logit(prior)));
  const inBlock = new Float64Array(pool.blocks.length);
  for (const [member, blocks] of pool.memberBlocks.entries()) {
    for (const block of blocks) inBlock[block] = (inBlock[block] ?? 0) + (posterior[member] ?? 0);
  }
  const base = Math.max(posterior.reduce((sum, each) => sum + each, 0) / Math.max(pool.population, 1), 1e-6);
  const total = Float64Array.from(pool.own);
  const links: Link[][] = pool.members.map(() => []);
  for (const [member, blocks] of pool.memberBlocks.entries()) {
    const families = new Map<string, number>();
    for (const block of blocks) {
      const about = pool.blocks[block];
      if (!about) continue;
      const others = (inBlock[block] ?? 0) - (posterior[member] ?? 0);
      const weight = blockWeight(others, about.members - 1, base);
      if (weight < linkWeightMin) continue;
      links[member]?.push({ block, weight });
      families.set(about.family, Math.max(families.get(about.family) ?? 0, weight));
    }
    total[member] = (total[member] ?? 0) + together([...families.values()]);
  }
  return { total, links };
}

/**
 * What several kinds of links say together. One honest cause (an office, a course, a shop) brings many of them at once, so each
 * further kind counts half of the one before.
 */
export function together(weights: readonly number[]): number {
  return weights.toSorted((a, b) => b - a).reduce((sum, weight, rank) => sum + weight / 2 ** rank, 0);
}

/**
 * @param suspicious expected number of enumerators among the others in the block.
 * @param others how many others are in it.
 * @param base share of enumerators among everybody.
 */
export function blockWeight(suspicious: number, others: number, base: number): number {
  const share = (suspicious + blockDoubt * base) / (Math.max(others, suspicious) + blockDoubt);
  return Math.min(logit(Math.min(share, 0.999)) - logit(Math.min(base, 0.5)), linkWeightMax);
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

export function logit(p: number): number {
  return Math.log(p / (1 - p));
}
