import type { RandomBytes } from '../bytes.ts';

/** Bytes of an encoded point of G1: compressed, big-endian, three flag bits first (the ZCash form). */
export const G1_BYTES = 48;
/** Bytes of an encoded point of G2: the same, imaginary part first. */
export const G2_BYTES = 96;
/** Bytes of an encoded element of GT: the twelve coefficients as 48 big-endian bytes each, c0.c0.c0, c0.c0.c1, c0.c1.c0, ... c1.c2.c1. */
export const GT_BYTES = 576;
/** Bytes of a scalar: big-endian, 1 .. r - 1. */
export const PAIRING_SCALAR_BYTES = 32;

/** A point of G1, on the curve and in the subgroup; made by a `Pairing`, for that one alone. */
export interface G1Point {
  readonly group: 'G1';
  /** 48 bytes, canonical. */
  toBytes(): Uint8Array;
}

/** A point of G2, likewise. */
export interface G2Point {
  readonly group: 'G2';
  /** 96 bytes, canonical. */
  toBytes(): Uint8Array;
}

/** What the Miller loop needs of one point of G2, worked out beforehand. `release` it when done: it may hold memory outside the heap. */
export interface PreparedG2 {
  release(): void;
}

/**
 * The pairing-friendly curve BLS12-381 as the protocol needs it. Two backends give the same bytes for the same input.
 * Points given to a backend that did not make them throw `backend_mismatch`; scalars outside 1 .. r - 1 throw
 * `scalar_invalid`.
 */
export interface Pairing {
  readonly backend: 'fast' | 'pure';
  readonly generatorG1: G1Point;
  readonly generatorG2: G2Point;

  /** Decodes 48 bytes; `length_wrong`, or `point_invalid` if not canonical, off the curve, outside the subgroup, or the identity. */
  readG1(bytes: Uint8Array): G1Point;
  /** Decodes 96 bytes, with the same checks. */
  readG2(bytes: Uint8Array): G2Point;

  /** RFC 9380 BLS12381G1_XMD:SHA-256_SSWU_RO_ under the given tag of 1 to 255 bytes. */
  hashToG1(message: Uint8Array, tag: Uint8Array): G1Point;
  /** RFC 9380 BLS12381G2_XMD:SHA-256_SSWU_RO_ under the given tag of 1 to 255 bytes. */
  hashToG2(message: Uint8Array, tag: Uint8Array): G2Point;

  /** a + b; throws `point_invalid` where that is the identity. */
  addG1(a: G1Point, b: G1Point): G1Point;
  addG2(a: G2Point, b: G2Point): G2Point;

  /** scalar * point; the scalar may be secret. */
  multiplyG1(point: G1Point, scalar: Uint8Array): G1Point;
  multiplyG2(point: G2Point, scalar: Uint8Array): G2Point;

  /** e(a, b), 576 bytes. */
  pair(a: G1Point, b: G2Point): Uint8Array;
  prepare(b: G2Point): PreparedG2;
  /** e(a, b) for the b that was prepared, 576 bytes; a third cheaper. */
  pairPrepared(a: G1Point, b: PreparedG2): Uint8Array;
  /** Whether e(a, b) = e(c, d), with one final exponentiation. */
  pairsEqual(a: G1Point, b: G2Point, c: G1Point, d: G2Point): boolean;

  /** A uniform scalar other than zero, from 48 random bytes; 32 bytes. */
  randomScalar(random: RandomBytes): Uint8Array;
}
