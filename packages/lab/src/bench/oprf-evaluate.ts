import { randomBytes } from 'node:crypto';
import { EvaluationRequest, Oprf, VOPRFServer } from '@cloudflare/voprf-ts';
import { CryptoNoble } from '@cloudflare/voprf-ts/crypto-noble';
import {
  type Evaluation as BatchEvaluation,
  blind,
  evaluateBatch,
  finalize,
  generateVoprfKeys,
  loadFastGroup,
} from '@kith/protocol/crypto';
import { type BenchOptions, type BenchResult, median } from './cli.ts';

const batch = 1000;
const elementBytes = 32;
const roundsDefault = 3;
/** One of our batches is short beside the peer's: several are timed together. */
const batchesPerRound = 5;

/**
 * `oprf-evaluate`: evaluations a second on one core, 1,000 blinded numbers a batch, with the one proof over the batch;
 * the ratio is ours to the peer's, at least 15.
 *
 * The peer is the server of @cloudflare/voprf-ts with the arithmetic that it ships, given the same key and the same
 * elements. Our client checks both proofs and finds the same outputs behind both. Rounds take turns.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult> {
  const group = await loadFastGroup();
  const keys = generateVoprfKeys(group, randomBytes);
  const inputs = Array.from({ length: batch }, (_, i) => new TextEncoder().encode(`+1202555${1000 + i}`));
  const state = blind(group, inputs, randomBytes);
  const peer = openPeer(keys.secretKey, state.elements);

  // Also the warm-up: both proofs hold, and both give the same 1,000 outputs.
  const [first, second] = [evaluateBatch(group, keys, state.elements, randomBytes), await peer()].map(
    (evaluation) => Buffer.concat(finalize(group, keys.publicKey, state, evaluation)),
  );
  if (!first!.equals(second!)) throw new Error('the two servers give different outputs');

  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < (options.rounds ?? roundsDefault); round += 1) {
    const start = performance.now();
    for (let i = 0; i < batchesPerRound; i += 1) evaluateBatch(group, keys, state.elements, randomBytes);
    const between = performance.now();
    await peer();
    ours.push((batch * batchesPerRound * 1000) / (between - start));
    theirs.push((batch * 1000) / (performance.now() - between));
  }
  const ratio = median(ours.map((each, round) => each / theirs[round]!));
  return {
    name: 'oprf-evaluate',
    value: Math.round(median(ours)),
    unit: 'evaluations/s/core',
    peer: '@cloudflare/voprf-ts, its own provider',
    peerValue: Math.round(median(theirs)),
    ratio: Math.round(ratio * 10) / 10,
  };
}

/** The peer's server over the same key and elements, answering in our form. */
function openPeer(secretKey: Uint8Array, elements: Uint8Array): () => Promise<BatchEvaluation> {
  const suite = Oprf.Suite.RISTRETTO255_SHA512;
  const server = new VOPRFServer(suite, secretKey, CryptoNoble);
  const wire = Buffer.concat([lengthOf(elements.length / elementBytes), elements]);
  const request = EvaluationRequest.deserialize(suite, wire, CryptoNoble);
  return async () => {
    const { evaluated, proof } = await server.blindEvaluate(request);
    return {
      elements: Buffer.concat(evaluated.map((element) => element.serialize())),
      proof: proof!.serialize(),
    };
  };
}

/** The peer counts with two bytes. */
function lengthOf(count: number): Uint8Array {
  return Uint8Array.of(count >> 8, count & 255);
}
