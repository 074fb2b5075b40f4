/** 2^255 - 19. */
export const PRIME = 2n ** 255n - 19n;

/** Bits below limb i. */
const OFFSETS = [0, 26, 51, 77, 102, 128, 153, 179, 204, 230];
const bitsOf = (limb: number) => (limb % 2 === 0 ? 26 : 25);

/** Writes an integer in 0 .. p - 1 as ten limbs at `limbs[index]`. */
export function writeInteger(limbs: Int32Array, index: number, value: bigint): void {
  for (let i = 0; i < 10; i++)
    limbs[index + i] = Number((value >> BigInt(OFFSETS[i] as number)) & ((1n << BigInt(bitsOf(i))) - 1n));
}

/** Reads ten limbs, reduced or not, as an integer in 0 .. p - 1. */
export function readInteger(limbs: Int32Array, index: number): bigint {
  let value = 0n;
  for (let i = 0; i < 10; i++) value += BigInt(limbs[index + i] as number) << BigInt(OFFSETS[i] as number);
  return ((value % PRIME) + PRIME) % PRIME;
}

/** Writes the 255-bit integer of 32 little-endian bytes as ten limbs. */
export function writeBytes(limbs: Int32Array, index: number, bytes: Uint8Array): void {
  for (let i = 0; i < 10; i++) {
    const offset = OFFSETS[i] as number;
    const byte = offset >> 3;
    // A limb and what stands before it in its first byte span up to five bytes; doubles hold them exactly.
    let value = 0;
    for (let k = 4; k >= 0; k--) value = value * 256 + (bytes[byte + k] ?? 0);
    limbs[index + i] = Math.floor(value / 2 ** (offset & 7)) % 2 ** bitsOf(i);
  }
}

/** The ten limbs of the same value in 0 .. p - 1, each non-negative, into `canonical`. */
export function canonicalLimbs(limbs: Int32Array, index: number, canonical: Int32Array): Int32Array {
  let q = (19 * (limbs[index + 9] as number) + 2 ** 24) >> 25;
  for (let i = 0; i < 10; i++) q = ((limbs[index + i] as number) + q) >> bitsOf(i);
  let carry = 19 * q;
  for (let i = 0; i < 10; i++) {
    const limb = (limbs[index + i] as number) + carry;
    const bits = bitsOf(i);
    carry = limb >> bits;
    canonical[i] = limb & (2 ** bits - 1);
  }
  return canonical;
}

/** Whether canonical limbs stand for the same value. */
export function sameLimbs(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < 10; i++) if (a[i] !== b[i]) return false;
  return true;
}
