import { expectLength, isZero, itemAt } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { expandMessageXmd, type XmdHash } from '../expand-message.ts';
import { ELEMENT_BYTES, type Group, SCALAR_BYTES } from './group.ts';
import { loadMultiScalar, type MultiScalar } from './msm/multi-scalar.ts';
import { drawScalar, expectScalar, expectScalars } from './scalar.ts';
import { loadSodiumHeap, type SodiumHeap, withMemory } from './sodium-heap.ts';

/**
 * The `Group` on libsodium compiled to WebAssembly: secrets meet libsodium's constant-time code only. Sums over public
 * values (the two of each batched proof) take the bucket method instead, docs/decisions/020.
 */
export async function createFastGroup(): Promise<Group> {
  const [heap, multiScalar] = await Promise.all([loadSodiumHeap(), loadMultiScalar()]);
  return new FastGroup(heap, multiScalar);
}

class FastGroup implements Group {
  readonly backend = 'fast';
  readonly sha512: XmdHash;
  private readonly heap: SodiumHeap;
  private readonly multiScalar: MultiScalar;

  constructor(heap: SodiumHeap, multiScalar: MultiScalar) {
    this.heap = heap;
    this.multiScalar = multiScalar;
    this.sha512 = sodiumSha512(heap);
  }

  isElement(bytes: Uint8Array): boolean {
    if (bytes.length !== ELEMENT_BYTES || isZero(bytes)) return false;
    return withMemory(this.heap, ELEMENT_BYTES, (pointer) => {
      this.heap.HEAPU8.set(bytes, pointer);
      return this.heap._crypto_core_ristretto255_is_valid_point(pointer) === 1;
    });
  }

  hashToElement(message: Uint8Array, tag: Uint8Array): Uint8Array {
    const uniform = expandMessageXmd(this.sha512, message, tag, 64);
    return this.calculate([uniform], this.heap._crypto_core_ristretto255_from_hash);
  }

  hashToScalar(message: Uint8Array, tag: Uint8Array): Uint8Array {
    return this.reduce(expandMessageXmd(this.sha512, message, tag, 64));
  }

  randomScalar(random: (length: number) => Uint8Array): Uint8Array {
    return drawScalar(random, (wide) => this.reduce(wide));
  }

  multiplyBase(scalar: Uint8Array): Uint8Array {
    return this.calculate([expectScalar(scalar)], this.heap._crypto_scalarmult_ristretto255_base);
  }

  multiply(elements: Uint8Array, scalar: Uint8Array): Uint8Array {
    expectScalar(scalar);
    return this.multiplyAll(elements, scalar, 0);
  }

  multiplyEach(elements: Uint8Array, scalars: Uint8Array): Uint8Array {
    expectScalars(scalars);
    expectLength(elements, scalars.length);
    return this.multiplyAll(elements, scalars, SCALAR_BYTES);
  }

  combine(elements: Uint8Array, scalars: Uint8Array): Uint8Array {
    if (expectScalars(scalars, true) === 0) throw new CryptoError('length_wrong');
    expectLength(elements, scalars.length);
    const sum = this.multiScalar.combine(elements, scalars);
    if (typeof sum === 'number') throw new CryptoError('element_invalid', { at: sum });
    return sum;
  }

  /** One inversion for all of them (Montgomery): 1/s[i] is what inverts s[0]..s[i], times s[0]..s[i-1]. */
  invertScalars(scalars: Uint8Array): Uint8Array {
    const count = expectScalars(scalars);
    const inverses = new Uint8Array(scalars.length);
    if (count === 0) return inverses;
    const before: Uint8Array[] = [];
    let product: Uint8Array = itemAt(scalars, 0, SCALAR_BYTES);
    for (let i = 1; i < count; i++) {
      before[i] = product;
      product = this.product(product, itemAt(scalars, i, SCALAR_BYTES));
    }
    let inverse = this.calculate([product], this.heap._crypto_core_ristretto255_scalar_invert);
    for (let i = count - 1; i > 0; i--) {
      inverses.set(this.product(inverse, before[i] as Uint8Array), i * SCALAR_BYTES);
      inverse = this.product(inverse, itemAt(scalars, i, SCALAR_BYTES));
    }
    inverses.set(inverse);
    return inverses;
  }

  scalarMinusProduct(a: Uint8Array, b: Uint8Array, c: Uint8Array): Uint8Array {
    for (const scalar of [a, b, c]) expectScalar(scalar, true);
    return this.calculate([a, this.product(b, c)], this.heap._crypto_core_ristretto255_scalar_sub);
  }

  private product(a: Uint8Array, b: Uint8Array): Uint8Array {
    return this.calculate([a, b], this.heap._crypto_core_ristretto255_scalar_mul);
  }

  private reduce(wide: Uint8Array): Uint8Array {
    return this.calculate([expectLength(wide, 64)], this.heap._crypto_core_ristretto255_scalar_reduce);
  }

  /** Calls a C function `(out[32], ...inputs)`. */
  private calculate(
    inputs: readonly Uint8Array[],
    run: (out: number, ...inputs: [number, number]) => unknown,
  ): Uint8Array {
    return withMemory(this.heap, 32 + 64 * inputs.length, (pointer) => {
      inputs.forEach((bytes, i) => {
        this.heap.HEAPU8.set(bytes, pointer + 32 + 64 * i);
      });
      run(pointer, pointer + 32, pointer + 96);
      return this.heap.HEAPU8.slice(pointer, pointer + 32);
    });
  }

  /** Scalars at a stride: 0 takes the same one for every element. */
  private multiplyAll(elements: Uint8Array, scalars: Uint8Array, stride: 0 | 32): Uint8Array {
    const { heap } = this;
    if (elements.length % ELEMENT_BYTES !== 0) throw new CryptoError('length_wrong');
    return withMemory(heap, elements.length + scalars.length, (pointer) => {
      const scalarAt = pointer + elements.length;
      heap.HEAPU8.set(elements, pointer);
      heap.HEAPU8.set(scalars, scalarAt);
      for (let at = 0; at < elements.length / ELEMENT_BYTES; at++) {
        const element = pointer + at * ELEMENT_BYTES;
        // libsodium answers -1 where the element does not decode, and where the product is the identity: in a group
        // of prime order, and with a scalar other than zero, that is where the element was the identity.
        if (heap._crypto_scalarmult_ristretto255(element, scalarAt + at * stride, element) !== 0)
          throw new CryptoError('element_invalid', { at });
      }
      return heap.HEAPU8.slice(pointer, pointer + elements.length);
    });
  }
}

/** Bytes kept for hashing without an allocation a call; longer messages take one. */
const HASH_SCRATCH_BYTES = 1024;

function sodiumSha512(heap: SodiumHeap): XmdHash {
  const scratch = heap._malloc(HASH_SCRATCH_BYTES + 64);
  const digest = (message: Uint8Array, pointer: number) => {
    heap.HEAPU8.set(message, pointer + 64);
    heap._crypto_hash_sha512(pointer, pointer + 64, message.length, 0);
    const hash = heap.HEAPU8.slice(pointer, pointer + 64);
    heap.HEAPU8.fill(0, pointer, pointer + 64 + message.length);
    return hash;
  };
  const sha512 = (message: Uint8Array) =>
    message.length <= HASH_SCRATCH_BYTES
      ? digest(message, scratch)
      : withMemory(heap, message.length + 64, (pointer) => digest(message, pointer));
  return Object.assign(sha512, { blockLen: 128, outputLen: 64 });
}
