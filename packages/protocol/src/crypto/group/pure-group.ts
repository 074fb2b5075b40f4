import { mulAddUnsafe } from '@noble/curves/abstract/curve.js';
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, countItems, expectLength, itemAt } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { expandMessageXmd } from '../expand-message.ts';
import { ELEMENT_BYTES, type Group, SCALAR_BYTES } from './group.ts';
import { drawScalar, expectScalar, expectScalars } from './scalar.ts';

/** The `Group` on @noble/curves, audited JavaScript: some 1.5 ms a multiplication where the fast backend takes 0.13. */
export function createPureGroup(): Group {
  const { Point } = ristretto255;
  const { Fn } = Point;
  type Element = InstanceType<typeof Point>;

  const reduce = (wide: Uint8Array) => Fn.toBytes(Fn.create(littleEndian(wide)));
  const pack = (points: readonly Element[]) => concatBytes(...points.map((point) => point.toBytes()));
  const readScalar = (bytes: Uint8Array, zeroAllowed = false) =>
    littleEndian(expectScalar(bytes, zeroAllowed));
  const readScalars = (packed: Uint8Array, zeroAllowed = false) => {
    expectScalars(packed, zeroAllowed);
    return items(packed, SCALAR_BYTES).map(littleEndian);
  };

  function decode(bytes: Uint8Array): Element | null {
    try {
      const point = Point.fromBytes(bytes);
      return point.is0() ? null : point;
    } catch {
      return null;
    }
  }

  function readElements(packed: Uint8Array, expected?: number): Element[] {
    const encoded = items(packed, ELEMENT_BYTES);
    if (expected !== undefined && encoded.length !== expected) throw new CryptoError('length_wrong');
    return encoded.map((bytes, at) => {
      const point = decode(bytes);
      if (point === null) throw new CryptoError('element_invalid', { at });
      return point;
    });
  }

  return {
    backend: 'pure',
    isElement: (bytes) => decode(bytes) !== null,
    hashToElement: (message, tag) => ristretto255_hasher.hashToCurve(message, { DST: tag }).toBytes(),
    hashToScalar: (message, tag) => reduce(expandMessageXmd(sha512, message, tag, 64)),
    sha512: (message) => sha512(message),
    randomScalar: (random) => drawScalar(random, reduce),
    multiplyBase: (scalar) => Point.BASE.multiply(readScalar(scalar)).toBytes(),
    multiply(elements, scalar) {
      const factor = readScalar(scalar);
      return pack(readElements(elements).map((point) => point.multiply(factor)));
    },
    multiplyEach(elements, scalars) {
      const factors = readScalars(scalars);
      const points = readElements(elements, factors.length);
      return pack(points.map((point, i) => point.multiply(factors[i] as bigint)));
    },
    combine(elements, scalars) {
      const factors = readScalars(scalars, true);
      const points = readElements(elements, factors.length);
      if (points.length === 0) throw new CryptoError('length_wrong');
      return mulAddUnsafe(Point, points, factors).toBytes();
    },
    invertScalars: (scalars) =>
      concatBytes(...Fn.invertBatch(readScalars(scalars)).map((value) => Fn.toBytes(value))),
    scalarMinusProduct: (a, b, c) =>
      Fn.toBytes(Fn.sub(readScalar(a, true), Fn.mul(readScalar(b, true), readScalar(c, true)))),
  };
}

/** The integer that little-endian bytes stand for. */
function littleEndian(bytes: Uint8Array): bigint {
  let hex = '0x';
  for (let i = bytes.length - 1; i >= 0; i--) hex += (bytes[i] as number).toString(16).padStart(2, '0');
  return BigInt(hex);
}

function items(packed: Uint8Array, size: number): Uint8Array[] {
  const count = countItems(packed, size);
  return Array.from({ length: count }, (_, i) => expectLength(itemAt(packed, i, size), size));
}
