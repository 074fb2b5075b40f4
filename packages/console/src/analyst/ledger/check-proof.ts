import { hashLeaf, openNote, parseCheckpoint, verifyInclusion } from '@kith/protocol/ledger';
import type { LedgerCheckpoint, LedgerEntry, LedgerProof } from '@kith/protocol/study';
import { type Leaf, readLeaf } from './leaf.ts';

type Fault = 'checkpoint_forged' | 'proof_malformed' | 'other_entry' | 'not_included';

export type Verdict = { ok: true; index: number; size: number } | { ok: false; reason: Fault };

type Key = Pick<LedgerCheckpoint, 'keyName' | 'publicKey'>;

/**
 * RFC 6962, 2.1.1: the entry's leaf hash and its siblings give the root of the tree. The root is believed because the
 * ledger's Ed25519 key has signed it (C2SP tlog-checkpoint), and the leaf is compared with what the page shows: a true
 * proof of something else proves nothing.
 */
export function checkProof(given: LedgerProof, key: Key, shown: LedgerEntry): Verdict {
  const publicKey = bytesOf(key.publicKey);
  const bytes = bytesOf(given.leaf);
  const proof = given.proof.map(bytesOf);
  if (!publicKey || !bytes || !proof.every((hash) => hash !== undefined)) return no('proof_malformed');
  const note = openNote(given.checkpoint, { name: key.keyName, publicKey });
  const head = note.ok ? parseCheckpoint(note.text) : undefined;
  if (!head) return no('checkpoint_forged');
  const leaf = readLeaf(bytes);
  if (!leaf || !isShown(leaf, shown)) return no('other_entry');
  const { root, size } = head;
  const included = verifyInclusion({ index: given.index, size, leafHash: hashLeaf(bytes), root, proof });
  return included ? { ok: true, index: given.index, size } : no('not_included');
}

function no(reason: Fault): Verdict {
  return { ok: false, reason };
}

/** Whether all that the page shows of an entry stands in its leaf. */
function isShown(leaf: Leaf, shown: LedgerEntry): boolean {
  const sameTime = Math.floor(Number(leaf.at) / 1_000) === Date.parse(shown.at);
  const named = leaf.id === shown.id && leaf.member === shown.member && leaf.kind === shown.kind;
  const sameOther = leaf.other === (shown.other ?? null);
  const sameBody = canonical(jsonOf(leaf.body)) === canonical(shown.body);
  return named && sameOther && sameTime && sameBody;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
