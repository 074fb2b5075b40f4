import type { Address } from './address.ts';

/** An operator of addresses: its autonomous system number, and the name it goes by. */
export interface Operator {
  asn: number;
  name: string;
}

/**
 * Who announces which addresses, in typed arrays: about 8 bytes a range of IPv4 and 20 of IPv6 beside the number, and one string
 * an operator. IPv6 is kept to 64 bits, the finest that is ever announced to strangers.
 */
export class RangeTable {
  readonly #v4 = new Column(1);
  readonly #v6 = new Column(2);
  readonly #names = new Map<number, string>();

  /** Ranges must be added in ascending order within each version, as the published tables list them. */
  addV4(start: number, end: number, asn: number, name: () => string): void {
    this.#v4.push([start], [end], asn);
    this.#intern(asn, name);
  }

  addV6(
    start: readonly [number, number],
    end: readonly [number, number],
    asn: number,
    name: () => string,
  ): void {
    this.#v6.push(start, end, asn);
    this.#intern(asn, name);
  }

  /** The operator of an address, or undefined where no range covers it. */
  lookup(address: Address): Operator | undefined {
    const asn =
      address.version === 4
        ? this.#v4.find(address.word, 0)
        : this.#v6.find(address.words[0], address.words[1]);
    return asn === undefined ? undefined : { asn, name: this.#names.get(asn) ?? '' };
  }

  get size(): number {
    return this.#v4.length + this.#v6.length;
  }

  #intern(asn: number, name: () => string): void {
    if (!this.#names.has(asn)) this.#names.set(asn, name());
  }
}

/** Sorted ranges of one address width, `words` words of 32 bits to a bound. */
class Column {
  readonly #words: 1 | 2;
  #starts = new Uint32Array(1024);
  #ends = new Uint32Array(1024);
  #asns = new Uint32Array(1024);
  length = 0;

  constructor(words: 1 | 2) {
    this.#words = words;
  }

  push(start: readonly number[], end: readonly number[], asn: number): void {
    const at = this.length * this.#words;
    if (at + this.#words > this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#ends = grown(this.#ends);
    }
    if (this.length === this.#asns.length) this.#asns = grown(this.#asns);
    this.#starts.set(start, at);
    this.#ends.set(end, at);
    this.#asns[this.length++] = asn;
  }

  find(high: number, low: number): number | undefined {
    let left = 0;
    let right = this.length - 1;
    while (left <= right) {
      const middle = (left + right) >>> 1;
      if (this.#compare(this.#starts, middle, high, low) > 0) right = middle - 1;
      else left = middle + 1;
    }
    return right >= 0 && this.#compare(this.#ends, right, high, low) >= 0 ? this.#asns[right] : undefined;
  }

  #compare(bounds: Uint32Array, index: number, high: number, low: number): number {
    const at = index * this.#words;
    return (bounds[at] ?? 0) - high || (this.#words === 2 ? (bounds[at + 1] ?? 0) - low : 0);
  }
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const bigger = new Uint32Array(array.length * 2);
  bigger.set(array);
  return bigger;
}
