import type { Queryable } from '../../postgres/database.ts';
import { encodeEntry, type MacKey, macOf } from '../codes.ts';
import type { LedgerRow } from '../entry.ts';
import { type EntryPlace, readLeavesOf, readUnsealed } from '../tree/store.ts';
import type { Finding, Findings } from './findings.ts';
import { contextChanged, contextRemoved, type StoredEntry } from './judge.ts';
import { timeOf } from './places.ts';
import { readEntries, readErased, readSealedKeys } from './store.ts';

const pageRows = 4_096;

/** Names every row that is marked sealed though no leaf names it. */
export async function judgeSealedRows(
  database: Queryable,
  macKey: MacKey,
  findings: Findings,
): Promise<void> {
  let last: EntryPlace | undefined;
  do {
    const keys = await readSealedKeys(database, last, pageRows);
    last = keys.length === pageRows ? keys.at(-1) : undefined;
    const strays = await withoutLeaf(database, keys);
    for (const entry of await readEntries(database, strays)) findings.add(judgeStray(macKey, entry));
  } while (last);
}

function judgeStray(macKey: MacKey, entry: StoredEntry): Finding | undefined {
  if (!entry.sealed) return undefined;
  const { memberId, entryId } = entry;
  return isAuthentic(macKey, entry)
    ? { kind: 'leaf-missing', memberId, entryId, detail: 'The entry is marked sealed, but its leaf is gone' }
    : {
        kind: 'inserted',
        memberId,
        entryId,
        detail: 'The entry was not written by the service, or was changed',
      };
}

export interface UnsealedOptions {
  /** Entries sealed last are of about this time, ms since 1970. */
  sealedUntilMs: number;
  /** ms since 1970; without it no entry is called old. */
  now: number | undefined;
}

/** Sealing takes seconds; past this an entry was passed over. */
const graceMs = 600_000;

/** Judges what is not sealed yet. @returns how many entries wait */
export async function judgeUnsealed(
  database: Queryable,
  macKey: MacKey,
  options: UnsealedOptions,
  findings: Findings,
): Promise<number> {
  let waiting = 0;
  let last: LedgerRow | undefined;
  do {
    const rows = await readUnsealed(database, last, pageRows);
    last = rows.length === pageRows ? rows.at(-1) : undefined;
    const leafless = await withoutLeaf(database, rows);
    const entries = await readEntries(database, leafless);
    const erased = new Set(await readErased(database, [...new Set(entries.map(({ memberId }) => memberId))]));
    for (const entry of entries) {
      waiting += 1;
      findings.add(judgeWaiting(macKey, entry, erased.has(entry.memberId), options));
    }
  } while (last);
  return waiting;
}

function judgeWaiting(
  macKey: MacKey,
  entry: StoredEntry,
  erased: boolean,
  { sealedUntilMs, now }: UnsealedOptions,
): Finding | undefined {
  const { memberId, entryId, sealed } = entry;
  const names = { memberId, entryId };
  if (!isAuthentic(macKey, entry)) {
    const detail = 'The entry was not written by the service, or was changed before it was sealed';
    return { kind: 'inserted', ...names, detail };
  }
  if (contextChanged(entry))
    return { kind: 'changed', ...names, detail: 'The context of the entry was changed' };
  const removed = contextRemoved(entry, erased);
  if (removed) return { ...names, kind: removed.kind, detail: removed.detail };
  const old = now !== undefined && timeOf(entryId) < Math.min(now, sealedUntilMs) - graceMs;
  if (!old || sealed) return undefined;
  return { kind: 'unsealed-old', ...names, detail: 'The entry is not sealed, but much later ones are' };
}

function isAuthentic(macKey: MacKey, entry: LedgerRow): boolean {
  return macOf(macKey, encodeEntry(entry)).equals(entry.mac);
}

async function withoutLeaf(database: Queryable, keys: readonly EntryPlace[]): Promise<EntryPlace[]> {
  if (keys.length === 0) return [];
  const leaves = await readLeavesOf(
    database,
    keys.map(({ entryId }) => entryId),
  );
  // A leaf of no possible place vouches for nothing.
  const possible = leaves.filter(({ leafIndex }) => leafIndex >= 0 && leafIndex <= Number.MAX_SAFE_INTEGER);
  const named = new Set(possible.map(({ entryId, memberId }) => entryId + memberId));
  return keys.filter(({ entryId, memberId }) => !named.has(entryId + memberId));
}
