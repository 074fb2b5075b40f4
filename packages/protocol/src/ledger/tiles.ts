import { joinRoots } from './frontier.ts';
import { hashBytes, hashNode } from './hash.ts';
import { perfectSubtrees, type Subtree } from './ranges.ts';

/** Hashes in a full tile: eight levels of the tree at once. */
export const tileWidth = 256;
const tileHeight = 8;

/**
 * Consecutive hashes of one level of the tree, as C2SP tlog-tiles cuts it: the hashes of level `l` stand for 256^l
 * leaves each. Only the last tile of a level may hold fewer than 256.
 */
export interface Tile {
  level: number;
  index: number;
  /** 32 bytes for each hash. */
  hashes: Uint8Array;
}

/** Where a tile stands. */
export type TilePlace = Omit<Tile, 'hashes'>;

/** The tiles that a tree ends in, one for each level that does not end with a full tile, lowest level first. */
export function edgeOf(size: number): (TilePlace & { width: number })[] {
  const edge = [];
  for (let [level, count] = [0, size]; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    const width = count % tileWidth;
    if (width > 0) edge.push({ level, index: Math.floor(count / tileWidth), width });
  }
  return edge;
}

/** The tile that holds what a subtree's hash is made of: `count` hashes from `first` on. */
export function tileOf({ level, index }: Subtree): TilePlace & { first: number; count: number } {
  const count = 2 ** (level % tileHeight);
  const at = index * count;
  return {
    level: Math.floor(level / tileHeight),
    index: Math.floor(at / tileWidth),
    first: at % tileWidth,
    count,
  };
}

/** The hash of the subtree over `count` of a tile's hashes, a power of two. */
export function hashInTile(hashes: Uint8Array, first = 0, count = tileWidth): Uint8Array {
  if (count === 1) return hashAt(hashes, first);
  return hashNode(hashInTile(hashes, first, count / 2), hashInTile(hashes, first + count / 2, count / 2));
}

/** One of a tile's hashes; shorter than 32 bytes where the tile does not hold it. */
export function hashAt(hashes: Uint8Array, at: number): Uint8Array {
  return hashes.subarray(at * hashBytes, (at + 1) * hashBytes);
}

/** A tree that grows on the right, kept as the tiles that it ends in. */
export class TreeEdge {
  #size: number;
  readonly #levels: Uint8Array[][] = [];

  /** @param tiles those that `edgeOf(size)` names, each at least as wide */
  constructor(size = 0, tiles: readonly Tile[] = []) {
    this.#size = size;
    for (const { level, width } of edgeOf(size)) {
      const tile = tiles.find((given) => given.level === level);
      if (!tile || tile.hashes.length < width * hashBytes) throw new RangeError(`No tile of level ${level}`);
      this.#level(level).push(...Array.from({ length: width }, (_, at) => hashAt(tile.hashes, at)));
    }
  }

  get size(): number {
    return this.#size;
  }

  /** @returns every tile that is new or wider than before */
  append(leafHashes: readonly Uint8Array[]): Tile[] {
    const full: Tile[] = [];
    const touched = new Set<number>();
    for (const hash of leafHashes) {
      this.#push(0, hash, full, touched);
      this.#size += 1;
    }
    const partial = edgeOf(this.#size)
      .filter(({ level }) => touched.has(level))
      .map(({ level, index }) => ({ level, index, hashes: concat(this.#level(level)) }));
    return [...full, ...partial];
  }

  /** RFC 6962's MTH of all leaves. */
  root(): Uint8Array {
    const roots = this.#levels.toReversed().flatMap((hashes) => {
      const tile = concat(hashes);
      const places = perfectSubtrees({ begin: 0, end: hashes.length }).map(tileOf);
      return places.map(({ first, count }) => hashInTile(tile, first, count));
    });
    return joinRoots(roots);
  }

  #push(level: number, hash: Uint8Array, full: Tile[], touched: Set<number>): void {
    const hashes = this.#level(level);
    touched.add(level);
    hashes.push(hash);
    if (hashes.length < tileWidth) return;
    const tile = concat(hashes);
    const index = Math.floor(this.#size / tileWidth ** (level + 1));
    full.push({ level, index, hashes: tile });
    hashes.length = 0;
    this.#push(level + 1, hashInTile(tile), full, touched);
  }

  #level(level: number): Uint8Array[] {
    while (this.#levels.length <= level) this.#levels.push([]);
    return this.#levels[level]!;
  }
}

function concat(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * hashBytes);
  hashes.forEach((hash, at) => {
    bytes.set(hash, at * hashBytes);
  });
  return bytes;
}
