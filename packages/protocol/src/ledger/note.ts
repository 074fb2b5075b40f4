import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64, toBase64, toHex } from './text.ts';

/**
 * Signed notes, C2SP signed-note v1.0.0, with Ed25519 (RFC 8032) keys:
 *
 *     text, one or more lines, each ended by a newline
 *     (an empty line)
 *     — <key name> base64(4-byte key id || 64-byte signature)
 *
 * Signatures by other keys, such as witnesses' cosignatures, are passed over, as the specification asks.
 */
export interface NoteKey {
  /** Without spaces or plus signs. */
  name: string;
  /** Ed25519, 32 bytes. */
  publicKey: Uint8Array;
}

export type SignBytes = (message: Uint8Array) => Uint8Array;
export type VerifyBytes = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean;

export type OpenedNote =
  | { ok: true; text: string }
  | { ok: false; reason: 'malformed' | 'unsigned' | 'forged' };

const signaturesMax = 64;
const idBytes = 4;
const ed25519Type = 0x01;

/** @param text ends with a newline and holds no control characters but newlines */
export function signNote(text: string, key: NoteKey, sign: SignBytes): string {
  if (!isText(text) || !isKeyName(key.name)) throw new TypeError('Not the text or the key name of a note');
  const signature = sign(new TextEncoder().encode(text));
  return `${text}\n— ${key.name} ${toBase64(Uint8Array.of(...keyId(key), ...signature))}\n`;
}

/** The text of a note, if this key has signed it. */
export function openNote(note: string, key: NoteKey, verify: VerifyBytes = verifyEd25519): OpenedNote {
  const end = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, end);
  const lines = note.slice(end + 1).split('\n');
  if (
    end === 0 ||
    !isText(text) ||
    lines.pop() !== '' ||
    lines.length === 0 ||
    lines.length > signaturesMax
  ) {
    return { ok: false, reason: 'malformed' };
  }
  const signatures = lines.map(parseSignature);
  if (!signatures.every((signature) => signature !== undefined)) return { ok: false, reason: 'malformed' };
  const ours = signatures.filter(({ name, id }) => name === key.name && id === toHex(keyId(key)));
  if (ours.length === 0) return { ok: false, reason: 'unsigned' };
  const message = new TextEncoder().encode(text);
  const good = ours.every(({ bytes }) => bytes.length === 64 && verify(bytes, message, key.publicKey));
  return good ? { ok: true, text } : { ok: false, reason: 'forged' };
}

/** `<name>+<key id in hex>+<base64(type || public key)>`: how a key is handed to those who will check notes. */
export function formatNoteKey(key: NoteKey): string {
  return `${key.name}+${toHex(keyId(key))}+${toBase64(Uint8Array.of(ed25519Type, ...key.publicKey))}`;
}

/** @returns undefined when it is not an Ed25519 key of a note, or its id is not its own */
export function parseNoteKey(text: string): NoteKey | undefined {
  const [, name = '', id, encoded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  if (bytes?.length !== 33 || bytes[0] !== ed25519Type) return undefined;
  const key = { name, publicKey: bytes.subarray(1) };
  return toHex(keyId(key)) === id ? key : undefined;
}

/** SHA-256(name || newline || type || public key), cut to 4 bytes. */
function keyId({ name, publicKey }: NoteKey): Uint8Array {
  const named = new TextEncoder().encode(`${name}\n`);
  return sha256(Uint8Array.of(...named, ed25519Type, ...publicKey)).subarray(0, idBytes);
}

function parseSignature(line: string): { name: string; id: string; bytes: Uint8Array } | undefined {
  const [, name = '', encoded = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (!bytes || bytes.length <= idBytes) return undefined;
  return { name, id: toHex(bytes.subarray(0, idBytes)), bytes: bytes.subarray(idBytes) };
}

function isKeyName(name: string): boolean {
  return /^[^\s+]+$/u.test(name);
}

function isText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the specification forbids exactly these
  return text.endsWith('\n') && !/[\u0000-\u0009\u000b-\u001f]/.test(text) && text.isWellFormed();
}

/** Strict, as RFC 8032 says: one signature has one encoding. */
function verifyEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  return ed25519.verify(signature, message, publicKey, { zip215: false });
}
