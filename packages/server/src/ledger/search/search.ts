import type { LedgerEntry, LedgerPage, LedgerQuery } from '@kith/protocol/study';
import type { Context } from '../../context.ts';
import type { Queryable } from '../../postgres/database.ts';
import { readLeavesOf } from '../tree/store.ts';
import * as store from './store.ts';

/** Kinds that speak of rings, and those that an index finds among all others. */
const ringKinds = ['enforcement', 'case', 'view'] as const;
const rareKinds: ReadonlySet<string> = new Set([...ringKinds, 'sign-in', 'canary', 'member-erased']);

/** Entries, newest first. What nothing but reading all can find is read so far, and the answer says how to go on. */
export async function searchLedger(
  { database }: Pick<Context, 'database'>,
  query: LedgerQuery,
): Promise<LedgerPage> {
  const asked: store.Conditions = {
    kinds: query.kind ? [query.kind] : null,
    from: query.from ? new Date(query.from) : null,
    to: query.to ? new Date(query.to) : null,
    // As JSON has it, with its quotes: nothing but a whole value is found.
    holds: query.ring ? JSON.stringify(query.ring) : null,
  };
  const page = { before: query.after, limit: query.limit + 1 };
  if (query.member !== undefined)
    return show(database, await store.readOfMember(database, query.member, asked, page), query.limit);
  const kinds = query.kind ? [query.kind] : query.ring ? ringKinds : [];
  if (kinds.length > 0 && kinds.every((kind) => rareKinds.has(kind))) {
    const found = await Promise.all(kinds.map((kind) => store.readOfRareKind(database, kind, asked, page)));
    const rows = found.flat().sort((a, b) => (a.entryId < b.entryId ? 1 : -1));
    return show(database, rows.slice(0, page.limit), query.limit);
  }
  return walk(database, asked, query);
}

/** Leaves that one call goes through at most, and those read at once. */
const walkMax = 20_000;
const stepMax = 1_000;
/** Entries are sealed nearly in order of time, ms: a transaction may have taken so long. */
const disorderMs = 600_000;

/** From the newest back, as far as one call goes. */
async function walk(
  db: Queryable,
  asked: store.Conditions,
  { after, limit }: LedgerQuery,
): Promise<LedgerPage> {
  const rows: store.FoundRow[] = [];
  const [mark] = after ? await readLeavesOf(db, [after]) : [];
  if (!mark) rows.push(...(await store.readFreshest(db, asked, { before: after, limit: limit + 1 })));
  let below = mark?.leafIndex ?? (await firstAfter(db, asked.to));
  let last = after;
  for (let read = 0; rows.length <= limit; ) {
    const leaves = await store.readLeavesBelow(db, below, stepMax);
    const found = leaves.length > 0 ? await store.readAt(db, leaves, asked) : [];
    const byId = new Map(found.map((row) => [row.entryId + row.memberId, row]));
    rows.push(...leaves.flatMap((leaf) => byId.get(leaf.entryId + leaf.memberId) ?? []));
    const oldest = leaves.at(-1);
    const isOver = !oldest || (asked.from && timeOf(oldest.entryId) < asked.from.getTime() - disorderMs);
    if (isOver) return show(db, rows, limit);
    read += leaves.length;
    [below, last] = [oldest.index, oldest.entryId];
    if (read >= walkMax && rows.length <= limit) return { ...(await show(db, rows, limit)), next: last };
  }
  return show(db, rows, limit);
}

/** The leaf from which on all entries are later than a time, found by halving. */
async function firstAfter(db: Queryable, to: Date | null): Promise<number> {
  const [newest] = await store.readLeavesBelow(db, Number.MAX_SAFE_INTEGER, 1);
  let [low, high] = [0, (newest?.index ?? -1) + 1];
  if (!to) return high;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [leaf] = await store.readLeavesBelow(db, middle + 1, 1);
    if (leaf && timeOf(leaf.entryId) > to.getTime() + disorderMs) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** When a UUIDv7 was made, ms since 1970. */
function timeOf(entryId: string): number {
  return Number.parseInt(entryId.replaceAll('-', '').slice(0, 12), 16);
}

async function show(db: Queryable, rows: readonly store.FoundRow[], limit: number) {
  const shown = rows.slice(0, limit);
  const leaves =
    shown.length === 0
      ? []
      : await readLeavesOf(
          db,
          shown.map(({ entryId }) => entryId),
        );
  const indexes = new Map(leaves.map((leaf) => [leaf.entryId + leaf.memberId, leaf.leafIndex]));
  const entries = shown.map(
    (row): LedgerEntry => ({
      index: indexes.get(row.entryId + row.memberId) ?? null,
      id: row.entryId,
      member: row.memberId,
      ...(row.otherId !== null && { other: row.otherId }),
      kind: row.kind,
      at: row.at.toISOString(),
      body: JSON.parse(row.body),
    }),
  );
  const next = rows.length > limit ? shown.at(-1)?.entryId : undefined;
  return { entries, ...(next && { next }) };
}
