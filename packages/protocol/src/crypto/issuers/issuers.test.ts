import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { issueKeys, type KeyPoints } from '../mutual/member-keys.ts';
import { loadFastPairing, loadPurePairing } from '../pairing/load.ts';
import type { Pairing } from '../pairing/pairing.ts';
import { readPairingScalar, scalarField, writePairingScalar } from '../pairing/scalar-field.ts';
import { codeOf, streamOf } from '../random.testing.ts';
import { MemberKeysAnswer } from '../wire/member-keys-answer.ts';
import { runCeremony } from './ceremony/run.testing.ts';
import { answerKeyRequest, combineAnswers, type IssuerShare, judgeAnswers } from './issuance.ts';
import { combineKeys, encodeIssuerSet, type IssuerSet, readIssuerSet, singleIssuer } from './issuer-set.ts';
import { addScalars, lagrangeWeights } from './sharing.ts';

const request = { number: '+12025550123', epoch: 226 };
const hexOf = ({ g1, g2 }: KeyPoints) => toHex(g1.toBytes()) + toHex(g2.toBytes());
const subsetsOf = <T>(items: readonly T[], size: number): T[][] =>
  size === 0
    ? [[]]
    : items.flatMap((item, i) => subsetsOf(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]));

const multiplyScalars = (a: Uint8Array, b: Uint8Array) =>
  writePairingScalar(scalarField.mul(readPairingScalar(a), readPairingScalar(b)));

function errorOf(run: () => unknown): CryptoError {
  try {
    run();
  } catch (error) {
    if (error instanceof CryptoError) return error;
  }
  throw new Error('no CryptoError was thrown');
}

describe('one issuer', () => {
  it.each([
    ['fast', loadFastPairing],
    ['pure', loadPurePairing],
  ] as const)('makes keys that clients accept, on the %s backend', async (_name, load) => {
    const pairing = await load();
    const secret = pairing.randomScalar(streamOf('single'));
    const set = readIssuerSet(pairing, encodeIssuerSet(singleIssuer(pairing, secret)));
    const answer = answerKeyRequest(pairing, { index: 1, secret }, request);
    const { keys, liars } = combineAnswers(pairing, set, request, [answer]);
    expect(liars).toEqual([]);
    expect(hexOf(keys)).toBe(hexOf(issueKeys(pairing, secret, request.number, request.epoch)));
  });
});

describe('three of five issuers', () => {
  let pairing: Pairing;
  let shares: IssuerShare[];
  let set: IssuerSet;
  let answers: MemberKeysAnswer[];
  let expected: string;
  const random = streamOf('issuers');
  beforeAll(async () => {
    pairing = await loadFastPairing();
    const results = runCeremony(pairing, { threshold: 3, issuers: 5 }, random);
    shares = results.map(({ share }) => share);
    set = (results[0] as (typeof results)[0]).issuers;
    answers = shares.map((share) => answerKeyRequest(pairing, share, request));
    // What a single issuer with the whole secret would make; only this test ever puts it together.
    const weights = lagrangeWeights([1, 2, 3]);
    const whole = shares
      .slice(0, 3)
      .map(({ secret }, i) => multiplyScalars(secret, weights[i] as Uint8Array))
      .reduce((sum, next) => addScalars(sum, next));
    expected = hexOf(issueKeys(pairing, whole, request.number, request.epoch));
  });

  it('make the same keys in every subset of three, and in every larger one', () => {
    for (const size of [3, 4, 5])
      for (const subset of subsetsOf(answers, size)) {
        const { keys, liars } = combineAnswers(pairing, set, request, subset.toReversed());
        expect(liars).toEqual([]);
        expect(hexOf(keys)).toBe(expected);
      }
  });

  it('make nothing in any subset of two: it is refused, and interpolating it anyway gives other keys', () => {
    for (const subset of subsetsOf(answers, 2)) {
      expect(errorOf(() => combineAnswers(pairing, set, request, subset)).code).toBe('issuers_too_few');
      const points = subset.map(({ d1, d2 }) => ({ g1: pairing.readG1(d1), g2: pairing.readG2(d2) }));
      const weights = lagrangeWeights(subset.map(({ issuer }) => issuer));
      expect(hexOf(combineKeys(pairing, points, weights))).not.toBe(expected);
    }
  });

  it('are interpolated over exactly the shares used: weights of a larger basis give other keys', () => {
    const weights = lagrangeWeights([1, 2, 3, 4, 5]).slice(0, 3);
    const points = answers
      .slice(0, 3)
      .map(({ d1, d2 }) => ({ g1: pairing.readG1(d1), g2: pairing.readG2(d2) }));
    expect(hexOf(combineKeys(pairing, points, weights))).not.toBe(expected);
  });

  it('are each named when they lie, in either half of the key, and the others still suffice', () => {
    for (const liar of [1, 5]) {
      const honest = answers[liar - 1] as MemberKeysAnswer;
      const foreign = answerKeyRequest(
        pairing,
        { index: liar, secret: pairing.randomScalar(random) },
        request,
      );
      for (const lie of [
        foreign,
        new MemberKeysAnswer(request.epoch, liar, foreign.d1, honest.d2),
        new MemberKeysAnswer(request.epoch, liar, honest.d1, foreign.d2),
        new MemberKeysAnswer(request.epoch, liar, new Uint8Array(48), honest.d2),
        answerKeyRequest(pairing, shares[liar - 1] as IssuerShare, { ...request, epoch: 227 }),
        answerKeyRequest(pairing, shares[liar - 1] as IssuerShare, { ...request, number: '+12025550124' }),
      ]) {
        const mixed = answers.map((answer) => (answer.issuer === liar ? lie : answer));
        const { keys, liars } = combineAnswers(pairing, set, request, mixed);
        expect(liars).toEqual([liar]);
        expect(hexOf(keys)).toBe(expected);
      }
    }
  });

  it('are all named when too many lie', () => {
    const secret = pairing.randomScalar(random);
    const mixed = answers.map((answer) =>
      answer.issuer > 2 ? answerKeyRequest(pairing, { index: answer.issuer, secret }, request) : answer,
    );
    const error = errorOf(() => combineAnswers(pairing, set, request, mixed));
    expect(error.code).toBe('issuers_too_few');
    expect(error.issuers).toEqual([3, 4, 5]);
  });

  it('count once each, and who answers in another’s name or twice differently is a liar', () => {
    const first = answers[0] as MemberKeysAnswer;
    expect(errorOf(() => combineAnswers(pairing, set, request, [first, first, first])).code).toBe(
      'issuers_too_few',
    );
    const posing = new MemberKeysAnswer(request.epoch, 2, first.d1, first.d2);
    expect(judgeAnswers(pairing, set, request, [first, posing]).liars).toEqual([2]);
    expect(judgeAnswers(pairing, set, request, [...answers, posing]).good.map(({ index }) => index)).toEqual([
      1, 3, 4, 5,
    ]);
    const stranger = new MemberKeysAnswer(request.epoch, 9, first.d1, first.d2);
    expect(judgeAnswers(pairing, set, request, [stranger]).liars).toEqual([9]);
  });

  it('are pinned as a set that hangs together, and no other passes', () => {
    const message = encodeIssuerSet(set);
    expect(readIssuerSet(pairing, message).threshold).toBe(3);
    const foreign = encodeIssuerSet(singleIssuer(pairing, pairing.randomScalar(random))).whole;
    const changed = message.shares.map((key, i) => (i === 4 ? foreign : key));
    for (const wrong of [
      { ...message, shares: changed },
      { ...message, whole: foreign },
      { ...message, whole: { g1: message.whole.g1, g2: foreign.g2 } },
      { ...message, threshold: 2 },
    ])
      expect(
        errorOf(() => readIssuerSet(pairing, Object.setPrototypeOf(wrong, Object.getPrototypeOf(message))))
          .code,
      ).toBe('issuers_invalid');
  });

  it('go on into the next epoch with the same shares', () => {
    const next = { ...request, epoch: request.epoch + 1 };
    const later = shares.slice(2).map((share) => answerKeyRequest(pairing, share, next));
    const { keys } = combineAnswers(pairing, set, next, later);
    expect(keys.epoch).toBe(227);
    expect(hexOf(keys)).not.toBe(expected);
  });
});

describe('interpolation', () => {
  it('refuses repeated, missing and impossible indices', () => {
    for (const bad of [
      [1, 1],
      [0, 1],
      [1, 256],
      [1.5, 2],
      [-1, 2],
    ])
      expect(codeOf(() => lagrangeWeights(bad))).toBe('issuers_invalid');
    expect(codeOf(() => lagrangeWeights([1, 2], 2))).toBe('issuers_invalid');
  });
});
