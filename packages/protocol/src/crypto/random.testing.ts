import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, type RandomBytes, uintBytes, utf8 } from './bytes.ts';

/** Bytes that look random and are the same for the same name: SHA-256(name || counter), counter of 4 bytes from 0. */
export function streamOf(name: string): RandomBytes {
  let counter = 0;
  let rest: Uint8Array = new Uint8Array(0);
  return (length) => {
    const blocks = [rest];
    for (let have = rest.length; have < length; have += 32)
      blocks.push(sha256(concatBytes(utf8(name), uintBytes(counter++, 4))));
    const bytes = concatBytes(...blocks);
    rest = bytes.slice(length);
    return bytes.slice(0, length);
  };
}

/** Random bytes that are reduced to exactly these ristretto255 scalars, one after the other. */
export function scalarsInOrder(...scalars: readonly Uint8Array[]): RandomBytes {
  const left = [...scalars];
  return () => concatBytes(left.shift() as Uint8Array, new Uint8Array(32));
}

/** The code of the `CryptoError` that `run` throws, or what else happened. */
export function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'nothing thrown';
}
