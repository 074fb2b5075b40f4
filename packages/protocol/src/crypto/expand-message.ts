import { concatBytes, uintBytes } from './bytes.ts';
import { CryptoError } from './errors.ts';

/** A hash function with the two lengths that expand_message_xmd needs. */
export interface XmdHash {
  (bytes: Uint8Array): Uint8Array;
  /** Block size in bytes: 64 for SHA-256, 128 for SHA-512. */
  readonly blockLen: number;
  /** Digest size in bytes. */
  readonly outputLen: number;
}

/** RFC 9380 5.3.3: a tag longer than 255 bytes is replaced by its hash. */
function tagPrime(hash: XmdHash, tag: Uint8Array): Uint8Array {
  if (tag.length === 0) throw new CryptoError('length_wrong');
  const short =
    tag.length <= 255 ? tag : hash(concatBytes(new TextEncoder().encode('H2C-OVERSIZE-DST-'), tag));
  return concatBytes(short, uintBytes(short.length, 1));
}

/**
 * expand_message_xmd, RFC 9380 5.3.1: `length` pseudo-random bytes from `message` under the domain separation tag.
 * At most 65,535 bytes and 255 blocks of the hash, else `length_wrong`.
 */
export function expandMessageXmd(
  hash: XmdHash,
  message: Uint8Array,
  tag: Uint8Array,
  length: number,
): Uint8Array {
  const blocks = Math.ceil(length / hash.outputLen);
  if (blocks > 255 || length > 0xffff || length < 1) throw new CryptoError('length_wrong');
  const dst = tagPrime(hash, tag);
  const first = hash(
    concatBytes(new Uint8Array(hash.blockLen), message, uintBytes(length, 2), uintBytes(0, 1), dst),
  );
  const expanded = new Uint8Array(blocks * hash.outputLen);
  let previous: Uint8Array = new Uint8Array(hash.outputLen);
  for (let block = 1; block <= blocks; block++) {
    const mixed = first.map((byte, i) => byte ^ (previous[i] as number));
    previous = hash(concatBytes(mixed, uintBytes(block, 1), dst));
    expanded.set(previous, (block - 1) * hash.outputLen);
  }
  return expanded.slice(0, length);
}
