import { sha256 } from '@noble/hashes/sha2.js';

/** Bytes of every hash in the tree. */
export const hashBytes = 32;

/**
 * Hashes of the Merkle tree of RFC 6962, section 2.1. The first byte keeps leaves and nodes apart, so that no entry can
 * be passed off as a subtree (second preimage).
 */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array());
}

/** MTH({d}) = SHA-256(0x00 || d). */
export function hashLeaf(data: Uint8Array): Uint8Array {
  return sha256.create().update(Uint8Array.of(0x00)).update(data).digest();
}

/** SHA-256(0x01 || left || right). */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + 2 * hashBytes);
  bytes[0] = 0x01;
  bytes.set(left, 1);
  bytes.set(right, 1 + hashBytes);
  return sha256(bytes);
}

/** Equal in content. Hashes here are public, so time may depend on them. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
