import {
  concatBytes,
  equalBytes,
  expectLength,
  fromHex,
  itemAt,
  type RandomBytes,
  uintBytes,
  utf8,
} from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { ELEMENT_BYTES, GENERATOR_HEX, type Group, SCALAR_BYTES } from '../group/group.ts';
import { HASH_TO_SCALAR, lengthPrefixed, tagOf } from './context.ts';

/** Bytes of a proof: the challenge and the response, 32 each. */
export const PROOF_BYTES = 2 * SCALAR_BYTES;

/** What a proof is about: the evaluated elements are the blinded ones times the key behind `publicKey`. */
export interface Statement {
  /** 32 bytes. */
  publicKey: Uint8Array;
  /** Packed, 32 bytes each. */
  blinded: Uint8Array;
  /** Packed, equally many. */
  evaluated: Uint8Array;
}

/** RFC 9497 2.2.1 GenerateProof over a batch, with ComputeCompositesFast: one sum over the batch and one multiplication for M and Z. */
export function generateProof(
  group: Group,
  statement: Statement,
  secretKey: Uint8Array,
  random: RandomBytes,
): Uint8Array {
  const M = group.combine(statement.blinded, weights(group, statement));
  const Z = group.multiply(M, secretKey);
  const r = group.randomScalar(random);
  const t2 = group.multiplyBase(r);
  const t3 = group.multiply(M, r);
  const c = challenge(group, statement.publicKey, [M, Z, t2, t3]);
  return concatBytes(c, group.scalarMinusProduct(r, c, secretKey));
}

/** RFC 9497 2.2.2 VerifyProof; throws `proof_invalid`, or `element_invalid` where an element does not decode. */
export function verifyProof(group: Group, statement: Statement, proof: Uint8Array): void {
  expectLength(proof, PROOF_BYTES);
  const [c, s] = [itemAt(proof, 0, SCALAR_BYTES), itemAt(proof, 1, SCALAR_BYTES)];
  const d = weights(group, statement);
  const M = group.combine(statement.blinded, d);
  const Z = group.combine(statement.evaluated, d);
  const sc = concatBytes(s, c);
  const t2 = group.combine(concatBytes(fromHex(GENERATOR_HEX), statement.publicKey), sc);
  const t3 = group.combine(concatBytes(M, Z), sc);
  if (!equalBytes(c, challenge(group, statement.publicKey, [M, Z, t2, t3])))
    throw new CryptoError('proof_invalid');
}

/** The weight of each pair of elements in the composites, RFC 9497 2.2.1; packed scalars. */
function weights(group: Group, { publicKey, blinded, evaluated }: Statement): Uint8Array {
  const count = blinded.length / ELEMENT_BYTES;
  const seed = group.sha512(concatBytes(lengthPrefixed(publicKey), lengthPrefixed(tagOf('Seed-'))));
  const seedPart = lengthPrefixed(seed);
  const length = uintBytes(ELEMENT_BYTES, 2);
  const label = utf8('Composite');
  const packed = new Uint8Array(count * SCALAR_BYTES);
  for (let i = 0; i < count; i++) {
    const [ci, di] = [itemAt(blinded, i, ELEMENT_BYTES), itemAt(evaluated, i, ELEMENT_BYTES)];
    const transcript = concatBytes(seedPart, uintBytes(i, 2), length, ci, length, di, label);
    packed.set(group.hashToScalar(transcript, HASH_TO_SCALAR), i * SCALAR_BYTES);
  }
  return packed;
}

function challenge(group: Group, publicKey: Uint8Array, elements: readonly Uint8Array[]): Uint8Array {
  const parts = [publicKey, ...elements].map(lengthPrefixed);
  return group.hashToScalar(concatBytes(...parts, utf8('Challenge')), HASH_TO_SCALAR);
}
