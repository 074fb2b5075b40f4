import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, fromHex, toHex, utf8 } from '../bytes.ts';
import type { Group } from '../group/group.ts';
import { loadFastGroup, loadPureGroup } from '../group/load.ts';
import { codeOf, scalarsInOrder, streamOf } from '../random.testing.ts';
import { hasSharedData, readSharedJson, sharedDataNote } from '../shared-data.testing.ts';
import { deriveVoprfKeys, generateVoprfKeys, type VoprfKeys } from './keys.ts';
import { blind, evaluate, evaluateBatch, finalize, firstBlinded } from './voprf.ts';

interface Suite {
  identifier: string;
  mode: number;
  seed: string;
  keyInfo: string;
  skSm: string;
  pkSm: string;
  vectors: Vector[];
}
interface Vector {
  Batch: number;
  Blind: string;
  BlindedElement: string;
  EvaluationElement: string;
  Input: string;
  Output: string;
  Proof: { proof: string; r: string };
}

/** RFC 9497 A.1.2, ristretto255-SHA512 in mode 1, test vector 3 (a batch of two). */
const RFC_SUITE: Suite = {
  identifier: 'ristretto255-SHA512',
  mode: 1,
  seed: 'a3'.repeat(32),
  keyInfo: '74657374206b6579',
  skSm: 'e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909',
  pkSm: 'c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e',
  vectors: [
    {
      Batch: 1,
      Blind: '64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706',
      BlindedElement: '863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945',
      EvaluationElement: 'aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e',
      Input: '00',
      Output:
        'b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7d' +
        'a4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c',
      Proof: {
        proof:
          'ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd06' +
          '6d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d',
        r: '222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e',
      },
    },
  ],
};

function reproduces(group: Group, suite: Suite): void {
  const keys = deriveVoprfKeys(group, fromHex(suite.seed), fromHex(suite.keyInfo));
  expect(toHex(keys.secretKey)).toBe(suite.skSm);
  expect(toHex(keys.publicKey)).toBe(suite.pkSm);
  for (const vector of suite.vectors) {
    const inputs = vector.Input.split(',').map(fromHex);
    const state = blind(group, inputs, scalarsInOrder(...vector.Blind.split(',').map(fromHex)));
    expect(toHex(state.elements)).toBe(vector.BlindedElement.replaceAll(',', ''));
    const evaluation = evaluateBatch(group, keys, state.elements, scalarsInOrder(fromHex(vector.Proof.r)));
    expect(toHex(evaluation.elements)).toBe(vector.EvaluationElement.replaceAll(',', ''));
    expect(toHex(evaluation.proof)).toBe(vector.Proof.proof);
    const outputs = finalize(group, keys.publicKey, state, evaluation).map(toHex);
    expect(outputs).toEqual(vector.Output.split(','));
    expect(inputs.map((input) => toHex(evaluate(group, keys.secretKey, input)))).toEqual(outputs);
  }
}

describe.each([
  ['fast', loadFastGroup],
  ['pure', loadPureGroup],
] as const)('VOPRF(ristretto255, SHA-512) on the %s backend', (name, load) => {
  let group: Group;
  let keys: VoprfKeys;
  const random = streamOf(`voprf ${name}`);
  const inputs = ['+12025550123', '+442079460000', '+33612345678'].map(utf8);
  beforeAll(async () => {
    group = await load();
    keys = generateVoprfKeys(group, random);
  });

  it('reproduces RFC 9497 A.1.2', () => reproduces(group, RFC_SUITE));

  describe.skipIf(!hasSharedData)(`full vectors of RFC 9497${sharedDataNote}`, () => {
    it('mode 1, every vector', () => {
      const suites = readSharedJson<Suite[]>('rfc9497/allVectors.json');
      const suite = suites.find(
        (each) => each.identifier === 'ristretto255-SHA512' && each.mode === 1,
      ) as Suite;
      expect(suite.vectors.map(({ Batch }) => Batch)).toEqual([1, 1, 2]);
      reproduces(group, suite);
    });
  });

  it('gives what the holder of the key computes alone', () => {
    const state = blind(group, inputs, random);
    const evaluation = evaluateBatch(group, keys, state.elements, random);
    const outputs = finalize(group, keys.publicKey, state, evaluation);
    expect(outputs.map(toHex)).toEqual(inputs.map((input) => toHex(evaluate(group, keys.secretKey, input))));
  });

  it('finalizes the part of a batch that was answered', () => {
    const state = firstBlinded(blind(group, inputs, random), 2);
    const outputs = finalize(
      group,
      keys.publicKey,
      state,
      evaluateBatch(group, keys, state.elements, random),
    );
    expect(outputs.map(toHex)).toEqual(
      inputs.slice(0, 2).map((input) => toHex(evaluate(group, keys.secretKey, input))),
    );
    expect(codeOf(() => firstBlinded(state, 3))).toBe('batch_size');
    expect(codeOf(() => firstBlinded(state, 0))).toBe('batch_size');
  });

  it('shows the server fresh elements for the same inputs', () => {
    expect(toHex(blind(group, inputs, random).elements)).not.toBe(
      toHex(blind(group, inputs, random).elements),
    );
  });

  it('catches a server that tags one client with a key of its own', () => {
    const other = generateVoprfKeys(group, random);
    const state = blind(group, inputs, random);
    const tagged = evaluateBatch(group, other, state.elements, random);
    expect(codeOf(() => finalize(group, keys.publicKey, state, tagged))).toBe('proof_invalid');
  });

  it('catches a server that tags one element of a batch with a second key', () => {
    const other = generateVoprfKeys(group, random);
    const state = blind(group, inputs, random);
    const honest = evaluateBatch(group, keys, state.elements, random);
    const elements = honest.elements.slice();
    elements.set(group.multiply(state.elements.subarray(32, 64), other.secretKey), 32);
    expect(codeOf(() => finalize(group, keys.publicKey, state, { ...honest, elements }))).toBe(
      'proof_invalid',
    );
    // Nor does a proof that the cheating server makes itself over the mixed batch, with either key.
    for (const cheat of [keys, other]) {
      const proof = evaluateBatch(group, cheat, state.elements, random).proof;
      expect(codeOf(() => finalize(group, keys.publicKey, state, { elements, proof }))).toBe('proof_invalid');
    }
  });

  it('catches elements that were swapped, a proof of another batch, and every changed bit of a proof', () => {
    const state = blind(group, inputs, random);
    const { elements, proof } = evaluateBatch(group, keys, state.elements, random);
    const swapped = concatBytes(elements.subarray(32, 64), elements.subarray(0, 32), elements.subarray(64));
    expect(codeOf(() => finalize(group, keys.publicKey, state, { elements: swapped, proof }))).toBe(
      'proof_invalid',
    );
    const elsewhere = evaluateBatch(group, keys, blind(group, inputs, random).elements, random).proof;
    expect(codeOf(() => finalize(group, keys.publicKey, state, { elements, proof: elsewhere }))).toBe(
      'proof_invalid',
    );
    for (const at of [0, 31, 32, 63]) {
      const changed = proof.map((byte, i) => (i === at ? byte ^ 1 : byte));
      const code = codeOf(() => finalize(group, keys.publicKey, state, { elements, proof: changed }));
      expect(['proof_invalid', 'scalar_invalid']).toContain(code);
    }
  });

  it('refuses malformed and identity elements on both sides, naming the position', () => {
    const state = blind(group, inputs, random);
    const evaluation = evaluateBatch(group, keys, state.elements, random);
    for (const bad of [new Uint8Array(32), new Uint8Array(32).fill(255)]) {
      const blinded = state.elements.slice();
      blinded.set(bad, 64);
      expect(() => evaluateBatch(group, keys, blinded, random)).toThrow(
        expect.objectContaining({ code: 'element_invalid', at: 2 }),
      );
      const elements = evaluation.elements.slice();
      elements.set(bad, 32);
      expect(codeOf(() => finalize(group, keys.publicKey, state, { ...evaluation, elements }))).toBe(
        'element_invalid',
      );
      expect(codeOf(() => finalize(group, bad, state, evaluation))).toBe('element_invalid');
    }
  });

  it('refuses wrong lengths, empty batches and inputs that are too long', () => {
    const state = blind(group, inputs, random);
    const evaluation = evaluateBatch(group, keys, state.elements, random);
    const short = { ...evaluation, elements: evaluation.elements.subarray(32) };
    expect(codeOf(() => finalize(group, keys.publicKey, state, short))).toBe('length_wrong');
    const cut = { ...evaluation, proof: evaluation.proof.subarray(1) };
    expect(codeOf(() => finalize(group, keys.publicKey, state, cut))).toBe('length_wrong');
    expect(codeOf(() => finalize(group, keys.publicKey.subarray(1), state, evaluation))).toBe('length_wrong');
    expect(codeOf(() => evaluateBatch(group, keys, new Uint8Array(33), random))).toBe('length_wrong');
    expect(codeOf(() => evaluateBatch(group, keys, new Uint8Array(0), random))).toBe('batch_size');
    expect(codeOf(() => evaluateBatch(group, keys, new Uint8Array(32 * 65_536), random))).toBe('batch_size');
    expect(codeOf(() => blind(group, [], random))).toBe('batch_size');
    expect(codeOf(() => blind(group, [new Uint8Array(65_536)], random))).toBe('input_too_long');
    expect(codeOf(() => deriveVoprfKeys(group, new Uint8Array(31), utf8('info')))).toBe('length_wrong');
  });
});

describe('VOPRF across backends', () => {
  it('lets a client on one backend talk to a server on the other', async () => {
    const [fast, pure] = await Promise.all([loadFastGroup(), loadPureGroup()]);
    const random = streamOf('across');
    const keys = generateVoprfKeys(fast, random);
    const inputs = [utf8('+12025550123'), utf8('+12025550124')];
    for (const [client, server] of [
      [fast, pure],
      [pure, fast],
    ] as const) {
      const state = blind(client, inputs, random);
      const outputs = finalize(
        client,
        keys.publicKey,
        state,
        evaluateBatch(server, keys, state.elements, random),
      );
      expect(toHex(outputs[1] as Uint8Array)).toBe(
        toHex(evaluate(server, keys.secretKey, inputs[1] as Uint8Array)),
      );
    }
  });
});
