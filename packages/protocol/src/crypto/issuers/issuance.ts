import { CryptoError } from '../errors.ts';
import {
  acceptKeys,
  areKeysOf,
  hashIdentity,
  issueKeys,
  type KeyPoints,
  type MemberKeys,
} from '../mutual/member-keys.ts';
import type { Pairing } from '../pairing/pairing.ts';
import { MemberKeysAnswer } from '../wire/member-keys-answer.ts';
import { combineKeys, decodeKey, type IssuerSet } from './issuer-set.ts';
import { lagrangeWeights } from './sharing.ts';

/** What one issuer holds: its index from 1 and its secret of 32 bytes. Alone it makes no member's key unless it is alone. */
export interface IssuerShare {
  index: number;
  secret: Uint8Array;
}

/** Who asks, once the issuer has made sure that the number is the member's. */
export interface KeyRequest {
  /** E.164. */
  number: string;
  epoch: number;
}

/** An issuer's answer: its part of d1 and d2. */
export function answerKeyRequest(
  pairing: Pairing,
  share: IssuerShare,
  request: KeyRequest,
): MemberKeysAnswer {
  const { g1, g2 } = issueKeys(pairing, share.secret, request.number, request.epoch);
  return new MemberKeysAnswer(request.epoch, share.index, g1.toBytes(), g2.toBytes());
}

/** The answers that hold against their issuer's public key, and who sent one that does not. */
export interface JudgedAnswers {
  good: readonly { index: number; keys: KeyPoints }[];
  /** Indices from 1, ascending; an issuer that is not of the set, or answered twice differently, is among them. */
  liars: readonly number[];
}

/** Checks every answer by pairing, whatever the others say. */
export function judgeAnswers(
  pairing: Pairing,
  set: IssuerSet,
  request: KeyRequest,
  answers: readonly MemberKeysAnswer[],
): JudgedAnswers {
  const hashed = hashIdentity(pairing, request.number, request.epoch);
  const good = new Map<number, KeyPoints>();
  const liars = new Set<number>();
  for (const answer of answers) {
    const keys = keysIfGood(pairing, set, request.epoch, hashed, answer);
    if (keys === null) liars.add(answer.issuer);
    else good.set(answer.issuer, keys);
  }
  for (const liar of liars) good.delete(liar);
  const ascending = [...good].sort(([a], [b]) => a - b);
  return {
    good: ascending.map(([index, keys]) => ({ index, keys })),
    liars: [...liars].sort((a, b) => a - b),
  };
}

/**
 * A member's keys from the answers of its issuers: each is checked, the liars are left out, and exactly `threshold` of the
 * good ones are interpolated. `issuers_too_few` (with the liars) where fewer are good; `member_key_invalid`
 * where the result is not the set's, which no set that passed `readIssuerSet` can cause.
 */
export function combineAnswers(
  pairing: Pairing,
  set: IssuerSet,
  request: KeyRequest,
  answers: readonly MemberKeysAnswer[],
): { keys: MemberKeys; liars: readonly number[] } {
  const { good, liars } = judgeAnswers(pairing, set, request, answers);
  if (good.length < set.threshold) throw new CryptoError('issuers_too_few', { issuers: liars });
  const used = good.slice(0, set.threshold);
  const weights = lagrangeWeights(used.map(({ index }) => index));
  const combined = combineKeys(
    pairing,
    used.map(({ keys }) => keys),
    weights,
  );
  return { keys: acceptKeys(pairing, set.whole, combined, request.number, request.epoch), liars };
}

function keysIfGood(
  pairing: Pairing,
  set: IssuerSet,
  epoch: number,
  hashed: KeyPoints,
  answer: MemberKeysAnswer,
): KeyPoints | null {
  const share = set.shares[answer.issuer - 1];
  if (share === undefined || answer.epoch !== epoch) return null;
  try {
    const keys = decodeKey(pairing, { g1: answer.d1, g2: answer.d2 });
    return areKeysOf(pairing, share, keys, hashed) ? keys : null;
  } catch (error) {
    if (error instanceof CryptoError && (error.code === 'point_invalid' || error.code === 'length_wrong'))
      return null;
    throw error;
  }
}
