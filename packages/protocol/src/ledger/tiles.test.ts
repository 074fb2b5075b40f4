import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashBytes, hashLeaf } from './hash.ts';
import { proveConsistency, proveInclusion, type SubtreeHash } from './proofs.ts';
import { consistencyRanges, inclusionRanges, perfectSubtrees } from './ranges.ts';
import { consistencyOf, pathOf, rootOf } from './reference.testing.ts';
import { edgeOf, hashInTile, type Tile, TreeEdge, tileOf } from './tiles.ts';

const size = 3 * 256 + 17;
const leaves = Array.from({ length: size }, (_, index) => hashLeaf(new TextEncoder().encode(`${index}`)));

/** Keeps tiles as a table would: one of each place, the last written. */
class Shelf {
  readonly #tiles = new Map<string, Tile>();

  put(tiles: readonly Tile[]): void {
    for (const tile of tiles) this.#tiles.set(`${tile.level}/${tile.index}`, tile);
  }

  all(): Tile[] {
    return [...this.#tiles.values()];
  }

  edge(of: number): Tile[] {
    return edgeOf(of).map(({ level, index }) => this.#tiles.get(`${level}/${index}`)!);
  }

  readonly hashOf: SubtreeHash = (subtree) => {
    const { level, index, first, count } = tileOf(subtree);
    return hashInTile(this.#tiles.get(`${level}/${index}`)!.hashes, first, count);
  };
}

/** Appends leaves in batches, each from the tiles on the shelf alone. */
function grown(batches: readonly number[], shelf: Shelf): TreeEdge {
  let edge = new TreeEdge();
  for (const batch of batches) {
    edge = new TreeEdge(edge.size, shelf.edge(edge.size));
    shelf.put(edge.append(leaves.slice(edge.size, edge.size + batch)));
  }
  return edge;
}

const batches = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 6 }).map((sizes) => {
  let left = size;
  return sizes.map((batch) => {
    const taken = Math.min(batch, left);
    left -= taken;
    return taken;
  });
});

describe('tiles', () => {
  it('give the root that recursion finds, however the leaves arrive', () => {
    fc.assert(
      fc.property(batches, (sizes) => {
        const edge = grown(sizes, new Shelf());
        expect(edge.root()).toEqual(rootOf(leaves.slice(0, edge.size)));
      }),
      { numRuns: 40 },
    );
  });

  it('end where the specification says a tree of 70,000 ends', () => {
    expect(edgeOf(70_000)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
    expect(edgeOf(256)).toEqual([{ level: 1, index: 0, width: 1 }]);
    expect(edgeOf(0)).toEqual([]);
  });

  it('are as wide as the specification says once all batches are in', () => {
    const shelf = new Shelf();
    grown([1, 255, 256, 200, 73], shelf);
    const widths = shelf.all().map(({ level, index, hashes }) => [level, index, hashes.length / hashBytes]);
    expect(widths.sort()).toEqual([
      [0, 0, 256],
      [0, 1, 256],
      [0, 2, 256],
      [0, 3, 17],
      [1, 0, 3],
    ]);
  });

  it('carry a full tile of full tiles to the level above', () => {
    const one = leaves[0]!;
    const edge = new TreeEdge();
    const tiles = edge.append(Array.from({ length: 256 * 256 + 1 }, () => one));
    expect(tiles.filter(({ level }) => level === 2)).toMatchObject([
      { index: 0, hashes: { length: hashBytes } },
    ]);
    const again = new TreeEdge(
      edge.size,
      tiles.filter(({ level, index }) => level !== 0 || index === 256),
    );
    expect(again.root()).toEqual(edge.root());
  });

  it('prove every leaf, also to an older and smaller tree', () => {
    const shelf = new Shelf();
    grown([size], shelf);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: size }), fc.nat(), (then, seed) => {
        const index = seed % then;
        expect(proveInclusion(index, then, shelf.hashOf)).toEqual(pathOf(index, leaves.slice(0, then)));
      }),
      { numRuns: 60 },
    );
  });

  it('prove any older tree to be the start of a newer one', () => {
    const shelf = new Shelf();
    grown([size], shelf);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: size }), fc.nat(), (after, seed) => {
        const before = 1 + (seed % after);
        const proof = proveConsistency(before, after, shelf.hashOf);
        expect(proof).toEqual(consistencyOf(before, leaves.slice(0, after)));
      }),
      { numRuns: 60 },
    );
  });

  it('refuse an edge with a tile missing or too narrow', () => {
    const shelf = new Shelf();
    grown([600], shelf);
    const edge = shelf.edge(600);
    expect(() => new TreeEdge(600, edge.slice(1))).toThrow(RangeError);
    const narrow = edge.map((tile) => ({ ...tile, hashes: tile.hashes.subarray(hashBytes) }));
    expect(() => new TreeEdge(600, narrow)).toThrow(RangeError);
  });
});

describe('ranges of proofs', () => {
  it('fall into perfect subtrees also where doubles run out of fraction bits', () => {
    const huge = 2 ** 50 - 1;
    const [top] = perfectSubtrees({ begin: 0, end: huge });
    expect(top).toEqual({ level: 49, index: 0 });
    expect(inclusionRanges(0, huge).at(-1)).toEqual({ begin: 2 ** 49, end: huge });
    expect(consistencyRanges(2 ** 49, huge)).toEqual([{ begin: 2 ** 49, end: huge }]);
  });
});
