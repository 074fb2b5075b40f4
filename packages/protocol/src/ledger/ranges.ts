/** Consecutive leaves, `end` excluded. */
export interface Range {
  begin: number;
  end: number;
}

/** A perfect subtree: the leaves from `index * 2^level` up to `(index + 1) * 2^level`. */
export interface Subtree {
  level: number;
  index: number;
}

/**
 * The ranges whose hashes prove that leaf `index` is in the tree of `size` leaves, from the leaf up: PATH(m, D[n]) of
 * RFC 6962, section 2.1.1.
 */
export function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin);
    if (index < middle) {
      ranges.push({ begin: middle, end });
      end = middle;
    } else {
      ranges.push({ begin, end: middle });
      begin = middle;
    }
  }
  return ranges.reverse();
}

/**
 * The ranges whose hashes prove that a tree of `before` leaves is the start of one of `after`: PROOF(m, D[n]) of RFC
 * 6962, section 2.1.2.
 */
export function consistencyRanges(before: number, after: number): Range[] {
  if (before === 0 || before === after) return [];
  const ranges: Range[] = [];
  let [begin, end] = [0, after];
  while (before !== end) {
    const middle = begin + splitOf(end - begin);
    if (before <= middle) {
      ranges.push({ begin: middle, end });
      end = middle;
    } else {
      ranges.push({ begin, end: middle });
      begin = middle;
    }
  }
  // The verifier already has the old root; only a part of it must be sent.
  if (begin > 0) ranges.push({ begin, end });
  return ranges.reverse();
}

/** The perfect subtrees, largest first, that a range of the recursions above falls into. */
export function perfectSubtrees({ begin, end }: Range): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = begin; at < end; ) {
    const level = floorLog2(end - at);
    subtrees.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return subtrees;
}

/** The largest power of two smaller than `size`, which is at least 2. */
function splitOf(size: number): number {
  return 2 ** floorLog2(size - 1);
}

/** Exact where `Math.log2` rounds up, which it does just below large powers of two. */
function floorLog2(value: number): number {
  const level = Math.floor(Math.log2(value));
  return 2 ** level > value ? level - 1 : level;
}
