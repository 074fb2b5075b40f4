import { concatBytes, countItems, expectLength, itemAt, type RandomBytes, utf8 } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { ELEMENT_BYTES, type Group, SCALAR_BYTES } from '../group/group.ts';
import { HASH_TO_GROUP, lengthPrefixed } from './context.ts';
import { generateProof, verifyProof } from './dleq.ts';
import type { VoprfKeys } from './keys.ts';

/*
 * VOPRF(ristretto255, SHA-512), RFC 9497 mode 1. The client learns F(key, input) and that the published key was used;
 * the server learns nothing of the input. One proof serves a whole batch.
 *
 *   client: blind(inputs) ---- blinded elements ----> server: evaluateBatch
 *   client: finalize(...) <--- evaluated elements, proof ---- server
 *
 * Known limits: inputs with little entropy, such as phone numbers, can be tried one by one by whoever holds the key.
 */

/** Bytes of F(key, input). */
export const OUTPUT_BYTES = 64;
/** The most elements that one proof covers: they are counted with two bytes. */
export const BATCH_MAX = 0xffff;

/** What the client keeps between the two messages. `blinds` is secret. */
export interface Blinded {
  inputs: readonly Uint8Array[];
  /** Packed, 32 bytes each. */
  blinds: Uint8Array;
  /** Packed, 32 bytes each: what is sent. */
  elements: Uint8Array;
}

/** What the server answers: packed elements, 32 bytes each, and 64 bytes of proof. */
export interface Evaluation {
  elements: Uint8Array;
  proof: Uint8Array;
}

/** RFC 9497 3.3.2 Blind, for 1 to 65,535 inputs of at most 65,535 bytes; 64 random bytes are drawn for each. */
export function blind(group: Group, inputs: readonly Uint8Array[], random: RandomBytes): Blinded {
  expectBatch(inputs.length);
  const hashed = concatBytes(...inputs.map((input) => hashInput(group, input)));
  const blinds = concatBytes(...inputs.map(() => group.randomScalar(random)));
  return { inputs, blinds, elements: group.multiplyEach(hashed, blinds) };
}

/** The first `count` of a batch, for a server that answered no more for now; its proof covers these alone. */
export function firstBlinded(state: Blinded, count: number): Blinded {
  expectBatch(count);
  if (count > state.inputs.length) throw new CryptoError('batch_size');
  return {
    inputs: state.inputs.slice(0, count),
    blinds: state.blinds.subarray(0, count * SCALAR_BYTES),
    elements: state.elements.subarray(0, count * ELEMENT_BYTES),
  };
}

/**
 * RFC 9497 3.3.2 BlindEvaluate for a batch of packed elements. RFC 9497 3.3: elements received MUST be refused when they
 * do not decode or are the identity: `element_invalid`, with the position. 64 random bytes are drawn.
 */
export function evaluateBatch(
  group: Group,
  keys: VoprfKeys,
  blinded: Uint8Array,
  random: RandomBytes,
): Evaluation {
  expectBatch(countItems(blinded, ELEMENT_BYTES));
  const elements = group.multiply(blinded, keys.secretKey);
  const statement = { publicKey: keys.publicKey, blinded, evaluated: elements };
  return { elements, proof: generateProof(group, statement, keys.secretKey, random) };
}

/** RFC 9497 3.3.2 Finalize for a batch: checks the proof (`proof_invalid`), then gives 64 bytes for each input. */
export function finalize(
  group: Group,
  publicKey: Uint8Array,
  state: Blinded,
  evaluation: Evaluation,
): Uint8Array[] {
  expectLength(evaluation.elements, state.elements.length);
  expectLength(publicKey, ELEMENT_BYTES);
  verifyProof(
    group,
    { publicKey, blinded: state.elements, evaluated: evaluation.elements },
    evaluation.proof,
  );
  const unblinded = group.multiplyEach(evaluation.elements, group.invertScalars(state.blinds));
  return state.inputs.map((input, i) => output(group, input, itemAt(unblinded, i, ELEMENT_BYTES)));
}

/** RFC 9497 3.3.2 Evaluate: what the holder of the key computes of an input by itself; 64 bytes. */
export function evaluate(group: Group, secretKey: Uint8Array, input: Uint8Array): Uint8Array {
  return output(group, input, group.multiply(hashInput(group, input), secretKey));
}

function hashInput(group: Group, input: Uint8Array): Uint8Array {
  if (input.length > 0xffff) throw new CryptoError('input_too_long');
  return group.hashToElement(input, HASH_TO_GROUP);
}

function output(group: Group, input: Uint8Array, element: Uint8Array): Uint8Array {
  return group.sha512(concatBytes(lengthPrefixed(input), lengthPrefixed(element), utf8('Finalize')));
}

function expectBatch(count: number): void {
  if (count < 1 || count > BATCH_MAX) throw new CryptoError('batch_size');
}
