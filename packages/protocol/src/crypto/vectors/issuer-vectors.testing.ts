import { toHex } from '../bytes.ts';
import {
  type Announcement,
  type Answer,
  type Dealing,
  encodeAnnouncement,
  encodeAnswer,
  encodeDealing,
  encodeVerdict,
  type Verdict,
} from '../issuers/ceremony/messages.ts';
import { runCeremony } from '../issuers/ceremony/run.testing.ts';
import { answerKeyRequest, combineAnswers } from '../issuers/issuance.ts';
import { encodeIssuerSet, type IssuerSet } from '../issuers/issuer-set.ts';
import type { Pairing } from '../pairing/pairing.ts';
import { streamOf } from '../random.testing.ts';

const request = { number: '+12025550123', epoch: 226 };

/** A ceremony of two of three with one accusation, every message of it, and the keys that the issuers then make. */
export function issuerVectors(pairing: Pairing): object {
  const messages: Record<string, string[]> = {};
  const keep =
    <T>(round: string, encode: (message: T) => Uint8Array) =>
    (all: T[]): T[] => {
      messages[round] = all.map((message) => toHex(encode(message)));
      return all;
    };
  const accuse = (all: Verdict[]) => all.map((each) => (each.index === 1 ? { ...each, accused: [3] } : each));
  const results = runCeremony(pairing, { threshold: 2, issuers: 3 }, streamOf('kith vectors issuers'), {
    announcements: keep<Announcement>('announcements', encodeAnnouncement),
    dealings: keep<Dealing>('dealings', encodeDealing),
    verdicts: (all) => keep<Verdict>('verdicts', encodeVerdict)(accuse(all)),
    answers: keep<Answer>('answers', encodeAnswer),
  });
  const set = results[0]?.issuers as IssuerSet;
  const answers = results.map(({ share }) => answerKeyRequest(pairing, share, request));
  const { keys } = combineAnswers(pairing, set, request, answers.slice(1));
  return {
    about:
      'Issuers: docs/protocol.md, "Issuers". All values are hexadecimal. Issuer 1 accuses issuer 3 without reason.',
    ceremony: messages,
    transcript: toHex(results[0]?.transcript as Uint8Array),
    shares: results.map(({ share }) => toHex(share.secret)),
    issuerSet: toHex(encodeIssuerSet(set).serialize()),
    ...request,
    answers: answers.map((answer) => toHex(answer.serialize())),
    memberKeys: { g1: toHex(keys.g1.toBytes()), g2: toHex(keys.g2.toBytes()) },
  };
}
