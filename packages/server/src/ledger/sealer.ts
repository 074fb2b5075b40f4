import { Problem } from '@kith/protocol';
import { edgeOf, hashBytes, sameBytes, TreeEdge } from '@kith/protocol/ledger';
import type { Database, Queryable } from '../postgres/database.ts';
import { encodeEntry, leafHashOf, macKeyOf, macOf, sealOf } from './codes.ts';
import type { LedgerRow } from './entry.ts';
import type { LedgerKeys } from './ledger.ts';
import { CheckpointReader, signCheckpoint } from './tree/signing.ts';
import * as store from './tree/store.ts';

/** An entry that is not what a service has written, or is sealed already: it stays out of the tree. */
interface RefusedEntry {
  memberId: string;
  entryId: string;
  reason: 'forged' | 'already-sealed';
}

export interface SealReport {
  /** Entries sealed by this call. */
  sealed: number;
  /** Leaves in the tree after it. */
  size: number;
  /** Whether there may be more to seal now. */
  more: boolean;
  refused: RefusedEntry[];
}

/** Entries a transaction seals at most: some 100 ms, and one checkpoint. */
const batchMaxDefault = 4_096;

/** Refused entries that one call names; the rest are counted when `kith ledger verify` names them all. */
const refusedMax = 1_000;

/** The size each database had when this process last sealed in it. */
const sizeSeen = new WeakMap<Database, number>();

/**
 * Seals what has been appended: checks each entry's code, gives it the next place in the tree and signs the tree's new
 * head, all in one transaction, so that a crash at any point leaves the ledger as it was. Of several servers one seals
 * at a time; the others find the lock taken and do nothing.
 *
 * @param now ms since 1970
 * @throws Problem `ledger_broken` when the tree is not the one that its newest checkpoint signs: going on would sign
 *   whatever was put there
 */
export async function sealOnce(
  database: Database,
  keys: LedgerKeys,
  now: number,
  { batchMax = batchMaxDefault }: { batchMax?: number } = {},
): Promise<SealReport> {
  const report = await database.transaction(async (tx) => {
    if (!(await store.tryLockSealing(tx))) return undefined;
    const { batch, refused } = await gather(tx, keys, batchMax);
    const size = batch.length > 0 ? await seal(tx, keys, batch, sizeSeen.get(database) ?? 0, now) : undefined;
    return { sealed: batch.length, size, more: batch.length === batchMax, refused };
  });
  if (report?.size !== undefined) sizeSeen.set(database, report.size);
  const size = report?.size ?? (await store.readNewestCheckpoint(database))?.size ?? 0;
  return { sealed: 0, more: false, refused: [], ...report, size };
}

interface Sealable extends store.EntryPlace {
  leafHash: Buffer;
}

/** Reads on past entries that are refused, so that they cannot hold up the others. */
async function gather(
  tx: Queryable,
  keys: LedgerKeys,
  batchMax: number,
): Promise<{ batch: Sealable[]; refused: RefusedEntry[] }> {
  const macKey = macKeyOf(keys);
  const batch: Sealable[] = [];
  const refused: RefusedEntry[] = [];
  let last: LedgerRow | undefined;
  do {
    const wanted = batchMax - batch.length;
    const rows = await store.readUnsealed(tx, last, wanted);
    const leaves =
      rows.length > 0
        ? await store.readLeavesOf(
            tx,
            rows.map((row) => row.entryId),
          )
        : [];
    const sealed = new Set(leaves.map(keyOf));
    for (const row of rows) {
      const encoded = encodeEntry(row);
      const forged = !macOf(macKey, encoded).equals(row.mac);
      if (!forged && !sealed.has(keyOf(row))) batch.push({ ...row, leafHash: leafHashOf(encoded) });
      else if (refused.length < refusedMax) refused.push(refusal(row, forged));
    }
    last = rows.length === wanted ? rows.at(-1) : undefined;
  } while (last && batch.length < batchMax);
  return { batch, refused };
}

function keyOf({ entryId, memberId }: store.EntryPlace): string {
  return entryId + memberId;
}

function refusal({ memberId, entryId }: LedgerRow, forged: boolean): RefusedEntry {
  return { memberId, entryId, reason: forged ? 'forged' : 'already-sealed' };
}

/** @returns the size of the tree with the batch in it */
async function seal(
  tx: Queryable,
  keys: LedgerKeys,
  batch: readonly Sealable[],
  sizeMin: number,
  now: number,
): Promise<number> {
  const macKey = macKeyOf(keys);
  const edge = await readEdge(tx, keys, sizeMin);
  const leaves = batch.map(({ memberId, entryId, leafHash }, at) => {
    const leaf = { leafIndex: edge.size + at, memberId, entryId, leafHash };
    return { ...leaf, seal: sealOf(macKey, leaf) };
  });
  await store.insertLeaves(tx, leaves);
  await store.markSealed(tx, leaves);
  await store.writeTiles(tx, edge.append(leaves.map(({ leafHash }) => leafHash)));
  const [size, root] = [edge.size, Buffer.from(edge.root())];
  await store.insertCheckpoint(tx, { size, root, note: signCheckpoint(keys, size, root) }, new Date(now));
  return size;
}

/** The right edge of the tree, only if it is the one that we signed last, or later than we have seen. */
async function readEdge(tx: Queryable, keys: LedgerKeys, sizeMin: number): Promise<TreeEdge> {
  const newest = await store.readNewestCheckpoint(tx);
  const size = newest?.size ?? 0;
  if (size < sizeMin) throw broken(`it has ${size} entries and had ${sizeMin}`);
  const beyond = await store.readLeavesFrom(tx, size, 1);
  if (beyond.length > 0) throw broken('its newest checkpoint is missing');
  if (!newest) return new TreeEdge();
  const signed = new CheckpointReader(keys).open(newest.note);
  if (signed?.size !== size) throw broken('its newest checkpoint is not signed by it');
  const tiles = await store.readTiles(tx, edgeOf(size));
  const whole = edgeOf(size).every(({ level, width }) =>
    tiles.some((tile) => tile.level === level && tile.hashes.length >= width * hashBytes),
  );
  const edge = whole ? new TreeEdge(size, tiles) : undefined;
  if (!edge || !sameBytes(edge.root(), signed.root)) throw broken('its tree is not the one that was signed');
  return edge;
}

function broken(why: string): Problem {
  return new Problem('ledger_broken', `Nothing is sealed, because the ledger was tampered with: ${why}`);
}
