import { expectLength, fromHex } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { loadMcl, type MclFr, type MclG1, type MclG2, type MclModule } from './mcl-module.ts';
import { G1_BYTES, type G1Point, G2_BYTES, type G2Point, type Pairing, type PreparedG2 } from './pairing.ts';
import { drawPairingScalar, readPairingScalar } from './scalar-field.ts';

type Gt = ReturnType<MclModule['mcl']['pairing']>;
type MclPrepared = InstanceType<MclModule['mcl']['PrecomputedG2']>;

/** The `Pairing` on mcl compiled to WebAssembly. */
export async function createFastPairing(): Promise<Pairing> {
  const module = await loadMcl();
  const { mcl } = module;
  const scalarOf = (bytes: Uint8Array): MclFr => {
    readPairingScalar(bytes);
    const scalar = new mcl.Fr();
    scalar.setBigEndianMod(bytes);
    return scalar;
  };

  return {
    backend: 'fast',
    generatorG1: new FastG1(decode(new mcl.G1(), fromHex(GENERATOR_G1_HEX))),
    generatorG2: new FastG2(decode(new mcl.G2(), fromHex(GENERATOR_G2_HEX))),
    readG1: (bytes) => new FastG1(decode(new mcl.G1(), expectLength(bytes, G1_BYTES))),
    readG2: (bytes) => new FastG2(decode(new mcl.G2(), expectLength(bytes, G2_BYTES))),
    hashToG1: (message, tag) => new FastG1(module.hashToG1(message, shortTag(tag))),
    hashToG2: (message, tag) => new FastG2(module.hashToG2(message, shortTag(tag))),
    addG1: (a, b) => new FastG1(notZero(mcl.add(own1(a), own1(b)))),
    addG2: (a, b) => new FastG2(notZero(mcl.add(own2(a), own2(b)))),
    multiplyG1: (point, scalar) => new FastG1(module.multiplyG1(own1(point), scalarOf(scalar))),
    multiplyG2: (point, scalar) => new FastG2(module.multiplyG2(own2(point), scalarOf(scalar))),
    pair: (a, b) => gtBytes(mcl.pairing(own1(a), own2(b))),
    prepare: (b) => new FastPrepared(new mcl.PrecomputedG2(own2(b))),
    pairPrepared: (a, b) => gtBytes(mcl.finalExp(mcl.precomputedMillerLoop(own1(a), ownPrepared(b)))),
    pairsEqual(a, b, c, d) {
      const left = mcl.millerLoop(own1(a), own2(b));
      const right = mcl.millerLoop(mcl.neg(own1(c)), own2(d));
      return mcl.finalExp(mcl.mul(left, right)).isOne();
    },
    randomScalar: drawPairingScalar,
  };
}

/** The generators of the standard, compressed (RFC 9380 8.8, draft-irtf-cfrg-pairing-friendly-curves 4.2.1). */
const GENERATOR_G1_HEX =
  '97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb';
const GENERATOR_G2_HEX =
  '93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e' +
  '024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8';

class FastG1 implements G1Point {
  readonly group = 'G1';
  readonly point: MclG1;
  constructor(point: MclG1) {
    this.point = point;
  }
  toBytes(): Uint8Array {
    return this.point.serialize();
  }
}

class FastG2 implements G2Point {
  readonly group = 'G2';
  readonly point: MclG2;
  constructor(point: MclG2) {
    this.point = point;
  }
  toBytes(): Uint8Array {
    return this.point.serialize();
  }
}

class FastPrepared implements PreparedG2 {
  /** Null once released: its memory belongs to someone else then. */
  prepared: MclPrepared | null;
  constructor(prepared: MclPrepared) {
    this.prepared = prepared;
  }
  release(): void {
    this.prepared?.destroy();
    this.prepared = null;
  }
}

function own1(point: G1Point): MclG1 {
  if (!(point instanceof FastG1)) throw new CryptoError('backend_mismatch');
  return point.point;
}

function own2(point: G2Point): MclG2 {
  if (!(point instanceof FastG2)) throw new CryptoError('backend_mismatch');
  return point.point;
}

function ownPrepared(prepared: PreparedG2): MclPrepared {
  if (!(prepared instanceof FastPrepared) || prepared.prepared === null)
    throw new CryptoError('backend_mismatch');
  return prepared.prepared;
}

function shortTag(tag: Uint8Array): Uint8Array {
  if (tag.length < 1 || tag.length > 255) throw new CryptoError('length_wrong');
  return tag;
}

function notZero<P extends MclG1 | MclG2>(point: P): P {
  if (point.isZero()) throw new CryptoError('point_invalid');
  return point;
}

/** mcl checks the curve and, as set up, the subgroup; the encoding must also be the one that it would write. */
function decode<P extends MclG1 | MclG2>(point: P, bytes: Uint8Array): P {
  try {
    point.deserialize(bytes);
  } catch {
    throw new CryptoError('point_invalid');
  }
  if (point.isZero() || point.serialize().some((byte, i) => byte !== bytes[i]))
    throw new CryptoError('point_invalid');
  return point;
}

/** mcl writes each element of Fp2 imaginary part first when set to ZCash encodings; here the real part comes first. */
function gtBytes(element: Gt): Uint8Array {
  const swapped = element.serialize();
  const bytes = new Uint8Array(swapped.length);
  for (let at = 0; at < swapped.length; at += 96) {
    bytes.set(swapped.subarray(at + 48, at + 96), at);
    bytes.set(swapped.subarray(at, at + 48), at + 48);
  }
  return bytes;
}
