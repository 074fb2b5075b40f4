import { concatBytes, countItems, itemAt, uintBytes } from '../bytes.ts';
import { expectWire } from '../wire/frame.ts';
import { HINT_BYTES } from './open-keys.ts';

/*
 * The hints of a bucket in 10 bits each instead of 32: enough for a "maybe", which one bucket's strangers cause for one
 * contact in 256. Hint h of a bucket of n becomes v = floor(h * n / 2^24), below 256 n and never descending, in the code
 * of Elias (1974) and Fano (1971):
 * struct { uint16 n; uint8 low[n]; uint8 high[ceil(n / 4)]; }
 * where low[i] = v[i] mod 256, and bit i + floor(v[i] / 256) of high, its first bit being the highest of its first byte,
 * is 1 for each i; all others are 0. The rest of the hints, which make a "maybe" a "yes", is the last 2 bytes of each.
 */

/** Bytes of a hint that make a "maybe" a "yes". */
export const REST_BYTES = 2;

/** @param hints packed, ascending, 4 bytes each, at most 65,535 */
export function shortenHints(hints: Uint8Array): Uint8Array {
  const count = countItems(hints, HINT_BYTES);
  const low = new Uint8Array(count);
  const high = new Uint8Array(Math.ceil(count / 4));
  for (let i = 0; i < count; i++) {
    const value = shortened(itemAt(hints, i, HINT_BYTES), count);
    const bit = i + (value >> 8);
    low[i] = value;
    high[bit >> 3] = (high[bit >> 3] as number) | (0x80 >> (bit & 7));
  }
  return concatBytes(uintBytes(count, 2), low, high);
}

/** The last 2 bytes of each hint, in order. */
export function restOfHints(hints: Uint8Array): Uint8Array {
  const count = countItems(hints, HINT_BYTES);
  return concatBytes(...Array.from({ length: count }, (_, i) => restOf(itemAt(hints, i, HINT_BYTES))));
}

/** The last 2 bytes of one hint. */
export function restOf(hint: Uint8Array): Uint8Array {
  return hint.subarray(HINT_BYTES - REST_BYTES);
}

/** The short hints of a bucket, as a client reads them. */
export class ShortHints {
  /** Ascending. */
  private readonly values: Uint32Array;

  private constructor(values: Uint32Array) {
    this.values = values;
  }

  /** `wire_invalid` for anything that `shortenHints` does not make. */
  static read(bytes: Uint8Array): ShortHints {
    expectWire(bytes.length >= 2);
    const count = (bytes[0] as number) * 256 + (bytes[1] as number);
    expectWire(bytes.length === 2 + count + Math.ceil(count / 4));
    const values = new Uint32Array(count);
    const high = bytes.subarray(2 + count);
    let found = 0;
    for (let bit = 0; bit < 8 * high.length; bit++) {
      if (((high[bit >> 3] as number) & (0x80 >> (bit & 7))) === 0) continue;
      expectWire(found < count && bit - found < count);
      values[found] = (bit - found) * 256 + (bytes[2 + found] as number);
      expectWire(found === 0 || (values[found - 1] as number) <= (values[found] as number));
      found += 1;
    }
    expectWire(found === count);
    return new ShortHints(values);
  }

  get count(): number {
    return this.values.length;
  }

  /** Positions that may bear `hint`: one in 256 bears another. */
  find(hint: Uint8Array): number[] {
    const wanted = shortened(hint, this.count);
    const found: number[] = [];
    for (let i = this.values.indexOf(wanted); i >= 0 && this.values[i] === wanted; i++) found.push(i);
    return found;
  }
}

/** Below 2^48 on the way: exact. */
function shortened(hint: Uint8Array, count: number): number {
  const value = hint.reduce((sum, byte) => sum * 256 + byte, 0);
  return Math.floor((value * count) / 2 ** 24);
}
