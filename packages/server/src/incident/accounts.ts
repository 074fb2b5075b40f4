import type { Context } from '../context.ts';
import { tagBytes } from '../keys/keyring.ts';
import { readMembers } from '../members/store.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  type AccountState,
  insertActivity,
  insertReveals,
  insertTried,
  type Piece,
  type RunRow,
  readAccountIds,
  readBookPage,
  readOwners,
  readSendingTimes,
  setAccountStates,
} from './store.ts';

const accountsAtOnce = 50;
/** Numbers of a book that are held in memory at a time. */
const numbersAtOnce = 10_000;
const entryBytes = tagBytes + 1;

/** What the next accounts did, whom they were shown, and whose numbers their books hold. */
export async function nextAccounts(tx: Transaction, context: Context, run: RunRow): Promise<Piece> {
  const ids = await readAccountIds(tx, run, run.after, accountsAtOnce);
  if (ids.length === 0) return null;
  await insertActivity(tx, run, ids);
  await insertReveals(tx, run, ids);
  const known = new Map((await readMembers(tx, ids)).map((member) => [member.memberId, member]));
  const times = await readSendingTimes(tx, ids);
  const states: AccountState[] = [];
  for (const memberId of ids) {
    const member = known.get(memberId);
    const book = await readBook(tx, context, run, memberId, times.get(memberId));
    states.push({ memberId, suspended: member?.suspendedAt != null, erased: !member, ...book });
  }
  await setAccountStates(tx, run, states);
  return { after: ids.at(-1)!, count: ids.length };
}

/**
 * Goes through a book and notes whose numbers are in it. The service can turn a member's own tags back into the
 * directory's; numbers themselves are nowhere.
 */
async function readBook(
  tx: Transaction,
  context: Context,
  run: RunRow,
  memberId: string,
  times: { from: Date; until: Date } | undefined,
): Promise<{ kept: number; waiting: number }> {
  const counts = { kept: 0, waiting: 0 };
  let after: Buffer = Buffer.alloc(0);
  for (;;) {
    const page = await readBookPage(tx, memberId, after, numbersAtOnce);
    if (page.length === 0) return counts;
    const { tags, waiting } = split(page);
    counts.kept += tags.length / tagBytes;
    counts.waiting += waiting;
    const owners = await readOwners(tx, tagsIn(context.keyring.lookupTags(memberId, tags)));
    // A book without a sync on record cannot be; should it, its numbers count, and nobody is said to have been tried.
    if (times && owners.length > 0) await insertTried(tx, run, owners, times);
    after = tags.subarray(-tagBytes);
  }
}

function split(page: Buffer): { tags: Buffer; waiting: number } {
  const count = page.length / entryBytes;
  const tags = Buffer.alloc(count * tagBytes);
  let waiting = 0;
  for (let at = 0; at < count; at += 1) {
    page.copy(tags, at * tagBytes, at * entryBytes, at * entryBytes + tagBytes);
    waiting += page[at * entryBytes + tagBytes]!;
  }
  return { tags, waiting };
}

function tagsIn(tags: Buffer): Buffer[] {
  return Array.from({ length: tags.length / tagBytes }, (_, at) =>
    tags.subarray(at * tagBytes, (at + 1) * tagBytes),
  );
}
