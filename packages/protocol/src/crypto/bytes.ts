import { CryptoError } from './errors.ts';

/** A source of random bytes: `(length) => fresh uniform bytes`. Every secret of this folder comes from one. */
export type RandomBytes = (length: number) => Uint8Array;

const encoder = new TextEncoder();

/** UTF-8 bytes of `text`. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** One array holding all of `parts`, in order. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Big-endian unsigned integer of 1, 2 or 4 bytes. */
export function uintBytes(value: number, length: 1 | 2 | 4): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[length - 1 - i] = Math.floor(value / 256 ** i) & 0xff;
  return bytes;
}

/**
 * Whether two arrays are equal, in time that depends on their length only. The engine may still optimise:
 * docs/decisions/023 says what JavaScript can and cannot promise.
 */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}

/** Negative, zero or positive as `a` sorts before, with or after `b`, byte by byte; a prefix sorts first. Not constant time. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return a.length - b.length;
}

/** `bytes` itself, once it is known to have `length` bytes; else `length_wrong`. */
export function expectLength(bytes: Uint8Array, length: number): Uint8Array {
  if (!(bytes instanceof Uint8Array) || bytes.length !== length) throw new CryptoError('length_wrong');
  return bytes;
}

/** Item `index` of an array of items of `size` bytes, without copying. */
export function itemAt(packed: Uint8Array, index: number, size: number): Uint8Array {
  return packed.subarray(index * size, (index + 1) * size);
}

/** How many items of `size` bytes `packed` holds; `length_wrong` when not a whole number of them. */
export function countItems(packed: Uint8Array, size: number): number {
  if (!(packed instanceof Uint8Array) || packed.length % size !== 0) throw new CryptoError('length_wrong');
  return packed.length / size;
}

/** Whether every byte is zero, in time that depends on the length only. */
export function isZero(bytes: Uint8Array): boolean {
  let any = 0;
  for (const byte of bytes) any |= byte;
  return any === 0;
}

/** Lower-case hexadecimal of `bytes`. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes of an even number of hexadecimal digits; `length_wrong` for anything else. */
export function fromHex(text: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/i.test(text)) throw new CryptoError('length_wrong');
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}
