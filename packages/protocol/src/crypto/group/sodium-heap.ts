import sodium from 'libsodium-wrappers-sumo';

/**
 * The C functions of libsodium as its WASM module exports them, over pointers into the module's memory. The
 * wrappers of the same package allocate and copy at each call; a batch of a thousand elements is faster in place.
 */
export interface SodiumHeap {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  _crypto_hash_sha512(out: number, message: number, lengthLow: number, lengthHigh: number): number;
  _crypto_core_ristretto255_is_valid_point(element: number): number;
  _crypto_core_ristretto255_from_hash(out: number, uniform: number): number;
  _crypto_core_ristretto255_add(out: number, a: number, b: number): number;
  _crypto_core_ristretto255_scalar_reduce(out: number, wide: number): void;
  _crypto_core_ristretto255_scalar_invert(out: number, scalar: number): number;
  _crypto_core_ristretto255_scalar_mul(out: number, a: number, b: number): void;
  _crypto_core_ristretto255_scalar_sub(out: number, a: number, b: number): void;
  _crypto_scalarmult_ristretto255(out: number, scalar: number, element: number): number;
  _crypto_scalarmult_ristretto255_base(out: number, scalar: number): number;
}

/** Waits for the WASM module. Needs `crypto.getRandomValues` on the global object, as every browser and Node 20 has. */
export async function loadSodiumHeap(): Promise<SodiumHeap> {
  await sodium.ready;
  return (sodium as unknown as { libsodium: SodiumHeap }).libsodium;
}

/**
 * Runs `work` with a block of `bytes` bytes of the module's memory at `pointer`, wiped and given back afterwards:
 * secrets do not stay behind in the heap.
 */
export function withMemory<T>(heap: SodiumHeap, bytes: number, work: (pointer: number) => T): T {
  const pointer = heap._malloc(bytes);
  try {
    return work(pointer);
  } finally {
    heap.HEAPU8.fill(0, pointer, pointer + bytes);
    heap._free(pointer);
  }
}
