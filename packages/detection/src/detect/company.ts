import type { Link, Pool } from './evidence.ts';

/** What is believed of a block. */
export interface Town {
  /** Share of enumerators among its members. */
  share: number;
  /** Enumerators expected among its suspects. */
  suspicious: number;
  /** How likely each of its suspects is one, in their order. */
  likely: Float32Array;
}

/** Most enumerators come in networks: without company, an account is a hundred times less likely to be one. */
export const loneliness = Math.log(100);

/** The power of its size that company of one kind proves with, and what each further kind adds, up to so many. */
const powerOfOneKind = 3;
const powerOfFurtherKind = 0.25;
const furtherKindsMax = 2;

/**
 * What company can prove at most. One honest cause makes a handful of people look alike in everything (a sales team with one list of
 * customers); it seldom makes thirty, and hardly ever a hundred. The odds of a network over such a clump are taken to grow with the
 * cube of its size, from those of an account alone: a clump of three or four proves nothing. The more kinds of things tie them,
 * the rarer is one honest cause of all.
 *
 * @param suspicious expected number of enumerators in the company.
 * @param kinds families of links that say something, each by itself.
 */
export function companyMax(suspicious: number, kinds = 1): number {
  const power = powerOfOneKind + powerOfFurtherKind * Math.min(kinds - 1, furtherKindsMax);
  return power * Math.log1p(suspicious) - loneliness;
}

/** Once so many others are known, company proves all that it can. */
const othersMax = 1_000;
/** Of a large block, so many suspects at most stand for all. */
const askedOfBlockMax = 1_000;

/** Who stands around a member. */
export interface Company {
  /** Enumerators expected among them. */
  others: number;
  /** Nats that acting otherwise than they do takes away. */
  unlike: number;
}

/**
 * The suspects of all blocks that a member is in, taken together. A network that borrows another home for every request shares each
 * operator with a few of its own only, and all of them with nearly all. Whoever lives among them by accident acts otherwise.
 */
export class Crowd {
  readonly #pool: Pool;
  readonly #towns: readonly Town[];
  readonly #families: readonly Float64Array[];
  /** How likely each suspect is an enumerator, by what was seen of it around the member at hand. */
  readonly #seen: Float32Array;

  constructor(pool: Pool, towns: readonly Town[]) {
    this.#pool = pool;
    this.#towns = towns;
    this.#families = [...pool.families.values()];
    this.#seen = new Float32Array(pool.members.length);
  }

  /** @param links of the member: blocks that say something about it. */
  around(member: number, links: readonly Link[]): Company {
    const manners = this.#families.map(() => new Manner());
    const met: number[] = [];
    let others = 0;
    const size = ({ block }: Link): number => this.#suspects(block).length;
    for (const { block } of links.toSorted((a, b) => size(b) - size(a))) {
      if (others >= othersMax) break;
      others += this.#meet(member, block, manners, met);
    }
    for (const other of met) this.#seen[other] = 0;
    const unlike = manners.reduce(
      (sum, manner, i) => sum + manner.unlike(this.#families[i]?.[member] ?? 0),
      0,
    );
    return { others, unlike };
  }

  /** Counts those of a block who were not counted before, or less; returns how many enumerators more are expected. */
  #meet(member: number, block: number, manners: readonly Manner[], met: number[]): number {
    const suspects = this.#suspects(block);
    const likely = this.#towns[block]?.likely;
    const step = Math.ceil(suspects.length / askedOfBlockMax);
    let others = 0;
    for (let i = 0; i < suspects.length; i += step) {
      const other = suspects[i] ?? member;
      const known = this.#seen[other] ?? 0;
      const more = ((likely?.[i] ?? 0) - known) * step;
      if (other === member || more <= 0) continue;
      if (known === 0) met.push(other);
      this.#seen[other] = likely?.[i] ?? 0;
      others += more;
      for (const [f, manner] of manners.entries()) manner.add(this.#families[f]?.[other] ?? 0, more);
    }
    return others;
  }

  #suspects(block: number): readonly number[] {
    return this.#pool.blocks[block]?.suspects ?? [];
  }
}

/** In each respect, accounts of one maker lie at least so far apart, in nats. */
const spreadMin = 0.5;
/** So far where nothing is known of them, as if so many had been seen. */
const spreadUnknown = 2;
const spreadDoubt = 5;
/** Whoever lies so many spreads away from the others may still be one of them. */
const usualSpreads = 2;
/** One account in fifty of a network acts as it likes in some respect. */
const unlikeMax = 4;

/** How enumerators around somebody act in one respect: the mean and spread of their evidence in one family. */
class Manner {
  #weight = 0;
  #sum = 0;
  #squares = 0;

  add(value: number, weight: number): void {
    this.#weight += weight;
    this.#sum += weight * value;
    this.#squares += weight * value * value;
  }

  /** Log of how much less likely a value is here than two spreads from the middle. */
  unlike(value: number): number {
    if (this.#weight === 0) return 0;
    const mean = this.#sum / this.#weight;
    const variance = Math.max(this.#squares / this.#weight - mean * mean, 0);
    const shrunk =
      (this.#weight * variance + spreadDoubt * spreadUnknown ** 2) / (this.#weight + spreadDoubt);
    const spreads = (value - mean) / Math.max(Math.sqrt(shrunk), spreadMin);
    return Math.min(Math.max((spreads ** 2 - usualSpreads ** 2) / 2, 0), unlikeMax);
  }
}
