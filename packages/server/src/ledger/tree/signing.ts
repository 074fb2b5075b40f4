import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import {
  type Checkpoint,
  formatCheckpoint,
  type NoteKey,
  openNote,
  parseCheckpoint,
  signNote,
} from '@kith/protocol/ledger';
import type { LedgerKeys } from '../ledger.ts';

/** DER around a raw Ed25519 key, RFC 8410: PKCS #8 for the seed, SubjectPublicKeyInfo for the public key. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** What those who check checkpoints need to know; `formatNoteKey` writes it down. */
export function noteKeyOf({ origin, signingSeed }: LedgerKeys): NoteKey {
  const spki = createPublicKey(privateKeyOf(signingSeed)).export({ format: 'der', type: 'spki' });
  return { name: origin, publicKey: spki.subarray(spkiPrefix.length) };
}

/** A checkpoint as a signed note. Node's own Ed25519 is many times faster than the portable one. */
export function signCheckpoint(keys: LedgerKeys, size: number, root: Uint8Array): string {
  const privateKey = privateKeyOf(keys.signingSeed);
  const text = formatCheckpoint({ origin: keys.origin, size, root });
  return signNote(text, noteKeyOf(keys), (message) => sign(null, message, privateKey));
}

/** Reads checkpoints of one ledger; anything that it has not signed is undefined. */
export class CheckpointReader {
  readonly #key: NoteKey;
  readonly #publicKey;

  constructor(keys: LedgerKeys) {
    this.#key = noteKeyOf(keys);
    const key = Buffer.concat([spkiPrefix, this.#key.publicKey]);
    this.#publicKey = createPublicKey({ key, format: 'der', type: 'spki' });
  }

  open(note: string): Checkpoint | undefined {
    const opened = openNote(note, this.#key, (signature, message) =>
      verify(null, message, this.#publicKey, signature),
    );
    const checkpoint = opened.ok ? parseCheckpoint(opened.text) : undefined;
    return checkpoint?.origin === this.#key.name ? checkpoint : undefined;
  }
}

function privateKeyOf(seed: Uint8Array) {
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
}
