import { Problem } from '@kith/protocol';
import {
  hashInTile,
  inclusionRanges,
  perfectSubtrees,
  proveInclusion,
  type Subtree,
  tileOf,
} from '@kith/protocol/ledger';
import type { LedgerCheckpoint, LedgerProof } from '@kith/protocol/study';
import type { Context } from '../../context.ts';
import { encodeEntry } from '../codes.ts';
import { noteKeyOf } from '../tree/signing.ts';
import { readLeavesOf, readNewestCheckpoint, readTiles } from '../tree/store.ts';
import { isUnsealed, readWhole } from './store.ts';

type Sources = Pick<Context, 'database' | 'ledger'>;

/** The newest signed head of the tree, and the key to check it with; base64. Null before anything was sealed. */
export async function showCheckpoint({ database, ledger }: Sources): Promise<LedgerCheckpoint | null> {
  const head = await readNewestCheckpoint(database);
  if (!head) return null;
  const { size, root, note } = head;
  const { name, publicKey } = noteKeyOf(ledger.keys);
  return {
    checkpoint: note,
    size,
    rootHash: root.toString('base64'),
    publicKey: Buffer.from(publicKey).toString('base64'),
    keyName: name,
  };
}

/**
 * What shows that an entry is in the signed tree: RFC 6962 2.1.1, and the exact bytes of its leaf. Nothing of it has to
 * be believed; `verifyInclusion` of `@kith/protocol/ledger` checks it.
 *
 * @throws Problem `entry_unknown`, `ledger_unsealed`
 */
export async function proveEntry({ database }: Sources, entryId: string): Promise<LedgerProof> {
  const [leaf] = await readLeavesOf(database, [entryId]);
  const row = leaf && (await readWhole(database, leaf));
  const head = await readNewestCheckpoint(database);
  if (!leaf || !row || !head || leaf.leafIndex >= head.size) {
    if (leaf || (await isUnsealed(database, entryId)))
      throw new Problem('ledger_unsealed', undefined, { retryAfterSecs: 2 });
    throw new Problem('entry_unknown');
  }
  const hashOf = await subtreeHashes(database, leaf.leafIndex, head.size);
  return {
    index: leaf.leafIndex,
    size: head.size,
    leaf: Buffer.from(encodeEntry(row)).toString('base64'),
    proof: proveInclusion(leaf.leafIndex, head.size, hashOf).map((hash) =>
      Buffer.from(hash).toString('base64'),
    ),
    checkpoint: head.note,
  };
}

/** Reads the tiles that a proof needs, in one go. */
async function subtreeHashes(database: Sources['database'], index: number, size: number) {
  const places = inclusionRanges(index, size).flatMap(perfectSubtrees).map(tileOf);
  const tiles = await readTiles(database, places);
  const known = new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]));
  return (subtree: Subtree): Uint8Array => {
    const { level, index: at, first, count } = tileOf(subtree);
    const hashes = known.get(`${level}/${at}`);
    if (!hashes) throw new Problem('ledger_broken', 'A part of the tree is missing');
    return hashInTile(hashes, first, count);
  };
}
