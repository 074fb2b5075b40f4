import { ristretto255 } from '@noble/curves/ed25519.js';
import { itemAt } from '../../bytes.ts';
import { ELEMENT_BYTES, SCALAR_BYTES } from '../group.ts';
import { assembleModule } from './assembler.ts';
import { FIELD_BYTES, fieldFunctions } from './field-code.ts';
import { canonicalLimbs, PRIME, readInteger, sameLimbs, writeBytes, writeInteger } from './field-value.ts';
import { AFFINE_BYTES, EXTENDED_BYTES, HEAP_START, pointFunctions, slots } from './point-code.ts';

/**
 * Sums of many multiples of ristretto255 elements by the bucket method (Pippenger; Bernstein, Doumen, Lange and
 * Oosterwijk, "Faster batch forgery identification", 2012, section 4). PUBLIC VALUES ONLY: time and memory access depend on the
 * scalars. docs/decisions/020 says why it is here and why a fault in it can cost a proof but not a key.
 */
export interface MultiScalar {
  /**
   * The sum of scalars[i] * elements[i] as 32 bytes; both packed, 32 bytes each, equally many and at least one.
   * Where an element is not the canonical encoding of one other than the identity: its position instead.
   */
  combine(elements: Uint8Array, scalars: Uint8Array): Uint8Array | number;
}

interface Code {
  memory: WebAssembly.Memory;
  addAffine(p: number, q: number): void;
  subtractAffine(p: number, q: number): void;
  addExtended(p: number, q: number): void;
  multiply(out: number, a: number, b: number): void;
  subtract(out: number, a: number, b: number): void;
  decodeRoot(): void;
  decodeCandidate(): void;
  storeAffine(out: number): void;
}

const SCALAR_BITS = 253;

let loading: Promise<MultiScalar> | undefined;

/** Assembles and compiles the code of this folder, some 10 kB of WebAssembly, once a process: its speed comes with use. */
export function loadMultiScalar(): Promise<MultiScalar> {
  loading ??= assemble();
  return loading;
}

async function assemble(): Promise<MultiScalar> {
  const bytes = assembleModule([...fieldFunctions(), ...pointFunctions()], 4);
  const { instance } = await WebAssembly.instantiate(bytes);
  return new BucketSum(instance.exports as unknown as Code);
}

class BucketSum implements MultiScalar {
  private readonly code: Code;
  private limbs: Int32Array;
  private readonly canonical = new Int32Array(10);
  private readonly one = limbsOf(1n);
  private readonly minusOne = limbsOf(PRIME - 1n);

  constructor(code: Code) {
    this.code = code;
    this.limbs = new Int32Array(code.memory.buffer);
    const { d, rootOfMinusOne } = curveConstants();
    this.put(slots.one, 1n);
    this.put(slots.two, 2n);
    this.put(slots.d, d);
    this.put(slots.twiceD, (2n * d) % PRIME);
    this.put(slots.rootOfMinusOne, rootOfMinusOne);
  }

  combine(elements: Uint8Array, scalars: Uint8Array): Uint8Array | number {
    const count = elements.length / ELEMENT_BYTES;
    const width = windowBits(count);
    const bucketsAt = HEAP_START + count * AFFINE_BYTES;
    const sumAt = bucketsAt + 2 ** (width - 1) * EXTENDED_BYTES;
    this.reserve(sumAt + 3 * EXTENDED_BYTES);
    for (let i = 0; i < count; i++)
      if (!this.decode(itemAt(elements, i, ELEMENT_BYTES), HEAP_START + i * AFFINE_BYTES)) return i;
    const digits = signedDigits(scalars, width);
    this.putIdentity(sumAt);
    for (let window = digits.length - 1; window >= 0; window--) {
      for (let i = 0; i < width; i++) this.code.addExtended(sumAt, sumAt);
      this.addWindow(sumAt, bucketsAt, width, digits[window] as Int16Array);
    }
    return this.encode(sumAt);
  }

  /** sum += the points of one window, each times its digit: bucket b gathers what counts b + 1 times. */
  private addWindow(sumAt: number, bucketsAt: number, width: number, digits: Int16Array): void {
    const { code } = this;
    const buckets = 2 ** (width - 1);
    for (let b = 0; b < buckets; b++) this.putIdentity(bucketsAt + b * EXTENDED_BYTES);
    for (let i = 0; i < digits.length; i++) {
      const digit = digits[i] as number;
      const point = HEAP_START + i * AFFINE_BYTES;
      if (digit > 0) code.addAffine(bucketsAt + (digit - 1) * EXTENDED_BYTES, point);
      else if (digit < 0) code.subtractAffine(bucketsAt + (-digit - 1) * EXTENDED_BYTES, point);
    }
    const runningAt = sumAt + EXTENDED_BYTES;
    this.putIdentity(runningAt);
    for (let b = buckets - 1; b >= 0; b--) {
      code.addExtended(runningAt, bucketsAt + b * EXTENDED_BYTES);
      code.addExtended(sumAt, runningAt);
    }
  }

  /** RFC 9496 4.3.1, and the identity refused. Writes the affine form to `out`. */
  private decode(bytes: Uint8Array, out: number): boolean {
    const { code } = this;
    writeBytes(this.limbs, slots.s / 4, bytes);
    const s = this.read(slots.s);
    if (((bytes[0] as number) & 1) === 1 || (bytes[31] as number) > 127) return false;
    if (s.every((limb) => limb === 0) || !sameLimbs(s, this.limbs.subarray(slots.s / 4))) return false;
    code.decodeRoot();
    const check = this.read(slots.check);
    // Plus or minus sqrt(-1) where v * u2^2 has no root: those encodings are of no point.
    if (sameLimbs(check, this.minusOne)) code.multiply(slots.root, slots.root, slots.rootOfMinusOne);
    else if (!sameLimbs(check, this.one)) return false;
    code.decodeCandidate();
    if (this.isOdd(slots.x)) code.subtract(slots.x, slots.zero, slots.x);
    code.multiply(slots.t, slots.x, slots.y);
    if (this.isOdd(slots.t) || this.read(slots.y).every((limb) => limb === 0)) return false;
    code.storeAffine(out);
    return true;
  }

  /** To affine coordinates, then the audited encoder. */
  private encode(extended: number): Uint8Array {
    const { Point } = ristretto255;
    const [X, Y, Z] = [0, 1, 2].map((i) => readInteger(this.limbs, extended / 4 + 10 * i)) as [
      bigint,
      bigint,
      bigint,
    ];
    const { Fp } = Point;
    const inverse = Fp.inv(Z);
    return Point.fromAffine({ x: Fp.mul(X, inverse), y: Fp.mul(Y, inverse) }).toBytes();
  }

  private read(pointer: number): Int32Array {
    return canonicalLimbs(this.limbs, pointer / 4, this.canonical);
  }

  private isOdd(pointer: number): boolean {
    return ((this.read(pointer)[0] as number) & 1) === 1;
  }

  private put(pointer: number, value: bigint): void {
    writeInteger(this.limbs, pointer / 4, value);
  }

  private putIdentity(pointer: number): void {
    this.limbs.fill(0, pointer / 4, (pointer + EXTENDED_BYTES) / 4);
    this.limbs[(pointer + FIELD_BYTES) / 4] = 1;
    this.limbs[(pointer + 2 * FIELD_BYTES) / 4] = 1;
  }

  private reserve(bytes: number): void {
    const missing = bytes - this.code.memory.buffer.byteLength;
    if (missing > 0) this.code.memory.grow(Math.ceil(missing / 65_536));
    if (this.limbs.length === 0) this.limbs = new Int32Array(this.code.memory.buffer);
  }
}

/** d = -121665 / 121666 (RFC 7748) and sqrt(-1) = 2^((p - 1) / 4). */
function curveConstants(): { d: bigint; rootOfMinusOne: bigint } {
  const { Fp } = ristretto255.Point;
  return { d: Fp.div(Fp.neg(121_665n), 121_666n), rootOfMinusOne: Fp.pow(2n, (PRIME - 1n) / 4n) };
}

function limbsOf(value: bigint): Int32Array {
  const limbs = new Int32Array(10);
  writeInteger(limbs, 0, value);
  return limbs;
}

/** Bits a window: fewer additions into buckets against more buckets to sum; 7 for a thousand points. */
function windowBits(count: number): number {
  return Math.min(12, Math.max(3, Math.floor(Math.log2(count)) - 2));
}

/** For each window, from the lowest bits up, each scalar's digit in -2^(width - 1) + 1 .. 2^(width - 1). */
function signedDigits(scalars: Uint8Array, width: number): Int16Array[] {
  const count = scalars.length / SCALAR_BYTES;
  const windows = Array.from({ length: Math.floor(SCALAR_BITS / width) + 1 }, () => new Int16Array(count));
  for (let i = 0; i < count; i++) {
    let carry = 0;
    for (const [index, digits] of windows.entries()) {
      const raw = bitsAt(scalars, i * SCALAR_BYTES, index * width, width) + carry;
      carry = raw > 2 ** (width - 1) ? 1 : 0;
      digits[i] = raw - carry * 2 ** width;
    }
  }
  return windows;
}

/** `width` (at most 12) bits of the 32 little-endian bytes at `start`, from bit `offset` on. */
function bitsAt(bytes: Uint8Array, start: number, offset: number, width: number): number {
  const byte = offset >> 3;
  let value = 0;
  for (let k = Math.min(2, SCALAR_BYTES - 1 - byte); k >= 0; k--)
    value = value * 256 + (bytes[start + byte + k] as number);
  return (value >> (offset & 7)) & (2 ** width - 1);
}
