import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frontier } from './frontier.ts';
import { emptyRoot, hashLeaf } from './hash.ts';
import {
  hashRange,
  proveConsistency,
  proveInclusion,
  type SubtreeHash,
  verifyConsistency,
  verifyInclusion,
} from './proofs.ts';
import { consistencyOf, pathOf, rootOf } from './reference.testing.ts';
import { toHex } from './text.ts';
import { accumulated, consistencies, inputs, paths, roots } from './vectors.testing.ts';

const eight = inputs.map((input) => hashLeaf(hexToBytes(input)));
const small = Array.from({ length: 130 }, (_, value) => hashLeaf(Uint8Array.of(value)));

/** Looks subtrees up by hashing their leaves. */
function among(leaves: readonly Uint8Array[]): SubtreeHash {
  return ({ level, index }) => rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
}

describe('the tree of RFC 6962', () => {
  it('has the published roots, from the empty tree to eight leaves', () => {
    const frontier = new Frontier();
    const found = [toHex(frontier.root())];
    for (const leaf of eight) {
      frontier.push(leaf);
      found.push(toHex(frontier.root()));
    }
    expect(found).toEqual(roots);
  });

  it.each(paths)('proves leaf $index of $size with the published path', ({ index, size, proof }) => {
    expect(proveInclusion(index, size, among(eight)).map(toHex)).toEqual(proof);
  });

  it.each(consistencies)(
    'proves $before to be the start of $after as published',
    ({ before, after, proof }) => {
      expect(proveConsistency(before, after, among(eight)).map(toHex)).toEqual(proof);
    },
  );

  it('hashes every valid subtree up to 130 leaves to the published digest', () => {
    const digest = sha256.create();
    for (const { begin, end } of validSubtrees()) {
      const hash = hashRange({ begin, end }, among(small));
      digest.update(new TextEncoder().encode(`[${begin}, ${end}) ${toHex(hash)}\n`));
    }
    expect(toHex(digest.digest())).toBe(accumulated.hashes);
  });

  it('proves every leaf of every valid subtree up to 130 leaves to the published digest', () => {
    const digest = sha256.create();
    const known = new Map<string, Uint8Array>();
    for (const { begin, end } of validSubtrees()) {
      const hashOf: SubtreeHash = ({ level, index }) => {
        const at = begin + index * 2 ** level;
        const key = `${level}/${at}`;
        if (!known.has(key)) known.set(key, rootOf(small.slice(at, at + 2 ** level)));
        return known.get(key)!;
      };
      for (let index = begin; index < end; index += 1) {
        const proof = proveInclusion(index - begin, end - begin, hashOf);
        const words = [index, `[${begin},`, `${end})`, ...proof.map(toHex)];
        digest.update(new TextEncoder().encode(`${words.join(' ')}\n`));
      }
    }
    expect(toHex(digest.digest())).toBe(accumulated.inclusions);
  });

  it('grows leaf by leaf to the root that recursion finds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (size) => {
        const leaves = leavesOf(size);
        const frontier = new Frontier();
        for (const leaf of leaves) frontier.push(leaf);
        expect(frontier.root()).toEqual(rootOf(leaves));
        expect(frontier.size).toBe(size);
      }),
      { numRuns: 50 },
    );
  });
});

/** The draft's: a subtree starts at a multiple of the power of two that it fits into. */
function validSubtrees(): { begin: number; end: number }[] {
  const found = [];
  for (let end = 1; end <= accumulated.leavesMax; end += 1) {
    for (let begin = 0; begin < end; begin += 1) {
      if (begin % 2 ** Math.ceil(Math.log2(end - begin)) === 0) found.push({ begin, end });
    }
  }
  return found;
}

function leavesOf(size: number): Uint8Array[] {
  return Array.from({ length: size }, (_, index) => hashLeaf(new TextEncoder().encode(`leaf ${index}`)));
}

const sizes = fc.integer({ min: 1, max: 70 });

describe('inclusion', () => {
  const claims = fc.tuple(sizes, fc.nat()).map(([size, seed]) => {
    const leaves = leavesOf(size);
    const index = seed % size;
    const proof = proveInclusion(index, size, among(leaves));
    return { leaves, claim: { index, size, leafHash: leaves[index]!, root: rootOf(leaves), proof } };
  });

  it('is proved as recursion proves it, and verifies', () => {
    fc.assert(
      fc.property(claims, ({ leaves, claim }) => {
        expect(claim.proof).toEqual(pathOf(claim.index, leaves));
        expect(verifyInclusion(claim)).toBe(true);
      }),
    );
  });

  it('does not verify for another place, leaf, root or size, nor with a hash more, less or altered', () => {
    const other = hashLeaf(Uint8Array.of(1, 2, 3));
    fc.assert(
      fc.property(claims, fc.nat(), fc.nat({ max: 69 }), ({ claim }, seed, elsewhere) => {
        const { proof, index } = claim;
        const at = seed % Math.max(1, proof.length);
        expect(verifyInclusion({ ...claim, leafHash: other })).toBe(false);
        expect(verifyInclusion({ ...claim, root: other })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...proof, other] })).toBe(false);
        expect(verifyInclusion({ ...claim, index: claim.size })).toBe(false);
        expect(verifyInclusion({ ...claim, index: -1 })).toBe(false);
        if (elsewhere !== index) expect(verifyInclusion({ ...claim, index: elsewhere })).toBe(false);
        if (proof.length === 0) return;
        expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: proof.slice(0, -1) })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: proof.with(at, other) })).toBe(false);
      }),
    );
  });
});

describe('consistency', () => {
  const claims = fc.tuple(sizes, sizes).map(([one, two]) => {
    const [before, after] = [Math.min(one, two), Math.max(one, two)];
    const leaves = leavesOf(after);
    const proof = proveConsistency(before, after, among(leaves));
    const [rootBefore, rootAfter] = [rootOf(leaves.slice(0, before)), rootOf(leaves)];
    return { leaves, claim: { before, after, rootBefore, rootAfter, proof } };
  });

  it('is proved as recursion proves it, and verifies', () => {
    fc.assert(
      fc.property(claims, ({ leaves, claim }) => {
        expect(claim.proof).toEqual(consistencyOf(claim.before, leaves));
        expect(verifyConsistency(claim)).toBe(true);
      }),
    );
  });

  it('does not verify for other roots or sizes, nor with a hash more, less or altered', () => {
    const other = hashLeaf(Uint8Array.of(1, 2, 3));
    fc.assert(
      fc.property(claims, fc.nat(), ({ claim }, seed) => {
        const { proof, before, after } = claim;
        const at = seed % Math.max(1, proof.length);
        expect(verifyConsistency({ ...claim, rootBefore: other })).toBe(false);
        expect(verifyConsistency({ ...claim, rootAfter: other })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: [...proof, other] })).toBe(false);
        if (before === after) return;
        expect(verifyConsistency({ ...claim, before: after, after: before })).toBe(false);
        expect(verifyConsistency({ ...claim, before: before + 1 })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: proof.slice(0, -1) })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: proof.slice(1) })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: proof.with(at, other) })).toBe(false);
      }),
    );
  });

  it('holds between any tree and the empty one, without a proof', () => {
    const claim = { before: 0, after: 8, rootBefore: emptyRoot(), rootAfter: rootOf(eight), proof: [] };
    expect(verifyConsistency(claim)).toBe(true);
    expect(verifyConsistency({ ...claim, proof: [emptyRoot()] })).toBe(false);
  });
});
