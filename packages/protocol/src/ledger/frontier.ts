import { emptyRoot, hashNode } from './hash.ts';

/**
 * The right edge of a growing tree: the roots of its perfect subtrees, largest first, one for each bit of its size.
 * It is all that is needed to append and to know the root, so a tree of any size is hashed in constant memory.
 */
export class Frontier {
  #size: number;
  readonly #roots: Uint8Array[];

  /** @param roots of the perfect subtrees that a tree of `size` falls into, largest first */
  constructor(size = 0, roots: readonly Uint8Array[] = []) {
    this.#size = size;
    this.#roots = [...roots];
  }

  /** Leaves so far. */
  get size(): number {
    return this.#size;
  }

  /** Appends a leaf's hash; joins subtrees of equal size as adding one carries through the bits of the size. */
  push(leafHash: Uint8Array): void {
    let root = leafHash;
    for (let carry = this.#size; carry % 2 === 1; carry = (carry - 1) / 2)
      root = hashNode(this.#roots.pop()!, root);
    this.#roots.push(root);
    this.#size += 1;
  }

  /** RFC 6962's MTH of all leaves so far. */
  root(): Uint8Array {
    return joinRoots(this.#roots);
  }
}

/** The root above adjacent perfect subtrees, largest first. */
export function joinRoots(roots: readonly Uint8Array[]): Uint8Array {
  return roots.length === 0 ? emptyRoot() : roots.reduceRight((right, left) => hashNode(left, right));
}
