import { type Calibration, type Calibrations, calibrated, setKey, vote } from './calibrate.ts';
import { type Company, Crowd, companyMax, loneliness, type Town } from './company.ts';

/** A block that at least two suspicious members share. */
export interface Block {
  /** Its number: kind and hash. */
  id: number;
  /** Family of the link signal it belongs to. */
  family: string;
  signal: string;
  /** Families of member signals that the block brings with it. */
  implies: readonly string[];
  /** All members in it, honest ones included. */
  members: number;
  /** Places in the pool of the suspicious ones among them. */
  suspects: readonly number[];
}

/** What the engine hands over: suspicious members, in a fixed order, and the blocks they are in. */
export interface Pool {
  members: readonly string[];
  /** Evidence of each member's own behaviour, in nats. */
  own: Float64Array;
  /** The parts of it, by family. */
  families: ReadonlyMap<string, Float64Array>;
  blocks: readonly Block[];
  /** For each member, the places of its blocks in `blocks`. */
  memberBlocks: readonly (readonly number[])[];
}

/** A block that says something about a member, by its place in the pool's list. */
export interface Link {
  block: number;
  weight: number;
}

export interface Evidence {
  /** Log odds of each member: the prior, its own evidence and that of its links. */
  total: Float64Array;
  /** The same without its links: what an account that turns out to belong to nobody is judged by. */
  alone: Float64Array;
  /** For each member, the links that say something: for clustering and for words. */
  links: Link[][];
}

/** One member in a thousand is suspected before anything is known. */
export const priorShare = 1e-3;

/** Members that a block is taken to have had before it was looked at, suspicious at the base rate: small blocks say little. */
const blockDoubt = 5;
/** A kind of link says at most e^8 = 3,000 times. */
export const linkWeightMax = 8;
/** A block that is honest to nineteen parts in twenty links nobody. */
const suspiciousShareMin = 0.05;

/**
 * Adds what links say. Each block is a small town of its own: the share of enumerators among all its members is estimated from
 * their own evidence, and stands in for the prior there. A campus whose members look like everybody links nobody however many
 * it holds, a rented /24 full of suspects links all. The member at hand is left out. Kinds of one family speak of one thing,
 * so the strongest counts.
 */
export function addLinks(pool: Pool, calibrations: Calibrations): Evidence {
  const witness = witnessesOf(pool, calibrations, calibrated);
  const votes = witnessesOf(pool, calibrations, vote);
  const towns = pool.blocks.map((block, place) => estimateShare(block, place, votes));
  const crowd = new Crowd(pool, towns);
  const links: Link[][] = [];
  const alone = pool.own.map((own) => logit(priorShare) + calibrated(own, calibrations.all) - loneliness);
  const total = alone.map((lonely, member) => {
    const speaking: Link[] = [];
    const families = new Map<string, Tie>();
    for (const place of pool.memberBlocks[member] ?? []) {
      const block = pool.blocks[place];
      const town = towns[place];
      if (!block || !town) continue;
      const own = witness(member, place);
      const others = Math.max(town.suspicious - sigmoid(votes(member, place) + logit(town.share)), 0);
      const linked = blockWeight(others, block.members - 1);
      if (linked === 0) continue;
      speaking.push({ block: place, weight: linked });
      const weight = Math.min(linked, companyMax(others));
      const known = families.get(block.family);
      if (!known || own + weight > known.own + known.weight) families.set(block.family, { own, weight });
    }
    links.push(speaking);
    const company = crowd.around(member, speaking);
    return Math.max(lonely, logit(priorShare) + inCompany([...families.values()], company));
  });
  return { total, alone, links };
}

/** The strongest block of one kind that a member is in. */
interface Tie {
  /** What its own behaviour says without what the block brings with it. */
  own: number;
  weight: number;
}

/** Own evidence and company: the tie that says most together with the member's own evidence counts in full, others as `together` has it. */
function inCompany(ties: readonly Tie[], { others, unlike }: Company): number {
  const [first, ...rest] = ties.toSorted((a, b) => b.own + b.weight - a.own - a.weight);
  if (!first) return Number.NEGATIVE_INFINITY;
  const company = first.weight + together(rest.map(({ weight }) => Math.max(weight, 0))) / 2;
  const kinds = ties.filter(({ weight }) => weight > 0).length;
  return first.own + Math.min(company, companyMax(others, Math.max(kinds, 1))) - unlike;
}

/** Of enumerators, one in ten looks so honest that it never came into the pool. */
const unseen = Math.log(0.1);
const rounds = 12;

/**
 * The share of enumerators in a block, by expectation maximisation for one mixing proportion (Dempster, Laird and Rubin 1977),
 * held down by a few imagined members who are suspicious at the base rate.
 */
function estimateShare(block: Block, place: number, votes: (member: number, place: number) => number): Town {
  const seen = block.suspects.map((member) => votes(member, place));
  const honestLooking = Math.max(block.members - seen.length, 0);
  let share = 0.05;
  let suspicious = 0;
  for (let round = 0; round < rounds; round++) {
    const odds = logit(share);
    suspicious = seen.reduce((sum, own) => sum + sigmoid(own + odds), 0);
    const hidden = honestLooking * sigmoid(unseen + odds);
    const next = (suspicious + hidden + blockDoubt * priorShare) / (block.members + blockDoubt);
    share = Math.min(Math.max(next, priorShare / 10), 0.999);
  }
  const odds = logit(share);
  return { share, suspicious, likely: Float32Array.from(seen, (own) => sigmoid(own + odds)) };
}

/** What a member's own behaviour says as a witness about a block: without what the block itself brings with it. */
function witnessesOf(
  pool: Pool,
  calibrations: Calibrations,
  weigh: (own: number, calibration: Calibration) => number,
): (member: number, place: number) => number {
  const tables = new Map<string, Float64Array>();
  const tableOf = pool.blocks.map(({ implies }) => {
    const key = setKey(implies);
    const known = tables.get(key);
    if (known) return known;
    const calibration = calibrations.without.get(key) ?? calibrations.all;
    const table = pool.own.map((own, member) =>
      weigh(
        implies.reduce((left, family) => left - (pool.families.get(family)?.[member] ?? 0), own),
        calibration,
      ),
    );
    tables.set(key, table);
    return table;
  });
  return (member, place) => tableOf[place]?.[member] ?? 0;
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
 */
export function blockWeight(suspicious: number, others: number): number {
  const share = (suspicious + blockDoubt * priorShare) / (Math.max(others, suspicious) + blockDoubt);
  if (share < suspiciousShareMin) return 0;
  return Math.min(logit(Math.min(share, 0.999)) - logit(priorShare), linkWeightMax);
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

export function logit(p: number): number {
  return Math.log(p / (1 - p));
}

/** Nobody is flagged who is not an enumerator in 299 cases out of three hundred, however large the allowance. */
const flaggedOddsMin = Math.log(299);

/**
 * Chooses whom to flag: the likeliest first, until the honest members expected among them are as many as are allowed.
 *
 * @param posterior log odds of each member being an enumerator.
 * @param honestMax honest members that may be among the flagged, in expectation.
 * @returns the log odds from which on members are flagged; Infinity where nobody is.
 */
export function flagFrom(posterior: readonly number[], honestMax: number): number {
  let honest = 0;
  let from = Number.POSITIVE_INFINITY;
  for (const odds of posterior.toSorted((a, b) => b - a)) {
    honest += sigmoid(-odds);
    if (honest > honestMax || odds < flaggedOddsMin) break;
    from = odds;
  }
  return from;
}
