import type { RandomBytes } from '../bytes.ts';

/** Bytes of an encoded element: the canonical ristretto255 encoding of RFC 9496. */
export const ELEMENT_BYTES = 32;
/** Bytes of an encoded scalar: little-endian, below the group order. */
export const SCALAR_BYTES = 32;

/** The generator's encoding, RFC 9496 4.4.5 (multiple 1), in hexadecimal. */
export const GENERATOR_HEX = 'e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76';

/**
 * The prime-order group ristretto255 (RFC 9496) as the protocol needs it, over bytes: elements and scalars are
 * canonical 32-byte encodings, and many of them are one packed array of 32 bytes each.
 *
 * Every element given to a method is decoded strictly: wrong lengths throw `length_wrong`; non-canonical encodings and
 * the identity throw `element_invalid`, with its position. Scalars outside 1 .. order - 1 throw `scalar_invalid`.
 * Two backends implement it and give the same bytes for the same input.
 */
export interface Group {
  readonly backend: 'fast' | 'pure';

  /** Whether `bytes` is the canonical encoding of an element other than the identity. */
  isElement(bytes: Uint8Array): boolean;

  /** hash_to_ristretto255 of RFC 9380 appendix B with expand_message_xmd and SHA-512; 32 bytes. */
  hashToElement(message: Uint8Array, tag: Uint8Array): Uint8Array;

  /** RFC 9497 4.1 HashToScalar: 64 expanded bytes, little-endian, reduced; 32 bytes, may be zero. */
  hashToScalar(message: Uint8Array, tag: Uint8Array): Uint8Array;

  /** SHA-512; 64 bytes. */
  sha512(message: Uint8Array): Uint8Array;

  /** A uniform scalar other than zero: 64 random bytes reduced; 32 bytes. */
  randomScalar(random: RandomBytes): Uint8Array;

  /** scalar * generator; 32 bytes. The scalar may be secret. */
  multiplyBase(scalar: Uint8Array): Uint8Array;

  /** scalar * element for each of the packed elements; packed. The scalar may be secret. */
  multiply(elements: Uint8Array, scalar: Uint8Array): Uint8Array;

  /** scalars[i] * elements[i]; packed. The scalars may be secret. */
  multiplyEach(elements: Uint8Array, scalars: Uint8Array): Uint8Array;

  /**
   * The sum of scalars[i] * elements[i]; 32 bytes, the identity (all zero) included. For public values only: its
   * time depends on them. Here a zero scalar is allowed.
   */
  combine(elements: Uint8Array, scalars: Uint8Array): Uint8Array;

  /** 1 / scalar for each of the packed scalars; packed. The scalars may be secret. */
  invertScalars(scalars: Uint8Array): Uint8Array;

  /** a - b * c modulo the order; 32 bytes. The scalars may be secret; zero is allowed. */
  scalarMinusProduct(a: Uint8Array, b: Uint8Array, c: Uint8Array): Uint8Array;
}
