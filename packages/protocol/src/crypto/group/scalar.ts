import { countItems, expectLength, isZero, itemAt, type RandomBytes } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { SCALAR_BYTES } from './group.ts';

/** The order of ristretto255, 2^252 + 27742317777372353535851937790883648493 (RFC 9496 section 4), little-endian. */
const ORDER_BYTES = Uint8Array.of(
  ...[0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14],
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10],
);

/** Whether 32 little-endian bytes are below the order, by subtraction with borrow: time does not depend on the value. */
function isBelowOrder(bytes: Uint8Array): boolean {
  let borrow = 0;
  for (let i = 0; i < SCALAR_BYTES; i++)
    borrow = ((bytes[i] as number) - (ORDER_BYTES[i] as number) - borrow) >>> 31;
  return borrow === 1;
}

/** Throws unless every one of the packed scalars is canonical and, unless `zeroAllowed`, not zero. Gives their number. */
export function expectScalars(packed: Uint8Array, zeroAllowed = false): number {
  const count = countItems(packed, SCALAR_BYTES);
  for (let at = 0; at < count; at++) {
    const scalar = itemAt(packed, at, SCALAR_BYTES);
    if (!isBelowOrder(scalar) || (!zeroAllowed && isZero(scalar)))
      throw new CryptoError('scalar_invalid', { at });
  }
  return count;
}

/** Throws unless `bytes` is one canonical scalar; gives it back. */
export function expectScalar(bytes: Uint8Array, zeroAllowed = false): Uint8Array {
  expectScalars(expectLength(bytes, SCALAR_BYTES), zeroAllowed);
  return bytes;
}

/** RFC 9497 2.1: RandomScalar is never zero. One way for both backends: the same randomness gives the same scalar. */
export function drawScalar(random: RandomBytes, reduceWide: (wide: Uint8Array) => Uint8Array): Uint8Array {
  for (;;) {
    const scalar = reduceWide(expectLength(random(64), 64));
    if (!isZero(scalar)) return scalar;
  }
}
