import { type Checkpoint, sameBytes } from '@kith/protocol/ledger';
import type { Queryable } from '../../postgres/database.ts';
import type { LeafRow, MacKey } from '../codes.ts';
import type { CheckpointReader } from '../tree/signing.ts';
import { type CheckpointRow, readCheckpointsBetween, readLeavesFrom } from '../tree/store.ts';
import { judgeCheckpoint, Regrowth } from './checkpoints.ts';
import type { Findings } from './findings.ts';
import { judge, type StoredEntry } from './judge.ts';
import type { ProvedLeaves } from './proved-leaves.ts';
import { readEntries, readErased } from './store.ts';

/** Places judged at a time: eight full tiles. */
const batchPlaces = 2_048;

export interface Bench {
  database: Queryable;
  macKey: MacKey;
  reader: CheckpointReader;
  proved: ProvedLeaves;
  findings: Findings;
}

export interface PlacesResult {
  /** Entries found where they were sealed and marked so. */
  placed: number;
  /** The latest time in the ids of those, ms since 1970. */
  latestMs: number;
}

/**
 * Judges every place of the tree in order, and every checkpoint when the tree has regrown to its size. The next batch
 * is read while one is judged; nothing is kept of a batch that is done.
 *
 * @param kept a checkpoint from outside to hold the tree against
 */
export async function judgePlaces(
  bench: Bench,
  size: number,
  kept: Checkpoint | undefined,
  progress: (done: number) => void,
): Promise<PlacesResult> {
  const tree = new Regrowth();
  const result = { placed: 0, latestMs: 0 };
  for await (const batch of ahead(rangesOf(size), (range) => readBatch(bench, range.begin, range.end))) {
    const proved = await bench.proved.hashes(batch.begin, batch.end, batch.tiles);
    const checkpoints = new Map(batch.checkpoints.map((row) => [row.size, row]));
    for (let index = batch.begin; index < batch.end; index += 1) {
      const entry = judgePlace(bench, batch, index, proved[index - batch.begin], tree, result);
      if (entry) result.latestMs = Math.max(result.latestMs, timeOf(entry.entryId));
      const checkpoint = checkpoints.get(index + 1);
      if (checkpoint) bench.findings.add(judgeCheckpoint(checkpoint, bench.reader, tree));
      if (kept?.size === index + 1) compareKept(kept, tree, bench.findings);
    }
    progress(batch.end);
  }
  reportSkipped(tree, bench.findings);
  return result;
}

/** @returns the entry, if it is in its place */
function judgePlace(
  { macKey, findings }: Bench,
  batch: Batch,
  index: number,
  proved: Uint8Array | undefined,
  tree: Regrowth,
  result: PlacesResult,
): StoredEntry | undefined {
  const leaf = batch.leaves.get(index);
  const entry = leaf && batch.entries.get(keyOf(leaf));
  const erased = leaf !== undefined && batch.erased.has(leaf.memberId);
  const verdict = judge(macKey, { index, leaf, entry, proved, erased });
  findings.add(verdict.finding);
  tree.push(verdict.hash);
  if (!verdict.placed || !entry) return undefined;
  if (entry.sealed) result.placed += 1;
  return entry;
}

function compareKept(kept: Checkpoint, tree: Regrowth, findings: Findings): void {
  const root = tree.root();
  if (root && sameBytes(root, kept.root)) return;
  const detail = root ? 'are not those of' : 'cannot be compared with those of';
  findings.add({
    kind: 'rolled-back',
    detail: `The first ${kept.size} entries ${detail} the checkpoint kept outside`,
  });
}

function reportSkipped({ skipped }: Regrowth, findings: Findings): void {
  if (skipped === 0) return;
  const detail = `${skipped} checkpoints cannot be compared, because what they sign is gone`;
  findings.add({ kind: 'checkpoint-invalid', detail });
}

/**
 * Judges leaves that stand after the newest checkpoint, up to `indexMax`: since leaves and their checkpoint are written
 * together, either the checkpoint is gone or the leaves were made up.
 */
export async function judgeBeyond(bench: Bench, size: number, indexMax: number): Promise<number> {
  let placed = 0;
  let expected = size;
  for (let from = size; from <= indexMax; ) {
    const batch = await readLeaves(bench.database, await readLeavesFrom(bench.database, from, batchPlaces));
    for (const leaf of batch.leaves.values()) {
      if (leaf.leafIndex > indexMax) continue;
      const entry = batch.entries.get(keyOf(leaf));
      const erased = batch.erased.has(leaf.memberId);
      const { hash, finding } = judge(bench.macKey, {
        index: leaf.leafIndex,
        leaf,
        entry,
        proved: undefined,
        erased,
      });
      if (hash === undefined) bench.findings.add(madeUp(leaf));
      else {
        if (leaf.leafIndex > expected) bench.findings.add(gap(expected, leaf.leafIndex));
        bench.findings.add(finding);
        if (entry?.sealed) placed += 1;
        expected = leaf.leafIndex + 1;
      }
    }
    if (batch.leaves.size < batchPlaces) break;
    from = Math.max(...batch.leaves.keys()) + 1;
  }
  if (expected > size) bench.findings.add(beheaded(size, expected));
  return placed;
}

export function madeUp({ leafIndex, memberId, entryId }: LeafRow) {
  return {
    kind: 'inserted',
    leafIndex,
    memberId,
    entryId,
    detail: 'A leaf where nothing was sealed',
  } as const;
}

function gap(first: number, next: number) {
  const detail = `The leaves from ${first} to ${next - 1} are gone`;
  return { kind: 'removed', leafIndex: first, detail } as const;
}

function beheaded(size: number, expected: number) {
  const detail = `The newest checkpoint is of ${size} entries, but ${expected} were sealed: a later one was removed`;
  return { kind: 'checkpoint-invalid', detail } as const;
}

interface Batch {
  begin: number;
  end: number;
  leaves: Map<number, LeafRow>;
  entries: Map<string, StoredEntry>;
  erased: Set<string>;
  tiles: Map<number, Uint8Array>;
  checkpoints: CheckpointRow[];
}

async function readBatch({ database, proved }: Bench, begin: number, end: number): Promise<Batch> {
  const [leaves, tiles, checkpoints] = await Promise.all([
    readLeavesFrom(database, begin, end - begin),
    proved.read(begin, end),
    readCheckpointsBetween(database, begin, end, end - begin),
  ]);
  const inRange = leaves.filter(({ leafIndex }) => leafIndex < end);
  return { begin, end, tiles, checkpoints, ...(await readLeaves(database, inRange)) };
}

/** Leaves with the entries that they name: leaves first, so that a place sealed meanwhile is whole. */
async function readLeaves(database: Queryable, leaves: readonly LeafRow[]) {
  const entries = await readEntries(database, leaves);
  const withoutContext = entries.filter(
    ({ contextHash, context }) => contextHash !== null && context === null,
  );
  const erased = await readErased(database, [...new Set(withoutContext.map(({ memberId }) => memberId))]);
  return {
    leaves: new Map(leaves.map((leaf) => [leaf.leafIndex, leaf])),
    entries: new Map(entries.map((entry) => [keyOf(entry), entry])),
    erased: new Set(erased),
  };
}

function keyOf({ memberId, entryId }: { memberId: string; entryId: string }): string {
  return entryId + memberId;
}

/** The milliseconds in a UUIDv7. */
export function timeOf(entryId: string): number {
  return Number.parseInt(entryId.slice(0, 8) + entryId.slice(9, 13), 16);
}

function* rangesOf(size: number): Generator<{ begin: number; end: number }> {
  for (let begin = 0; begin < size; begin += batchPlaces)
    yield { begin, end: Math.min(begin + batchPlaces, size) };
}

/** Loads one ahead of the one in hand. */
async function* ahead<Range, Loaded>(
  ranges: Iterable<Range>,
  load: (range: Range) => Promise<Loaded>,
): AsyncGenerator<Loaded> {
  let next: Promise<Loaded> | undefined;
  for (const range of ranges) {
    const current = next;
    next = load(range);
    next.catch(() => {}); // reported when it is awaited, if it ever is
    if (current) yield await current;
  }
  if (next) yield await next;
}
