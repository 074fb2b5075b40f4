import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { concatBytes, expectLength } from './bytes.ts';
import { CryptoError } from './errors.ts';

/** ChaCha20-Poly1305, RFC 8439. */
export const AEAD_KEY_BYTES = 32;
export const NONCE_BYTES = 12;
const SEAL_TAG_BYTES = 16;
/** What sealing adds: the nonce in front and the tag behind. */
export const SEAL_OVERHEAD_BYTES = NONCE_BYTES + SEAL_TAG_BYTES;

/** nonce || ciphertext || tag. A nonce may serve a key once only; docs/decisions/022 says how each use makes sure. */
export function seal(
  key: Uint8Array,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  associated: Uint8Array,
): Uint8Array {
  const cipher = chacha20poly1305(
    expectLength(key, AEAD_KEY_BYTES),
    expectLength(nonce, NONCE_BYTES),
    associated,
  );
  return concatBytes(nonce, cipher.encrypt(plaintext));
}

/** The plaintext; `seal_broken` for any other key, associated data or bytes. */
export function open(key: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Uint8Array {
  if (sealed.length < SEAL_OVERHEAD_BYTES) throw new CryptoError('seal_broken');
  const nonce = sealed.subarray(0, NONCE_BYTES);
  try {
    return chacha20poly1305(expectLength(key, AEAD_KEY_BYTES), nonce, associated).decrypt(
      sealed.subarray(NONCE_BYTES),
    );
  } catch {
    throw new CryptoError('seal_broken');
  }
}
