import { NONCE_BYTES, open, seal } from '../../aead.ts';
import { concatBytes, equalBytes, expectLength, type RandomBytes, uintBytes } from '../../bytes.ts';
import { CryptoError } from '../../errors.ts';
import { context, expandKey, extractKey } from '../../kdf.ts';
import type { KeyPoints } from '../../mutual/member-keys.ts';
import type { Pairing } from '../../pairing/pairing.ts';
import { writePairingScalar } from '../../pairing/scalar-field.ts';
import type { CeremonyState } from './plan.ts';

/** From whom to whom, by index from 1. */
export interface ShareRoute {
  from: number;
  to: number;
}

/** A share under the key that both ends of the route work out from their transport keys (Diffie-Hellman in G1); 60 bytes, 12 random. */
export function sealShare(
  pairing: Pairing,
  state: CeremonyState,
  route: ShareRoute,
  peerTransportKey: Uint8Array,
  share: Uint8Array,
  random: RandomBytes,
): Uint8Array {
  const key = routeKey(pairing, state, route, peerTransportKey);
  return seal(key, expectLength(random(NONCE_BYTES), NONCE_BYTES), share, context('ceremony share'));
}

/** The share of 32 bytes, or null where the bytes do not open. */
export function openShare(
  pairing: Pairing,
  state: CeremonyState,
  route: ShareRoute,
  peerTransportKey: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | null {
  const key = routeKey(pairing, state, route, peerTransportKey);
  try {
    return open(key, sealed, context('ceremony share'));
  } catch (error) {
    if (error instanceof CryptoError) return null;
    throw error;
  }
}

function routeKey(
  pairing: Pairing,
  state: CeremonyState,
  { from, to }: ShareRoute,
  peerTransportKey: Uint8Array,
): Uint8Array {
  const shared = pairing.multiplyG1(pairing.readG1(peerTransportKey), state.transportSecret).toBytes();
  const info = context('ceremony route', state.ceremony, uintBytes(from, 1), uintBytes(to, 1));
  return expandKey(extractKey('ceremony', concatBytes(shared, state.ceremony)), info, 32);
}

/** The committed polynomial at `x`, in both groups, by Horner's rule; `point_invalid` where it is the identity there. */
export function evaluateCommitments(
  pairing: Pairing,
  commitments: readonly KeyPoints[],
  x: number,
): KeyPoints {
  const at = writePairingScalar(BigInt(x));
  return commitments.reduceRight((sum, next) => ({
    g1: pairing.addG1(pairing.multiplyG1(sum.g1, at), next.g1),
    g2: pairing.addG2(pairing.multiplyG2(sum.g2, at), next.g2),
  }));
}

/** Feldman, "A practical scheme for non-interactive verifiable secret sharing", 1987: share * G = committed polynomial at the receiver. */
export function isShareOf(
  pairing: Pairing,
  commitments: readonly KeyPoints[],
  to: number,
  share: Uint8Array,
): boolean {
  try {
    const expected = evaluateCommitments(pairing, commitments, to).g1.toBytes();
    return equalBytes(expected, pairing.multiplyG1(pairing.generatorG1, share).toBytes());
  } catch (error) {
    if (error instanceof CryptoError) return false;
    throw error;
  }
}
