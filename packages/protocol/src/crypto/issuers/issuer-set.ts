import { equalBytes } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { type KeyPoints, publicKeysOf } from '../mutual/member-keys.ts';
import type { Pairing } from '../pairing/pairing.ts';
import { type EncodedKey, IssuerSetMessage } from '../wire/issuer-set-message.ts';
import { lagrangeWeights } from './sharing.ts';

/** What everyone knows of the issuers: any `threshold` of them make a member's keys, fewer make nothing. */
export interface IssuerSet {
  threshold: number;
  /** The public key that members' keys are checked against. */
  whole: KeyPoints;
  /** The public key of issuer i at i - 1: its answers are checked against it. */
  shares: readonly KeyPoints[];
}

/** The set of one issuer that holds the whole secret (32 bytes, big-endian). */
export function singleIssuer(pairing: Pairing, secret: Uint8Array): IssuerSet {
  const whole = publicKeysOf(pairing, secret);
  return { threshold: 1, whole, shares: [whole] };
}

/** The sum of weighted keys; `point_invalid` where it is the identity. */
export function combineKeys(
  pairing: Pairing,
  keys: readonly KeyPoints[],
  weights: readonly Uint8Array[],
): KeyPoints {
  const weighted = keys.map(({ g1, g2 }, i) => ({
    g1: pairing.multiplyG1(g1, weights[i] as Uint8Array),
    g2: pairing.multiplyG2(g2, weights[i] as Uint8Array),
  }));
  return weighted.reduce((sum, next) => ({
    g1: pairing.addG1(sum.g1, next.g1),
    g2: pairing.addG2(sum.g2, next.g2),
  }));
}

export function encodeKey({ g1, g2 }: KeyPoints): EncodedKey {
  return { g1: g1.toBytes(), g2: g2.toBytes() };
}

export function decodeKey(pairing: Pairing, { g1, g2 }: EncodedKey): KeyPoints {
  return { g1: pairing.readG1(g1), g2: pairing.readG2(g2) };
}

export function encodeIssuerSet(set: IssuerSet): IssuerSetMessage {
  return new IssuerSetMessage(set.threshold, encodeKey(set.whole), set.shares.map(encodeKey));
}

/**
 * The set that a message describes, once it hangs together; `issuers_invalid` otherwise. Each key must be the same
 * secret in both groups, and the whole and all shares must lie on one polynomial of degree threshold - 1.
 */
export function readIssuerSet(pairing: Pairing, message: IssuerSetMessage): IssuerSet {
  const { threshold } = message;
  const whole = decodeKey(pairing, message.whole);
  const shares = message.shares.map((key) => decodeKey(pairing, key));
  if (![whole, ...shares].every((key) => isOneSecret(pairing, key))) throw new CryptoError('issuers_invalid');
  const first = Array.from({ length: threshold }, (_, i) => i + 1);
  const base = shares.slice(0, threshold);
  const expected = [0, ...shares.map((_, i) => i + 1)].filter((i) => !first.includes(i));
  for (const index of expected) {
    const there = index === 0 ? whole : (shares[index - 1] as KeyPoints);
    const interpolated = combineG1(pairing, base, lagrangeWeights(first, index));
    if (!equalBytes(interpolated, there.g1.toBytes())) throw new CryptoError('issuers_invalid');
  }
  return { threshold, whole, shares };
}

/** Whether both halves are multiples by one secret: e(g1, G2) = e(G1, g2). */
export function isOneSecret(pairing: Pairing, { g1, g2 }: KeyPoints): boolean {
  return pairing.pairsEqual(g1, pairing.generatorG2, pairing.generatorG1, g2);
}

function combineG1(pairing: Pairing, keys: readonly KeyPoints[], weights: readonly Uint8Array[]): Uint8Array {
  return keys
    .map(({ g1 }, i) => pairing.multiplyG1(g1, weights[i] as Uint8Array))
    .reduce((sum, next) => pairing.addG1(sum, next))
    .toBytes();
}
