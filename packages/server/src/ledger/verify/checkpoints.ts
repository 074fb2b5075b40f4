import { type Checkpoint, Frontier, sameBytes } from '@kith/protocol/ledger';
import type { Queryable } from '../../postgres/database.ts';
import type { CheckpointReader } from '../tree/signing.ts';
import { type CheckpointRow, readCheckpointsBelow, readCheckpointsBetween } from '../tree/store.ts';
import type { Finding, Findings } from './findings.ts';

const pageRows = 1_000;

/** The newest checkpoint that the ledger has signed; what someone else wrote above it is passed over. */
export async function readNewestSigned(
  database: Queryable,
  reader: CheckpointReader,
): Promise<Checkpoint | undefined> {
  for (let below = Number.MAX_SAFE_INTEGER; ; ) {
    const rows = await readCheckpointsBelow(database, below, pageRows);
    for (const row of rows) {
      const checkpoint = openRow(row, reader);
      if (checkpoint) return checkpoint;
    }
    if (rows.length < pageRows) return undefined;
    below = rows.at(-1)!.size;
  }
}

/** The tree as it grows again from its leaves; unknown from the first leaf on that cannot be known. */
export class Regrowth {
  readonly #tree = new Frontier();
  #known = true;
  /** Checkpoints that could not be compared. */
  skipped = 0;

  push(hash: Uint8Array | undefined): void {
    if (hash) this.#tree.push(hash);
    else this.#known = false;
  }

  /** @returns undefined when it cannot be known */
  root(): Uint8Array | undefined {
    return this.#known ? this.#tree.root() : undefined;
  }
}

/** Holds a stored checkpoint against the tree regrown to its size. */
export function judgeCheckpoint(
  row: CheckpointRow,
  reader: CheckpointReader,
  tree: Regrowth,
): Finding | undefined {
  const signed = openRow(row, reader);
  if (!signed) return invalid(row.size, 'is not signed by this ledger');
  const root = tree.root();
  if (!root) tree.skipped += 1;
  return root && !sameBytes(root, signed.root)
    ? invalid(row.size, 'is not that of the sealed entries')
    : undefined;
}

/** Checkpoints of trees larger than any, or smaller than the empty one: none of them may be there. */
export async function judgeCheckpointsOutside(
  database: Queryable,
  reader: CheckpointReader,
  size: number,
  findings: Findings,
): Promise<void> {
  const ranges = [
    [Number.MIN_SAFE_INTEGER, 0],
    [size, Number.MAX_SAFE_INTEGER],
  ] as const;
  for (const [from, to] of ranges) {
    let after: number = from;
    for (
      let rows = await page(database, after, to);
      rows.length > 0;
      rows = await page(database, after, to)
    ) {
      // A signed one has come since the verification began.
      for (const row of rows) {
        if (!openRow(row, reader)) findings.add(invalid(row.size, 'is not signed by this ledger'));
      }
      after = rows.at(-1)!.size;
    }
  }
}

function page(database: Queryable, after: number, upTo: number): Promise<CheckpointRow[]> {
  return readCheckpointsBetween(database, after, upTo, pageRows);
}

/** The checkpoint of a row whose columns say what its note says. */
function openRow({ size, root, note }: CheckpointRow, reader: CheckpointReader): Checkpoint | undefined {
  const signed = reader.open(note);
  return signed?.size === size && sameBytes(signed.root, root) ? signed : undefined;
}

function invalid(size: number, why: string): Finding {
  return { kind: 'checkpoint-invalid', detail: `The checkpoint of ${size} entries ${why}` };
}
