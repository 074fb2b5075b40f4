import { concatBytes, expectLength, isZero, type RandomBytes, uintBytes } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import type { Group } from '../group/group.ts';
import { lengthPrefixed, tagOf } from './context.ts';

/** A key of the server: 32 bytes that it keeps, 32 bytes that everyone knows. */
export interface VoprfKeys {
  secretKey: Uint8Array;
  publicKey: Uint8Array;
}

/** RFC 9497 3.2: GenerateKeyPair. */
export function generateVoprfKeys(group: Group, random: RandomBytes): VoprfKeys {
  return voprfKeysOf(group, group.randomScalar(random));
}

/** The pair of a secret key of 32 bytes; `scalar_invalid` if it is none. */
export function voprfKeysOf(group: Group, secretKey: Uint8Array): VoprfKeys {
  return { secretKey, publicKey: group.multiplyBase(secretKey) };
}

/** RFC 9497 3.2.1: DeriveKeyPair from 32 secret bytes and at most 65,535 bytes of public information. */
export function deriveVoprfKeys(group: Group, seed: Uint8Array, info: Uint8Array): VoprfKeys {
  const input = concatBytes(expectLength(seed, 32), lengthPrefixed(info));
  const tag = tagOf('DeriveKeyPair');
  for (let counter = 0; counter <= 255; counter++) {
    const secretKey = group.hashToScalar(concatBytes(input, uintBytes(counter, 1)), tag);
    if (!isZero(secretKey)) return voprfKeysOf(group, secretKey);
  }
  throw new CryptoError('key_underivable');
}
