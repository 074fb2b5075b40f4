import { emptyRoot, hashNode } from './hash.ts';

/**
 * RFC 6962, section 2.1, read aloud: recursion on lists of leaf hashes, nothing stored, nothing clever. What the tests
 * hold the real thing against.
 */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length <= 1) return leaves[0] ?? emptyRoot();
  const split = splitOf(leaves.length);
  return hashNode(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

export function pathOf(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...pathOf(index, left), rootOf(right)]
    : [...pathOf(index - split, right), rootOf(left)];
}

export function consistencyOf(before: number, leaves: readonly Uint8Array[], whole = true): Uint8Array[] {
  if (before === leaves.length) return whole ? [] : [rootOf(leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return before <= split
    ? [...consistencyOf(before, left, whole), rootOf(right)]
    : [...consistencyOf(before - split, right, false), rootOf(left)];
}

function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
