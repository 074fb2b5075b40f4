import { concatBytes, uintBytes, utf8 } from '../bytes.ts';
import { CryptoError } from '../errors.ts';

/** RFC 9497 3.1: CreateContextString for mode 1 (VOPRF) and the suite ristretto255-SHA512. */
const CONTEXT = /* @__PURE__ */ concatBytes(utf8('OPRFV1-'), uintBytes(1, 1), utf8('-ristretto255-SHA512'));

/** The domain separation tag `label` || context. */
export const tagOf = (label: string): Uint8Array => concatBytes(utf8(label), CONTEXT);

export const HASH_TO_GROUP = /* @__PURE__ */ tagOf('HashToGroup-');
export const HASH_TO_SCALAR = /* @__PURE__ */ tagOf('HashToScalar-');

/** I2OSP(len(bytes), 2) || bytes; `input_too_long` past 65,535 bytes (RFC 9497 1.2). */
export function lengthPrefixed(bytes: Uint8Array): Uint8Array {
  if (bytes.length > 0xffff) throw new CryptoError('input_too_long');
  return concatBytes(uintBytes(bytes.length, 2), bytes);
}
