import { MARK_BYTES, type Vault } from './vault.ts';

/** Pieces of a table that are left apart before they are joined. */
const piecesMax = 16;

/**
 * Rows of one length by mark, kept as pieces that are only ever added: what a batch has learnt is one write, and a run
 * killed at any point has whole batches or none.
 */
export class Table {
  readonly #vault: Vault;
  readonly #prefix: string;
  readonly #rowBytes: number;
  readonly #rows = new Map<string, Uint8Array>();
  #next = 0;

  private constructor(vault: Vault, prefix: string, rowBytes: number) {
    this.#vault = vault;
    this.#prefix = prefix;
    this.#rowBytes = rowBytes;
  }

  /** @param prefix of its names in the vault, ending with `/` */
  static async load(vault: Vault, prefix: string, rowBytes: number): Promise<Table> {
    const table = new Table(vault, prefix, rowBytes);
    const names = (await vault.keys(prefix)).sort();
    const pieces = await Promise.all(names.map((name) => vault.get(name)));
    for (const piece of pieces) if (piece !== undefined) table.#read(piece);
    table.#next = names.length === 0 ? 0 : Number.parseInt(names.at(-1)!.slice(prefix.length), 10) + 1;
    if (names.length > piecesMax) await table.#join(names);
    return table;
  }

  get size(): number {
    return this.#rows.size;
  }

  has(mark: Uint8Array): boolean {
    return this.#rows.has(keyOf(mark));
  }

  get(mark: Uint8Array): Uint8Array | undefined {
    return this.#rows.get(keyOf(mark));
  }

  /** Adds or replaces rows; they are kept once this resolves. */
  async add(rows: readonly { mark: Uint8Array; row: Uint8Array }[]): Promise<void> {
    if (rows.length === 0) return;
    for (const { mark, row } of rows) this.#rows.set(keyOf(mark), row);
    await this.#write(rows);
  }

  /** All marks that have a row. */
  marks(): Uint8Array[] {
    return [...this.#rows.keys()].map(markOf);
  }

  /** Drops rows. The old pieces go first: killed in between, rows are lost and worked out anew, and none comes back. */
  async remove(marks: readonly Uint8Array[]): Promise<void> {
    let dropped = false;
    for (const mark of marks) dropped = this.#rows.delete(keyOf(mark)) || dropped;
    if (!dropped) return;
    await this.#vault.sweep(this.#prefix, () => true);
    await this.#write([...this.#rows].map(([key, row]) => ({ mark: markOf(key), row })));
  }

  async #write(rows: readonly { mark: Uint8Array; row: Uint8Array }[]): Promise<void> {
    const width = MARK_BYTES + this.#rowBytes;
    const piece = new Uint8Array(rows.length * width);
    for (const [at, { mark, row }] of rows.entries()) {
      piece.set(mark, at * width);
      piece.set(row, at * width + MARK_BYTES);
    }
    const name = `${this.#prefix}${String(this.#next++).padStart(10, '0')}`;
    await this.#vault.put(name, piece);
  }

  /** A piece of another length than this version writes is passed over: it will be worked out anew. */
  #read(piece: Uint8Array): void {
    const width = MARK_BYTES + this.#rowBytes;
    if (piece.length % width !== 0) return;
    for (let at = 0; at < piece.length; at += width) {
      const row = piece.subarray(at + MARK_BYTES, at + width);
      this.#rows.set(keyOf(piece, at), row);
    }
  }

  /** The whole first, then the pieces go: killed in between, rows are there twice and mean the same. */
  async #join(names: readonly string[]): Promise<void> {
    await this.#write([...this.#rows].map(([key, row]) => ({ mark: markOf(key), row })));
    for (const name of names) await this.#vault.delete(name);
  }
}

/** The cheapest key of a map that 16 bytes can become: eight units of text. */
function keyOf(bytes: Uint8Array, from = 0): string {
  const unit = (at: number) => (bytes[from + at]! << 8) | bytes[from + at + 1]!;
  return String.fromCharCode(unit(0), unit(2), unit(4), unit(6), unit(8), unit(10), unit(12), unit(14));
}

function markOf(key: string): Uint8Array {
  const mark = new Uint8Array(MARK_BYTES);
  for (let at = 0; at < MARK_BYTES; at += 2) {
    const unit = key.charCodeAt(at / 2);
    mark[at] = unit >> 8;
    mark[at + 1] = unit;
  }
  return mark;
}
