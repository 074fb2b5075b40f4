import { linkSignals } from '../signals/index.ts';
import type { Blocks, LinkSignal } from '../signals/signal.ts';

/** One kind of block: a link signal may have several. Its index is part of its blocks' numbers, so it does not depend on the run. */
export interface BlockKind {
  index: number;
  signal: LinkSignal;
  blocks: Blocks;
}

/** Room for kinds in a block's number. */
const kindsMax = 16;

const allKinds: readonly BlockKind[] = linkSignals
  .flatMap((signal) => signal.blocks.map((blocks) => ({ signal, blocks })))
  .map((each, index) => ({ ...each, index }));
if (allKinds.length > kindsMax) throw new RangeError('more kinds of blocks than a block number has room for');

export function kindsOf(signals: readonly LinkSignal[]): BlockKind[] {
  return allKinds.filter(({ signal }) => signals.includes(signal));
}

/** SQL for a block's number: 48 bits of hash and its kind, below 2^53, which JSON carries exactly. */
export function blockSql(hash: string, kind: BlockKind): string {
  return `(bitShiftRight(toUInt64(${hash}), 16) * ${kindsMax} + ${kind.index})`;
}

/** SQL condition for blocks of this kind. */
export function isKindSql(kind: BlockKind): string {
  return `block % ${kindsMax} = ${kind.index}`;
}

export function isOfKind(block: number, kind: BlockKind): boolean {
  return block % kindsMax === kind.index;
}
