import type { Context } from '../context.ts';
import { tagBytes } from '../keys/keyring.ts';
import { readMembers } from '../members/store.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  insertActivity,
  insertReveals,
  insertTried,
  readAccountIds,
  readBooks,
  readOwners,
  readSendingTimes,
  setAccountStates,
} from './accounts-store.ts';
import type { ListedRow } from './members-store.ts';
import type { Piece, RunRow } from './store.ts';

const accountsAtOnce = 100;
/** Numbers of books that are held in memory at a time. */
const numbersAtOnce = 20_000;
const entryBytes = tagBytes + 1;

/** What the next accounts did, whom they were shown, and whose numbers their books hold. */
export async function nextAccounts(tx: Transaction, context: Context, run: RunRow): Promise<Piece> {
  const ids = await readAccountIds(tx, run, run.after, accountsAtOnce);
  if (ids.length === 0) return null;
  await insertActivity(tx, run, ids);
  await insertReveals(tx, run, ids);
  const known = new Map((await readMembers(tx, ids)).map((member) => [member.memberId, member]));
  const counts = await readAllBooks(tx, context, run, ids);
  const states = ids.map((memberId) => {
    const member = known.get(memberId);
    const book = counts.get(memberId) ?? { kept: 0, waiting: 0 };
    return { memberId, suspended: member?.suspendedAt != null, erased: !member, ...book };
  });
  await setAccountStates(tx, run, states);
  return { after: ids.at(-1)!, count: ids.length };
}

type Counts = Map<string, { kept: number; waiting: number }>;

/**
 * Goes through books and notes whose numbers are in them. The service can turn a member's own tags back into the
 * directory's; numbers themselves are nowhere.
 */
async function readAllBooks(
  tx: Transaction,
  context: Context,
  run: RunRow,
  ids: readonly string[],
): Promise<Counts> {
  const times = await readSendingTimes(tx, run, ids);
  const counts: Counts = new Map();
  let after = { memberId: '', tag: Buffer.alloc(0) };
  for (;;) {
    const books = (await readBooks(tx, ids, after, numbersAtOnce)).map(({ memberId, page }) => ({
      memberId,
      ...split(page),
    }));
    for (const { memberId, tags, waiting } of books) {
      const before = counts.get(memberId) ?? { kept: 0, waiting: 0 };
      const kept = before.kept + tags.length / tagBytes;
      counts.set(memberId, { kept, waiting: before.waiting + waiting });
    }
    await noteOwners(tx, context, run, books, times);
    const read = books.reduce((sum, { tags }) => sum + tags.length / tagBytes, 0);
    if (read < numbersAtOnce) return counts;
    const { memberId, tags } = books.at(-1)!;
    after = { memberId, tag: Buffer.from(tags.subarray(-tagBytes)) };
  }
}

async function noteOwners(
  tx: Transaction,
  { keyring }: Context,
  run: RunRow,
  books: readonly { memberId: string; tags: Buffer }[],
  times: ReadonlyMap<string, { from: Date; until: Date }>,
): Promise<void> {
  const sent = new Map<string, { from: Date; until: Date }>();
  const all: Buffer[] = [];
  for (const { memberId, tags } of books) {
    const at = times.get(memberId);
    // A book without a sync on record cannot be; should it, its numbers count, and nobody is said to have been tried.
    if (!at) continue;
    for (const tag of tagsIn(keyring.lookupTags(memberId, tags))) {
      const key = tag.toString('latin1');
      const before = sent.get(key);
      if (!before) all.push(tag);
      sent.set(key, before ? joined(before, at) : at);
    }
  }
  if (all.length === 0) return;
  const owners = await readOwners(tx, all);
  const rows = owners.map(
    ({ memberId, tag }): ListedRow => ({ memberId, ...sent.get(tag.toString('latin1'))! }),
  );
  if (rows.length > 0) await insertTried(tx, run, rows);
}

function joined(a: { from: Date; until: Date }, b: { from: Date; until: Date }) {
  const from = new Date(Math.min(a.from.getTime(), b.from.getTime()));
  return { from, until: new Date(Math.max(a.until.getTime(), b.until.getTime())) };
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
