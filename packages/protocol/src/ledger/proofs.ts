import { joinRoots } from './frontier.ts';
import { hashNode, sameBytes } from './hash.ts';
import { consistencyRanges, inclusionRanges, perfectSubtrees, type Range, type Subtree } from './ranges.ts';

/** Knows the hash of any perfect subtree; tiles make one. */
export type SubtreeHash = (subtree: Subtree) => Uint8Array;

/** Hashes that prove leaf `index` to be in the tree of `size` leaves, RFC 6962 2.1.1; `index < size`. */
export function proveInclusion(index: number, size: number, hashOf: SubtreeHash): Uint8Array[] {
  return inclusionRanges(index, size).map((range) => hashRange(range, hashOf));
}

/** Hashes that prove the tree of `before` leaves to be the start of the tree of `after`, RFC 6962 2.1.2. */
export function proveConsistency(before: number, after: number, hashOf: SubtreeHash): Uint8Array[] {
  return consistencyRanges(before, after).map((range) => hashRange(range, hashOf));
}

/** RFC 6962's MTH of a range that proofs speak of, or of the first leaves of a tree. */
export function hashRange(range: Range, hashOf: SubtreeHash): Uint8Array {
  return joinRoots(perfectSubtrees(range).map(hashOf));
}

export interface InclusionClaim {
  index: number;
  size: number;
  leafHash: Uint8Array;
  root: Uint8Array;
  proof: readonly Uint8Array[];
}

/** RFC 9162, section 2.1.3.2: computes the root again from the leaf up. */
export function verifyInclusion({ index, size, leafHash, root, proof }: InclusionClaim): boolean {
  if (!(index >= 0 && index < size)) return false;
  let node = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = hashNode(sibling, hash);
      for (; node % 2 === 0 && node !== 0; node /= 2) last = half(last);
    } else {
      hash = hashNode(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && sameBytes(hash, root);
}

export interface ConsistencyClaim {
  before: number;
  after: number;
  rootBefore: Uint8Array;
  rootAfter: Uint8Array;
  proof: readonly Uint8Array[];
}

/** RFC 9162, section 2.1.4.2: computes both roots from the same hashes. Every tree is consistent with the empty one. */
export function verifyConsistency({
  before,
  after,
  rootBefore,
  rootAfter,
  proof,
}: ConsistencyClaim): boolean {
  if (!(before >= 0 && before <= after)) return false;
  if (before === 0) return proof.length === 0;
  if (before === after) return proof.length === 0 && sameBytes(rootBefore, rootAfter);
  const path = isPowerOfTwo(before) ? [rootBefore, ...proof] : proof;
  if (path.length === 0) return false;
  let node = before - 1;
  let last = after - 1;
  for (; node % 2 === 1; node = half(node)) last = half(last);
  let [hashBefore, hashAfter] = [path[0]!, path[0]!];
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hashBefore = hashNode(sibling, hashBefore);
      hashAfter = hashNode(sibling, hashAfter);
      for (; node % 2 === 0 && node !== 0; node /= 2) last = half(last);
    } else {
      hashAfter = hashNode(hashAfter, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && sameBytes(hashBefore, rootBefore) && sameBytes(hashAfter, rootAfter);
}

/** A shift right by one that holds beyond 32 bits. */
function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  return 2 ** Math.round(Math.log2(value)) === value;
}
