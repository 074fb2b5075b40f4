import { bls12_381 } from '@noble/curves/bls12-381.js';
import { fromHex } from '../bytes.ts';

/*
 * EIP-2537 writes a coordinate as 64 bytes (16 of them zero), a point of G1 as x, y and one of G2 as x.c0, x.c1, y.c0, y.c1;
 * the identity is all zero. Our encodings are compressed: x with three flag bits (compressed, identity, the larger y).
 * Nothing is checked here, so that points that must be refused can be written too.
 */

const { Fp, Fp2 } = bls12_381.fields;
const coordinate = (hex: string, at: number) => BigInt(`0x${hex.slice(128 * at, 128 * at + 128)}`);
const isLarger = (y: bigint) => 2n * y > Fp.ORDER;

function encode(coordinates: readonly bigint[], larger: boolean, zero: boolean): Uint8Array {
  const bytes = fromHex(coordinates.map((value) => value.toString(16).padStart(96, '0')).join(''));
  bytes[0] = (bytes[0] as number) | 0x80 | (zero ? 0x40 : larger ? 0x20 : 0);
  return bytes;
}

/** 48 bytes of the point that 256 hexadecimal digits stand for. */
export function compressG1(hex: string): Uint8Array {
  const [x, y] = [coordinate(hex, 0), coordinate(hex, 1)];
  return encode([x], isLarger(y), x === 0n && y === 0n);
}

/** 96 bytes of the point that 512 hexadecimal digits stand for. */
export function compressG2(hex: string): Uint8Array {
  const [x0, x1, y0, y1] = [0, 1, 2, 3].map((i) => coordinate(hex, i)) as [bigint, bigint, bigint, bigint];
  return encode(
    [x1, x0],
    isLarger(y1 === 0n ? y0 : y1),
    [x0, x1, y0, y1].every((value) => value === 0n),
  );
}

/** Points of the curves outside the prime-order subgroups: those of the first x from `start` on that has a y there. */
export function outsideSubgroup(start: bigint): { g1: Uint8Array; g2: Uint8Array } {
  const g1 = firstRoot(start, (x) => {
    const y = Fp.sqrt(Fp.add(Fp.pow(x, 3n), 4n));
    return bls12_381.G1.Point.fromAffine({ x, y }).isTorsionFree() ? null : encode([x], isLarger(y), false);
  });
  const g2 = firstRoot(start, (c0) => {
    const x = { c0, c1: 1n };
    const y = Fp2.sqrt(Fp2.add(Fp2.pow(x, 3n), { c0: 4n, c1: 4n }));
    const point = bls12_381.G2.Point.fromAffine({ x, y });
    return point.isTorsionFree() ? null : encode([1n, c0], isLarger(y.c1 === 0n ? y.c0 : y.c1), false);
  });
  return { g1, g2 };
}

function firstRoot(start: bigint, at: (x: bigint) => Uint8Array | null): Uint8Array {
  for (let x = start; x < start + 100n; x++) {
    try {
      const bytes = at(x);
      if (bytes !== null) return bytes;
    } catch {
      // No point has this x.
    }
  }
  throw new Error('no point outside the subgroup found');
}
