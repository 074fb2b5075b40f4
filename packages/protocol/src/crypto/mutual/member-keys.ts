import { CryptoError } from '../errors.ts';
import type { G1Point, G2Point, Pairing, PreparedG2 } from '../pairing/pairing.ts';
import { hashIdentityToG1, hashIdentityToG2 } from './identity.ts';

/** A key in both groups: of an issuer, secret * generator; of a member, secret * hash of the identity. */
export interface KeyPoints {
  g1: G1Point;
  g2: G2Point;
}

/** A member's keys for one number and epoch. Secret. */
export interface MemberKeys extends KeyPoints {
  number: string;
  epoch: number;
}

/** H1(id) and H2(id), which issuing and checking start from. */
export function hashIdentity(pairing: Pairing, number: string, epoch: number): KeyPoints {
  return {
    g1: hashIdentityToG1(pairing, number, epoch),
    g2: hashIdentityToG2(pairing, number, epoch),
  };
}

/** d1 = s * H1(id), d2 = s * H2(id), for a master secret or a share of one (32 bytes, big-endian). */
export function issueKeys(pairing: Pairing, secret: Uint8Array, number: string, epoch: number): KeyPoints {
  const { g1, g2 } = hashIdentity(pairing, number, epoch);
  return { g1: pairing.multiplyG1(g1, secret), g2: pairing.multiplyG2(g2, secret) };
}

/** The public keys of a secret: s * G1, s * G2. */
export function publicKeysOf(pairing: Pairing, secret: Uint8Array): KeyPoints {
  return {
    g1: pairing.multiplyG1(pairing.generatorG1, secret),
    g2: pairing.multiplyG2(pairing.generatorG2, secret),
  };
}

/** Whether `keys` are what the secret behind `issuer` makes of a hashed identity: e(d1, G2) = e(H1(id), sG2) and e(G1, d2) = e(sG1, H2(id)). */
export function areKeysOf(pairing: Pairing, issuer: KeyPoints, keys: KeyPoints, hashed: KeyPoints): boolean {
  return (
    pairing.pairsEqual(keys.g1, pairing.generatorG2, hashed.g1, issuer.g2) &&
    pairing.pairsEqual(pairing.generatorG1, keys.g2, issuer.g1, hashed.g2)
  );
}

/** A member's keys, once they are checked; `member_key_invalid` otherwise. */
export function acceptKeys(
  pairing: Pairing,
  issuer: KeyPoints,
  keys: KeyPoints,
  number: string,
  epoch: number,
): MemberKeys {
  if (!areKeysOf(pairing, issuer, keys, hashIdentity(pairing, number, epoch)))
    throw new CryptoError('member_key_invalid');
  return { ...keys, number, epoch };
}

/**
 * A member ready to meet many others: the Miller loop over its key in G2 is worked out once, when it is first needed. `release` it when
 * done.
 */
export interface ReadyMember {
  keys: MemberKeys;
  preparedG2(): PreparedG2;
  release(): void;
}

export function readyMember(pairing: Pairing, keys: MemberKeys): ReadyMember {
  let prepared: PreparedG2 | undefined;
  return {
    keys,
    preparedG2: () => {
      prepared ??= pairing.prepare(keys.g2);
      return prepared;
    },
    release: () => prepared?.release(),
  };
}
