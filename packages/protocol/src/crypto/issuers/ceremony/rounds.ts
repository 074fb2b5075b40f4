import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes, type RandomBytes, uintBytes } from '../../bytes.ts';
import { CryptoError } from '../../errors.ts';
import { context } from '../../kdf.ts';
import { type KeyPoints, publicKeysOf } from '../../mutual/member-keys.ts';
import type { Pairing } from '../../pairing/pairing.ts';
import type { EncodedKey } from '../../wire/issuer-set-message.ts';
import type { IssuerShare } from '../issuance.ts';
import { decodeKey, encodeKey, type IssuerSet, isOneSecret } from '../issuer-set.ts';
import { addScalars, evaluatePolynomial } from '../sharing.ts';
import {
  type Announcement,
  type Answer,
  type Dealing,
  encodeAnnouncement,
  encodeDealing,
  type Verdict,
} from './messages.ts';
import { type CeremonyPlan, type CeremonyState, drawState, expectRound } from './plan.ts';
import { evaluateCommitments, isShareOf, openShare, sealShare } from './shares.ts';

/*
 * Verifiable distributed key generation: every issuer deals a secret of its own by Feldman's sharing, and the key is the
 * sum of them (Pedersen, "A threshold cryptosystem without a trusted party", 1991). Commitments are hashed a round before they are shown, so that nobody can
 * choose its part after seeing the others' (the bias that Gennaro, Jarecki, Krawczyk and Rabin, 2007, describe).
 *
 *   1 announce: a transport key, and the hash of what will be dealt
 *   2 deal:     commitments in both groups, and a sealed share for every issuer
 *   3 judge:    who dealt this issuer a bad share, and the hash of all that was seen
 *   4 answer:   the accused show the shares in dispute
 *   finish:     this issuer's share and the public keys, or the name of the one who cheated
 *
 * All messages are public and every issuer must get the same ones. Known limits: one cheat or absence ends the
 * ceremony with the culprit's name, and it is held again without it; who ends it in round 2 may do so because it
 * disliked the sum.
 */

/** Round 1. Draws (1 + threshold) * 48 random bytes. Keep `state` secret, and until the end. */
export function announce(
  pairing: Pairing,
  plan: CeremonyPlan,
  index: number,
  random: RandomBytes,
): { state: CeremonyState; announcement: Announcement } {
  const state = drawState(pairing, plan, index, random);
  const transportKey = pairing.multiplyG1(pairing.generatorG1, state.transportSecret).toBytes();
  const commitment = commitTo(state, index, commitmentsOf(pairing, state));
  return { state, announcement: { ceremony: plan.ceremony, index, transportKey, commitment } };
}

/** Round 2, from everyone's announcements. Draws 12 random bytes for each issuer. */
export function deal(
  pairing: Pairing,
  state: CeremonyState,
  announcements: readonly Announcement[],
  random: RandomBytes,
): Dealing {
  const sealedShares = expectRound(state, announcements).map(({ index: to, transportKey }) => {
    const share = evaluatePolynomial(state.coefficients, to);
    return sealShare(pairing, state, { from: state.index, to }, transportKey, share, random);
  });
  const coefficients = commitmentsOf(pairing, state);
  return { ceremony: state.ceremony, index: state.index, coefficients, sealedShares };
}

/** Round 3. A dealing that breaks the rules for all to see throws `ceremony_cheat` with its dealer. */
export function judge(
  pairing: Pairing,
  state: CeremonyState,
  announcements: readonly Announcement[],
  dealings: readonly Dealing[],
): Verdict {
  const seen = readDealings(pairing, state, announcements, dealings);
  const accused = seen.dealers.filter((dealer) => shareFrom(pairing, state, dealer) === null);
  return {
    ceremony: state.ceremony,
    index: state.index,
    transcript: seen.transcript,
    accused: accused.map(({ index }) => index),
  };
}

/** Round 4: the shares in dispute, or null where nobody accuses this issuer. */
export function answer(state: CeremonyState, verdicts: readonly Verdict[]): Answer | null {
  const accusers = expectVerdicts(state, verdicts).filter(({ accused }) => accused.includes(state.index));
  if (accusers.length === 0) return null;
  const shares = accusers.map(({ index: to }) => ({ to, share: evaluatePolynomial(state.coefficients, to) }));
  return { ceremony: state.ceremony, index: state.index, shares };
}

/** What an issuer has at the end. */
export interface CeremonyResult {
  /** Secret. */
  share: IssuerShare;
  issuers: IssuerSet;
  /** 32 bytes to be compared by word of mouth: equal for all, or someone saw other messages. */
  transcript: Uint8Array;
}

/** The end. `ceremony_cheat` names who dealt a bad share and could not show a good one; `ceremony_message_invalid` who saw other messages. */
export function finish(
  pairing: Pairing,
  state: CeremonyState,
  announcements: readonly Announcement[],
  dealings: readonly Dealing[],
  verdicts: readonly Verdict[],
  answers: readonly Answer[],
): CeremonyResult {
  const { dealers, transcript } = readDealings(pairing, state, announcements, dealings);
  const judged = expectVerdicts(state, verdicts);
  const elsewhere = judged.filter((verdict) => !equalBytes(verdict.transcript, transcript));
  if (elsewhere.length > 0)
    throw new CryptoError('ceremony_message_invalid', { issuers: elsewhere.map(({ index }) => index) });
  const shown = shownShares(pairing, dealers, judged, answers);
  const parts = dealers.map(
    (dealer) => shown.get(routeName(dealer.index, state.index)) ?? shareFrom(pairing, state, dealer),
  );
  const cheats = dealers.filter((_, i) => parts[i] === null).map(({ index }) => index);
  if (cheats.length > 0) throw new CryptoError('ceremony_cheat', { issuers: cheats });
  const secret = (parts as Uint8Array[]).reduce(addScalars);
  return { share: { index: state.index, secret }, issuers: sumOf(pairing, state, dealers), transcript };
}

/** Everyone's verdict, once each accuses issuers of this ceremony only. */
function expectVerdicts(plan: CeremonyPlan, verdicts: readonly Verdict[]): Verdict[] {
  const judged = expectRound(plan, verdicts);
  const wrong = judged.filter(({ accused }) => accused.some((index) => index < 1 || index > plan.issuers));
  if (wrong.length > 0)
    throw new CryptoError('ceremony_message_invalid', { issuers: wrong.map(({ index }) => index) });
  return judged;
}

/** A dealing that kept every rule that all can check. */
interface Dealer {
  index: number;
  transportKey: Uint8Array;
  commitments: readonly KeyPoints[];
  sealedShares: readonly Uint8Array[];
}

function readDealings(
  pairing: Pairing,
  plan: CeremonyPlan,
  announcements: readonly Announcement[],
  dealings: readonly Dealing[],
): { dealers: Dealer[]; transcript: Uint8Array } {
  const announced = expectRound(plan, announcements);
  const dealt = expectRound(plan, dealings);
  const dealers = dealt.map((dealing, i) =>
    readDealing(pairing, plan, announced[i] as Announcement, dealing),
  );
  const cheats = dealt.filter((_, i) => dealers[i] === null).map(({ index }) => index);
  if (cheats.length > 0) throw new CryptoError('ceremony_cheat', { issuers: cheats });
  const messages = [...announced.map(encodeAnnouncement), ...dealt.map(encodeDealing)];
  const transcript = sha256(concatBytes(context('ceremony transcript'), ...messages));
  return { dealers: dealers as Dealer[], transcript };
}

function readDealing(
  pairing: Pairing,
  plan: CeremonyPlan,
  { index, transportKey, commitment }: Announcement,
  { coefficients, sealedShares }: Dealing,
): Dealer | null {
  if (coefficients.length !== plan.threshold || sealedShares.length !== plan.issuers) return null;
  if (!equalBytes(commitment, commitTo(plan, index, coefficients))) return null;
  try {
    const commitments = coefficients.map((key) => decodeKey(pairing, key));
    return commitments.every((key) => isOneSecret(pairing, key))
      ? { index, transportKey, commitments, sealedShares }
      : null;
  } catch (error) {
    if (error instanceof CryptoError) return null;
    throw error;
  }
}

/** The share that a dealer sealed to this issuer, or null where it does not open or does not fit the commitments. */
function shareFrom(pairing: Pairing, state: CeremonyState, dealer: Dealer): Uint8Array | null {
  const sealed = dealer.sealedShares[state.index - 1] as Uint8Array;
  const route = { from: dealer.index, to: state.index };
  const share = openShare(pairing, state, route, dealer.transportKey, sealed);
  return share !== null && isShareOf(pairing, dealer.commitments, state.index, share) ? share : null;
}

/** The good shares that the accused have shown, by route; throws on an accusation without one. */
function shownShares(
  pairing: Pairing,
  dealers: readonly Dealer[],
  verdicts: readonly Verdict[],
  answers: readonly Answer[],
): Map<string, Uint8Array> {
  const shown = new Map<string, Uint8Array>();
  const cheats = new Set<number>();
  for (const { index: to, accused } of verdicts)
    for (const from of accused) {
      const answered = answers.find(({ index }) => index === from)?.shares.find((each) => each.to === to);
      const commitments = (dealers[from - 1] as Dealer).commitments;
      if (answered !== undefined && isShareOf(pairing, commitments, to, answered.share))
        shown.set(routeName(from, to), answered.share);
      else cheats.add(from);
    }
  if (cheats.size > 0)
    throw new CryptoError('ceremony_cheat', { issuers: [...cheats].sort((a, b) => a - b) });
  return shown;
}

const routeName = (from: number, to: number) => `${from}>${to}`;

/** The public keys of the sum of all polynomials: at 0 the whole, at i the share of issuer i. */
function sumOf(pairing: Pairing, plan: CeremonyPlan, dealers: readonly Dealer[]): IssuerSet {
  const total = Array.from({ length: plan.threshold }, (_, k) =>
    dealers
      .map(({ commitments }) => commitments[k] as KeyPoints)
      .reduce((sum, next) => ({
        g1: pairing.addG1(sum.g1, next.g1),
        g2: pairing.addG2(sum.g2, next.g2),
      })),
  );
  const shares = dealers.map(({ index }) => evaluateCommitments(pairing, total, index));
  return { threshold: plan.threshold, whole: total[0] as KeyPoints, shares };
}

function commitmentsOf(pairing: Pairing, state: CeremonyState): EncodedKey[] {
  return state.coefficients.map((coefficient) => encodeKey(publicKeysOf(pairing, coefficient)));
}

/** SHA-256 over the plan, the dealer and its commitments: no dealer can copy another's. */
function commitTo(plan: CeremonyPlan, index: number, coefficients: readonly EncodedKey[]): Uint8Array {
  const sizes = [plan.threshold, plan.issuers, index].map((value) => uintBytes(value, 1));
  const points = coefficients.flatMap(({ g1, g2 }) => [g1, g2]);
  return sha256(concatBytes(context('ceremony commitment', plan.ceremony), ...sizes, ...points));
}
