import { readFile } from 'node:fs/promises';
import { Problem } from '@kith/protocol';
import { type Checkpoint, formatNoteKey } from '@kith/protocol/ledger';
import type { Database } from '../postgres/database.ts';
import type { LedgerKeys } from './ledger.ts';
import { CheckpointReader, noteKeyOf, signCheckpoint } from './tree/signing.ts';
import { readNewestSigned } from './verify/checkpoints.ts';
import type { Finding } from './verify/findings.ts';
import { type VerifyReport, verifyLedger } from './verify.ts';

interface LedgerCommand {
  database: Database;
  keys: LedgerKeys;
  /** One JSON document in place of words. */
  json?: boolean | undefined;
  /** Takes text for standard output, whole lines. */
  write: (text: string) => void;
}

export interface LedgerVerifyCommand extends LedgerCommand {
  /** A file with a checkpoint that `kith ledger checkpoint` has printed before. */
  checkpointFile?: string | undefined;
  /** ms since 1970 */
  now: number;
  progress?: (done: number, total: number) => void;
}

/**
 * `kith ledger verify`. In words each finding is written as it is found; in JSON the report at the end.
 *
 * @returns the exit code: 0 the ledger verifies, 1 it does not
 * @throws Problem `checkpoint_invalid` when the file does not hold a checkpoint that this ledger has signed
 */
export async function runLedgerVerify(command: LedgerVerifyCommand): Promise<0 | 1> {
  const { database, keys, json, write, checkpointFile, now, progress } = command;
  const kept = checkpointFile === undefined ? undefined : await readKept(checkpointFile, keys);
  const report = await verifyLedger(database, keys, {
    now,
    ...(progress && { progress }),
    ...(kept && { kept }),
    ...(!json && { onFinding: (finding: Finding) => write(`${describeFinding(finding)}\n`) }),
  });
  write(json ? `${JSON.stringify(report)}\n` : `${describeReport(report, kept)}\n`);
  return report.ok ? 0 : 1;
}

/**
 * `kith ledger checkpoint`: prints the newest signed checkpoint, to be kept where whoever has the database cannot reach
 * it. In words it is the note alone, so that it can be sent to a file.
 *
 * @returns the exit code: 0 printed, 1 nothing is sealed yet
 */
export async function runLedgerCheckpoint({ database, keys, json, write }: LedgerCommand): Promise<0 | 1> {
  const newest = await readNewestSigned(database, new CheckpointReader(keys));
  const key = formatNoteKey(noteKeyOf(keys));
  if (!newest) {
    if (json) write(`${JSON.stringify({ size: 0, key })}\n`);
    return 1;
  }
  const { origin, size, root } = newest;
  // Ed25519 signs the same text alike each time, so this is the note that is stored.
  const note = signCheckpoint(keys, size, root);
  const document = { origin, size, root: Buffer.from(root).toString('base64'), note, key };
  write(json ? `${JSON.stringify(document)}\n` : note);
  return 0;
}

async function readKept(file: string, keys: LedgerKeys): Promise<Checkpoint> {
  const note = await readFile(file, 'utf8').catch(() => undefined);
  if (note === undefined) throw new Problem('checkpoint_invalid', `${file}: cannot be read`, { at: file });
  const kept = new CheckpointReader(keys).open(note);
  if (!kept) {
    throw new Problem('checkpoint_invalid', `${file}: no checkpoint that this ledger has signed`, {
      at: file,
    });
  }
  return kept;
}

/** One line; ids in quotes, since hosts may put anything into them. */
function describeFinding({ kind, entryId, memberId, leafIndex, detail }: Finding): string {
  const names = [
    entryId === undefined ? '' : `entry ${entryId}`,
    memberId === undefined ? '' : `of ${JSON.stringify(memberId)}`,
    leafIndex === undefined ? '' : `at place ${leafIndex}`,
  ].filter((name) => name !== '');
  return `${[`${kind}:`, ...names].join(' ')}${names.length > 0 ? ': ' : ' '}${detail}`;
}

function describeReport(
  { ok, size, entries, unsealed, findingsTotal }: VerifyReport,
  kept?: Checkpoint,
): string {
  const waiting = unsealed > 0 ? `, ${unsealed} more wait to be sealed` : '';
  if (!ok)
    return `The ledger does not verify: ${findingsTotal} findings; ${entries} of ${size} entries in place${waiting}`;
  const against = kept ? `, and it goes on from the kept checkpoint of ${kept.size}` : '';
  return `The ledger verifies: ${size} entries, each as it was sealed${waiting}${against}`;
}
