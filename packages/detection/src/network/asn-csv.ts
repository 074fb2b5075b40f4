import type { Address } from './address.ts';

/** An operator of addresses: its autonomous system number, and the name it goes by. */
export interface Operator {
  asn: number;
  name: string;
}

const comma = 0x2c;
const colon = 0x3a;
const quote = 0x22;
const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Tables of `start,end,asn,operator` as `@ip-location-db/asn` publishes them, searched as they lie: nearly a million lines take a
 * second to parse, and a run asks about few of them. IPv6 is looked at to 64 bits, the finest that is ever announced to strangers.
 */
export class AsnTables {
  readonly #v4: SortedLines;
  readonly #v6: SortedLines;

  /**
   * @param v4 CSV with IPv4 bounds as numbers, ascending.
   * @param v6 CSV with IPv6 bounds as text, ascending.
   */
  constructor(v4: Uint8Array, v6: Uint8Array) {
    this.#v4 = new SortedLines(v4, (line) => line.boundV4());
    this.#v6 = new SortedLines(v6, (line) => line.boundV6());
  }

  /** The operator of an address, or undefined where no range covers it. A few microseconds. */
  lookup(address: Address): Operator | undefined {
    return address.version === 4
      ? this.#v4.find(address.word, 0)
      : this.#v6.find(address.words[0], address.words[1]);
  }
}

/** Bytes between two entries of the index: a few lines, which are then read one by one. */
const strideBytes = 256;

class SortedLines {
  readonly #bytes: Uint8Array;
  /** Reads the next bound of a line into `line.high` and `line.low`. */
  readonly #readBound: (line: Line) => void;
  readonly #line: Line;
  /** Where every so many bytes a line begins, and its lower bound in two words. */
  readonly #offsets: Uint32Array;
  readonly #starts: Uint32Array;
  #entries = 0;

  constructor(bytes: Uint8Array, readBound: (line: Line) => void) {
    this.#bytes = bytes;
    this.#readBound = readBound;
    this.#line = new Line(bytes);
    this.#offsets = new Uint32Array(Math.ceil(bytes.length / strideBytes));
    this.#starts = new Uint32Array(this.#offsets.length * 2);
    for (let at = 0; at < bytes.length; this.#entries++) {
      this.#start(at);
      this.#offsets[this.#entries] = at;
      this.#starts.set([this.#line.high, this.#line.low], this.#entries * 2);
      const next = bytes.indexOf(newline, Math.max(at + strideBytes, this.#line.end));
      at = next === -1 ? bytes.length : next + 1;
    }
  }

  find(high: number, low: number): Operator | undefined {
    let found: number | undefined;
    for (let at = this.#offsetBefore(high, low); at < this.#bytes.length; at = this.#line.end + 1) {
      this.#start(at);
      if (this.#line.compare(high, low) > 0) break;
      found = at;
    }
    if (found === undefined) return undefined;
    this.#start(found);
    this.#readBound(this.#line);
    return this.#line.compare(high, low) < 0
      ? undefined
      : { asn: this.#line.number(), name: this.#line.rest() };
  }

  #start(at: number): void {
    this.#line.seek(at);
    this.#readBound(this.#line);
  }

  /** Where to begin reading: the last entry of the index that is not after the address. */
  #offsetBefore(high: number, low: number): number {
    let left = 0;
    let right = this.#entries - 1;
    while (left <= right) {
      const middle = (left + right) >>> 1;
      const order = (this.#starts[middle * 2] ?? 0) - high || (this.#starts[middle * 2 + 1] ?? 0) - low;
      if (order > 0) right = middle - 1;
      else left = middle + 1;
    }
    return right < 0 ? this.#bytes.length : (this.#offsets[right] ?? 0);
  }
}

/** A cursor over the fields of CSV lines; one for all of them, because they are many. */
class Line {
  /** Where the line ends. */
  end = 0;
  /** The bound read last: an address of IPv4, or the upper half of one of IPv6. */
  high = 0;
  low = 0;
  readonly #bytes: Uint8Array;
  readonly #groups = new Uint16Array(8);
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  seek(at: number): void {
    this.#at = at;
    const found = this.#bytes.indexOf(newline, at);
    this.end = found === -1 ? this.#bytes.length : found;
  }

  /** Where the bound read last stands to an address: negative before it, positive after it. */
  compare(high: number, low: number): number {
    return this.high - high || this.low - low;
  }

  boundV4(): void {
    this.high = this.number();
  }

  /** Groups of hexadecimal digits; `::` stands for as many zeros as are missing (RFC 4291 2.2). */
  boundV6(): void {
    const groups = this.#groups.fill(0);
    let count = 0;
    let gapAt = 8;
    while (this.#at < this.end && count < 8) {
      const byte = this.#bytes[this.#at] ?? comma;
      if (byte === comma) break;
      if (byte === colon) {
        this.#at++;
        if (this.#bytes[this.#at] === colon) gapAt = count;
      } else groups[count++] = this.#hexadecimal();
    }
    this.#at++;
    if (gapAt < count) groups.copyWithin(gapAt + 8 - count, gapAt, count).fill(0, gapAt, gapAt + 8 - count);
    const word = (at: number): number => (groups[at] ?? 0) * 65_536 + (groups[at + 1] ?? 0);
    this.high = word(0);
    this.low = word(2);
  }

  #hexadecimal(): number {
    let value = 0;
    for (; this.#at < this.end; this.#at++) {
      const byte = this.#bytes[this.#at] ?? comma;
      if (byte === colon || byte === comma) break;
      value = value * 16 + (byte <= 0x39 ? byte - 0x30 : (byte | 0x20) - 0x57);
    }
    return value;
  }

  number(): number {
    let value = 0;
    while (this.#at < this.end) {
      const byte = this.#bytes[this.#at++] ?? comma;
      if (byte === comma) break;
      value = value * 10 + (byte - 0x30);
    }
    return value;
  }

  /** The last field: quoted where it holds a comma. */
  rest(): string {
    let from = this.#at;
    let to = this.end;
    if (this.#bytes[to - 1] === carriageReturn) to--;
    if (this.#bytes[from] !== quote) return decode(this.#bytes, from, to);
    from++;
    to--;
    return decode(this.#bytes, from, to).replaceAll('""', '"');
  }
}

const decoder = new TextDecoder();

function decode(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to));
}
