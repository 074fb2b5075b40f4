import type { Checkpoint } from '@kith/protocol/ledger';
import type { Database } from '../postgres/database.ts';
import { macKeyOf } from './codes.ts';
import type { LedgerKeys } from './ledger.ts';
import { CheckpointReader } from './tree/signing.ts';
import { judgeCheckpointsOutside, readNewestSigned } from './verify/checkpoints.ts';
import { type Finding, Findings } from './verify/findings.ts';
import { judgeBeyond, judgePlaces, madeUp } from './verify/places.ts';
import { ProvedLeaves } from './verify/proved-leaves.ts';
import { type Extent, readExtent, readLeavesOutside } from './verify/store.ts';
import { judgeSealedRows, judgeUnsealed } from './verify/strays.ts';

export interface VerifyOptions {
  /** Told how many places of the tree are judged, and how many there are. */
  progress?: (done: number, total: number) => void;
  onFinding?: (finding: Finding) => void;
  /** Findings that the report repeats; all of them are told. Default 10,000. */
  findingsMax?: number;
  /** A checkpoint that was kept outside the database. */
  kept?: Checkpoint;
  /** ms since 1970; with it, entries that should long have been sealed are found. */
  now?: number;
}

export interface VerifyReport {
  ok: boolean;
  /** Leaves under the newest checkpoint. */
  size: number;
  /** Entries found in their places. */
  entries: number;
  /** Entries that wait to be sealed. */
  unsealed: number;
  findings: Finding[];
  /** May be more than `findings` holds. */
  findingsTotal: number;
}

/**
 * Finds every change made to a sealed ledger by someone who has the database but not the keys, and names the entries it
 * befell. Reads in order of the tree, in batches: memory does not grow with the ledger, and the service may go on
 * writing meanwhile.
 *
 * Two things leave no trace inside the database: entries removed in the seconds before they were sealed, and the newest
 * entries removed together with every checkpoint that covers them. Against the second, keep a checkpoint elsewhere.
 */
export async function verifyLedger(
  database: Database,
  keys: LedgerKeys,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const findings = new Findings(options.findingsMax ?? 10_000, options.onFinding);
  const macKey = macKeyOf(keys);
  const reader = new CheckpointReader(keys);
  const { extent, newest } = await readHead(database, reader);
  const size = newest?.size ?? 0;
  const proved = await ProvedLeaves.open(database, newest, findings);
  const bench = { database, macKey, reader, proved, findings };
  const told = (done: number) => options.progress?.(done, size);
  const { placed, latestMs } = await judgePlaces(bench, size, options.kept, told);
  const beyond = await judgeBeyond(bench, size, extent.leafIndexMax);
  for (const leaf of await readLeavesOutside(database, 1_000)) findings.add(madeUp(leaf));
  await judgeCheckpointsOutside(database, reader, size, findings);
  reportShorter(options.kept, size, findings);

  // As many rows as places: then every row marked sealed has been judged in its place, and there are no others.
  const entries = placed + beyond;
  if (entries !== extent.sealedRows) await judgeSealedRows(database, macKey, findings);
  const waiting = { sealedUntilMs: latestMs, now: options.now };
  const unsealed = await judgeUnsealed(database, macKey, waiting, findings);
  const { kept, total } = findings;
  return { ok: total === 0, size, entries, unsealed, findings: kept, findingsTotal: total };
}

/** One moment of the ledger, so that what is sealed meanwhile is not taken for an intrusion. */
async function readHead(
  database: Database,
  reader: CheckpointReader,
): Promise<{ extent: Extent; newest: Checkpoint | undefined }> {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read');
    return { extent: await readExtent(tx), newest: await readNewestSigned(tx, reader) };
  });
}

function reportShorter(kept: Checkpoint | undefined, size: number, findings: Findings): void {
  if (!kept || kept.size <= size) return;
  const detail = `The ledger has ${size} sealed entries; the checkpoint kept outside has ${kept.size}`;
  findings.add({ kind: 'rolled-back', detail });
}
