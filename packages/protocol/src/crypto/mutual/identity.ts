import { compareBytes, concatBytes, uintBytes, utf8 } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { epochBytes } from '../integers.ts';
import type { G1Point, G2Point, Pairing } from '../pairing/pairing.ts';

/** Domain separation of the two hashes, RFC 9380 3.1: our name and version, then the suite. */
export const HASH_TO_G1_TAG = /* @__PURE__ */ utf8('KITH-V01-CS01-with-BLS12381G1_XMD:SHA-256_SSWU_RO_');
export const HASH_TO_G2_TAG = /* @__PURE__ */ utf8('KITH-V01-CS01-with-BLS12381G2_XMD:SHA-256_SSWU_RO_');

/** Which of the two members of a pair: the one whose number sorts lower, or the other. */
export type Side = 'low' | 'high';

/** `number` itself if it is in E.164 form: `+`, then 7 to 15 digits, the first not 0. Else `number_invalid`. */
export function expectNumber(number: string): string {
  if (!/^\+[1-9][0-9]{6,14}$/.test(number)) throw new CryptoError('number_invalid');
  return number;
}

/** struct { uint8 length; uint8 number[length]; uint32 epoch; } with the E.164 number as ASCII. */
export function encodeIdentity(number: string, epoch: number): Uint8Array {
  const ascii = utf8(expectNumber(number));
  return concatBytes(uintBytes(ascii.length, 1), ascii, epochBytes(epoch));
}

export function hashIdentityToG1(pairing: Pairing, number: string, epoch: number): G1Point {
  return pairing.hashToG1(encodeIdentity(number, epoch), HASH_TO_G1_TAG);
}

export function hashIdentityToG2(pairing: Pairing, number: string, epoch: number): G2Point {
  return pairing.hashToG2(encodeIdentity(number, epoch), HASH_TO_G2_TAG);
}

/** The side of `own` against `other`, numbers compared as ASCII, a prefix first; `identity_same` where they are one. */
export function sideOf(own: string, other: string): Side {
  const order = compareBytes(utf8(expectNumber(own)), utf8(expectNumber(other)));
  if (order === 0) throw new CryptoError('identity_same');
  return order < 0 ? 'low' : 'high';
}
