import {
  type Checkpoint,
  edgeOf,
  hashAt,
  hashBytes,
  hashInTile,
  sameBytes,
  type Tile,
  TreeEdge,
  tileWidth,
} from '@kith/protocol/ledger';
import type { Queryable } from '../../postgres/database.ts';
import { readTiles } from '../tree/store.ts';
import type { Findings } from './findings.ts';

const tileBytes = tileWidth * hashBytes;

/**
 * What the newest checkpoint proves about single leaves: from its signed root down through the stored tiles, each held
 * against the hash that the tile above has for it. A tile that is not what it should be proves nothing and is reported.
 */
export class ProvedLeaves {
  readonly #database: Queryable;
  readonly #findings: Findings;
  readonly #size: number;
  readonly #edge: readonly Tile[];
  /** The tile of each level that was proved last; leaves are asked for in order. */
  readonly #last: { index: number; hashes: Uint8Array | undefined }[] = [];

  private constructor(database: Queryable, findings: Findings, size: number, edge: readonly Tile[]) {
    this.#database = database;
    this.#findings = findings;
    this.#size = size;
    this.#edge = edge;
  }

  static async open(database: Queryable, checkpoint: Checkpoint | undefined, findings: Findings) {
    if (!checkpoint) return new ProvedLeaves(database, findings, 0, []);
    const { size, root } = checkpoint;
    const edge = await readTiles(database, edgeOf(size));
    if (rootOf(size, edge, root)) return new ProvedLeaves(database, findings, size, edge);
    const detail = 'The tiles that the tree ends in do not give the root that was signed';
    findings.add({ kind: 'tile-changed', detail });
    return new ProvedLeaves(database, findings, size, []);
  }

  /** Reads the tiles of a range of leaves, to be handed to `hashes` later. */
  async read(begin: number, end: number): Promise<Map<number, Uint8Array>> {
    const [first, last] = [Math.floor(begin / tileWidth), Math.ceil(Math.min(end, this.#size) / tileWidth)];
    const places = Array.from({ length: Math.max(0, last - first) }, (_, at) => ({
      level: 0,
      index: first + at,
    }));
    const tiles = await readTiles(this.#database, places);
    return new Map(tiles.map(({ index, hashes }) => [index, hashes]));
  }

  /** The hashes of a range of leaves, undefined where nothing stored proves them. */
  async hashes(
    begin: number,
    end: number,
    read: ReadonlyMap<number, Uint8Array>,
  ): Promise<(Uint8Array | undefined)[]> {
    const found = [];
    for (let leafIndex = begin; leafIndex < end; leafIndex += 1) {
      const index = Math.floor(leafIndex / tileWidth);
      const last = this.#last[0];
      const tile = last?.index === index ? last.hashes : await this.#proved(0, index, read.get(index));
      found.push(tile && hashAt(tile, leafIndex % tileWidth));
    }
    return found;
  }

  async #proved(level: number, index: number, stored?: Uint8Array): Promise<Uint8Array | undefined> {
    const last = this.#last[level];
    if (last?.index === index) return last.hashes;
    const hashes = await this.#prove(level, index, stored);
    this.#last[level] = { index, hashes };
    return hashes;
  }

  async #prove(level: number, index: number, stored?: Uint8Array): Promise<Uint8Array | undefined> {
    const full = Math.floor(this.#size / tileWidth ** (level + 1)) > index;
    if (!full) return this.#edge.find((tile) => tile.level === level && tile.index === index)?.hashes;
    const above = await this.#proved(level + 1, Math.floor(index / tileWidth));
    if (!above) return undefined;
    const hashes = stored ?? (await readTiles(this.#database, [{ level, index }]))[0]?.hashes;
    const expected = hashAt(above, index % tileWidth);
    if (hashes?.length === tileBytes && sameBytes(hashInTile(hashes), expected)) return hashes;
    const detail = `Tile ${index} of level ${level} is ${hashes ? 'not what was signed' : 'gone'}`;
    this.#findings.add({ kind: 'tile-changed', detail });
    return undefined;
  }
}

function rootOf(size: number, edge: readonly Tile[], root: Uint8Array): boolean {
  const whole = edgeOf(size).every(({ level, width }) =>
    edge.some((tile) => tile.level === level && tile.hashes.length >= width * hashBytes),
  );
  return whole && sameBytes(new TreeEdge(size, edge).root(), root);
}
