import { bls12_381 } from '@noble/curves/bls12-381.js';
import { expectLength } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { G1_BYTES, type G1Point, G2_BYTES, type G2Point, type Pairing, type PreparedG2 } from './pairing.ts';
import { drawPairingScalar, readPairingScalar } from './scalar-field.ts';

type NobleG1 = InstanceType<typeof bls12_381.G1.Point>;
type NobleG2 = InstanceType<typeof bls12_381.G2.Point>;
type Lines = ReturnType<typeof bls12_381.utils.calcPairingPrecomputes>;

/** The `Pairing` on @noble/curves, audited JavaScript: some 15 ms a pairing where the fast backend takes 3.3. */
export function createPurePairing(): Pairing {
  const { G1, G2, fields, utils, millerLoopBatch } = bls12_381;
  const gtBytes = (lines: Lines, point: NobleG1) => {
    const { x, y } = point.toAffine();
    return fields.Fp12.toBytes(fields.Fp12.finalExponentiate(millerLoopBatch([[lines, x, y]])));
  };
  const miller = (a: NobleG1, b: NobleG2): [Lines, bigint, bigint] => {
    const { x, y } = a.toAffine();
    return [utils.calcPairingPrecomputes(b), x, y];
  };

  return {
    backend: 'pure',
    generatorG1: new PureG1(G1.Point.BASE),
    generatorG2: new PureG2(G2.Point.BASE),
    readG1: (bytes) => new PureG1(decode(G1.Point, expectLength(bytes, G1_BYTES))),
    readG2: (bytes) => new PureG2(decode(G2.Point, expectLength(bytes, G2_BYTES))),
    hashToG1: (message, tag) => new PureG1(G1.hashToCurve(message, { DST: tag }) as NobleG1),
    hashToG2: (message, tag) => new PureG2(G2.hashToCurve(message, { DST: tag }) as NobleG2),
    addG1: (a, b) => new PureG1(notZero(own1(a).add(own1(b)))),
    addG2: (a, b) => new PureG2(notZero(own2(a).add(own2(b)))),
    multiplyG1: (point, scalar) => new PureG1(own1(point).multiply(readPairingScalar(scalar))),
    multiplyG2: (point, scalar) => new PureG2(own2(point).multiply(readPairingScalar(scalar))),
    pair: (a, b) => gtBytes(utils.calcPairingPrecomputes(own2(b)), own1(a)),
    prepare: (b) => new PurePrepared(utils.calcPairingPrecomputes(own2(b))),
    pairPrepared: (a, b) => gtBytes(ownPrepared(b), own1(a)),
    pairsEqual(a, b, c, d) {
      const product = millerLoopBatch([miller(own1(a), own2(b)), miller(own1(c).negate(), own2(d))]);
      return fields.Fp12.eql(fields.Fp12.finalExponentiate(product), fields.Fp12.ONE);
    },
    randomScalar: drawPairingScalar,
  };
}

class PureG1 implements G1Point {
  readonly group = 'G1';
  readonly point: NobleG1;
  constructor(point: NobleG1) {
    this.point = point;
  }
  toBytes(): Uint8Array {
    return this.point.toBytes(true);
  }
}

class PureG2 implements G2Point {
  readonly group = 'G2';
  readonly point: NobleG2;
  constructor(point: NobleG2) {
    this.point = point;
  }
  toBytes(): Uint8Array {
    return this.point.toBytes(true);
  }
}

class PurePrepared implements PreparedG2 {
  readonly lines: Lines;
  constructor(lines: Lines) {
    this.lines = lines;
  }
  release(): void {}
}

function own1(point: G1Point): NobleG1 {
  if (!(point instanceof PureG1)) throw new CryptoError('backend_mismatch');
  return point.point;
}

function own2(point: G2Point): NobleG2 {
  if (!(point instanceof PureG2)) throw new CryptoError('backend_mismatch');
  return point.point;
}

function ownPrepared(prepared: PreparedG2): Lines {
  if (!(prepared instanceof PurePrepared)) throw new CryptoError('backend_mismatch');
  return prepared.lines;
}

function notZero<P extends { is0(): boolean }>(point: P): P {
  if (point.is0()) throw new CryptoError('point_invalid');
  return point;
}

/** `fromBytes` takes compressed and uncompressed forms, checks the curve, and lets the identity pass; the rest is ours. */
function decode<
  P extends { is0(): boolean; isTorsionFree(): boolean; toBytes(compressed: boolean): Uint8Array },
>(Point: { fromBytes(bytes: Uint8Array): P }, bytes: Uint8Array): P {
  let point: P;
  try {
    point = Point.fromBytes(bytes);
  } catch {
    throw new CryptoError('point_invalid');
  }
  const canonical = point.toBytes(true);
  if (point.is0() || !point.isTorsionFree() || canonical.some((byte, i) => byte !== bytes[i]))
    throw new CryptoError('point_invalid');
  return point;
}
