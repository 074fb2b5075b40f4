import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, uintBytes, utf8 } from './bytes.ts';

/**
 * What keeps one use of a key apart from every other: `Kith-v1 <label>`, a zero byte, and values of fixed length. Labels
 * hold no zero byte, so no two uses share an encoding.
 */
export function context(label: string, ...values: readonly Uint8Array[]): Uint8Array {
  return concatBytes(utf8(`Kith-v1 ${label}`), uintBytes(0, 1), ...values);
}

/** HKDF-Extract with SHA-256, RFC 5869 2.2, salted with the label; 32 bytes. */
export function extractKey(label: string, secret: Uint8Array): Uint8Array {
  return extract(sha256, secret, context(label));
}

/** HKDF-Expand with SHA-256, RFC 5869 2.3; `length` up to 8,160 bytes. */
export function expandKey(key: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return expand(sha256, key, info, length);
}

/** HMAC-SHA-256, RFC 2104; 32 bytes. */
export function authenticate(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(sha256, key, message);
}

/** HMAC-SHA-256 of many messages under one key, which is hashed once. */
export function authenticator(key: Uint8Array): (message: Uint8Array) => Uint8Array {
  const keyed = hmac.create(sha256, key);
  return (message) => keyed.clone().update(message).digest();
}
