import {
  contextHashOf,
  encodeEntry,
  type LeafRow,
  leafHashOf,
  type MacKey,
  macOf,
  sealOf,
} from '../codes.ts';
import type { LedgerRow, StoredContext } from '../entry.ts';
import type { Finding } from './findings.ts';

/** An entry with everything that hangs on it. */
export interface StoredEntry extends LedgerRow, StoredContext {
  sealed: boolean;
}

/** A place in the tree and what the database holds for it. */
export interface Place {
  index: number;
  leaf: LeafRow | undefined;
  /** The entry that the leaf names. */
  entry: StoredEntry | undefined;
  /** The leaf hash that the newest checkpoint proves to stand here, where the stored tree still shows it. */
  proved: Uint8Array | undefined;
  /** Whether the member was erased, and its contexts with it. */
  erased: boolean;
}

export interface Verdict {
  /** What was sealed here, if it can still be known. */
  hash: Uint8Array | undefined;
  /** Whether the entry named by the leaf is the one sealed here, changed or not. */
  placed: boolean;
  finding?: Finding;
}

/** What the parts of a place say about each other. */
interface Evidence {
  leaf: LeafRow;
  entry: StoredEntry | undefined;
  /** The seal fits the leaf at this place; only the key makes such a seal. */
  sealFits: boolean;
  /** What was sealed here: shown by the checkpoint, else by the seal. */
  expected: Uint8Array | undefined;
  entryHash: Buffer | undefined;
  /** The code fits the entry; only the key makes such a code. */
  authentic: boolean;
}

/**
 * Judges one place. Two things cannot be forged without the keys: the codes and seals, and the tree under the signed
 * checkpoint. Whatever else the rows say is measured against those.
 */
export function judge(macKey: MacKey, place: Place): Verdict {
  const { index, leaf, proved } = place;
  if (!leaf) {
    const detail = 'The leaf of this place is gone; what it named may be gone as well';
    return { hash: proved, placed: false, finding: { kind: 'removed', leafIndex: index, detail } };
  }
  const evidence = gather(macKey, place, leaf);
  const verdict = { hash: evidence.expected, placed: isPlaced(evidence) };
  const finding = verdict.placed ? faultsInPlace(evidence, place.erased) : misplacement(evidence);
  if (!finding) return verdict;
  const names = finding.nameless ? {} : { memberId: leaf.memberId, entryId: leaf.entryId };
  return { ...verdict, finding: { kind: finding.kind, ...names, leafIndex: index, detail: finding.detail } };
}

function gather(macKey: MacKey, { entry, proved }: Place, leaf: LeafRow): Evidence {
  const sealFits = sealOf(macKey, leaf).equals(leaf.seal);
  const encoded = entry && encodeEntry(entry);
  return {
    leaf,
    entry,
    sealFits,
    expected: proved ?? (sealFits ? leaf.leafHash : undefined),
    entryHash: encoded === undefined ? undefined : leafHashOf(encoded),
    authentic: encoded !== undefined && macOf(macKey, encoded).equals(entry!.mac),
  };
}

/** An authentic entry is in its place if it is what was sealed there; of others only the leaf can tell. */
function isPlaced({ leaf, authentic, entryHash, expected, sealFits }: Evidence): boolean {
  if (expected === undefined) return false;
  if (authentic) return entryHash!.equals(expected);
  return leaf.leafHash.equals(expected) && sealFits;
}

type Fault = Pick<Finding, 'kind' | 'detail'> & { nameless?: boolean };

function faultsInPlace(evidence: Evidence, erased: boolean): Fault | undefined {
  const { leaf, entry, sealFits, expected } = evidence;
  if (!entry) return { kind: 'removed', detail: 'The entry is gone; its leaf remains' };
  const faults = contentFaults(evidence);
  if (!leaf.leafHash.equals(expected!)) faults.push('the hash of its leaf was changed');
  if (!sealFits) faults.push('the seal of its leaf was changed');
  if (!entry.sealed) faults.push('it was marked as not sealed');
  if (contextChanged(entry)) faults.push('its context was changed');
  if (faults.length > 0) return { kind: 'changed', detail: `The entry was changed: ${faults.join('; ')}` };
  return contextRemoved(entry, erased);
}

function contentFaults({ authentic, entryHash, expected }: Evidence): string[] {
  const faults = [];
  if (!entryHash!.equals(expected!)) faults.push('it does not say what was sealed');
  else if (!authentic) faults.push('its code was changed');
  return faults;
}

/** What a leaf that does not belong here does to the entry it names. */
function misplacement({ leaf, entry, entryHash, authentic }: Evidence): Fault {
  if (!entry) {
    return {
      kind: 'changed',
      nameless: true,
      detail: 'The leaf of this place was changed and names no entry',
    };
  }
  if (!authentic) return { kind: 'changed', detail: 'The entry and its leaf were changed' };
  if (entryHash!.equals(leaf.leafHash))
    return { kind: 'reordered', detail: 'The entry was not sealed at this place' };
  return {
    kind: 'changed',
    nameless: true,
    detail: 'The leaf of this place was changed and names another entry',
  };
}

/** Also for entries that are not sealed yet. What is left of a context that is half gone is not what was bound. */
export function contextChanged({ contextHash, salt, context }: StoredEntry): boolean {
  if (salt === null && context === null) return false;
  const bound = salt !== null && context !== null && contextHash !== null;
  return !bound || !contextHashOf(salt, context).equals(contextHash);
}

export function contextRemoved({ contextHash, context }: StoredEntry, erased: boolean): Fault | undefined {
  if (contextHash === null || context !== null || erased) return undefined;
  return {
    kind: 'context-removed',
    detail: 'The context of the entry is gone, and its member was not erased',
  };
}
