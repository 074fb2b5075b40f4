import { uintBytes } from './bytes.ts';
import { CryptoError } from './errors.ts';

/** An epoch or a day as 4 big-endian bytes; `epoch_invalid` if it is none. */
export function epochBytes(epoch: number): Uint8Array {
  if (!Number.isInteger(epoch) || epoch < 0 || epoch > 0xffffffff) throw new CryptoError('epoch_invalid');
  return uintBytes(epoch, 4);
}

/** A version of a key as 2 big-endian bytes; `wire_invalid` past 65,535. */
export function versionBytes(version: number): Uint8Array {
  if (!Number.isInteger(version) || version < 0 || version > 0xffff) throw new CryptoError('wire_invalid');
  return uintBytes(version, 2);
}
