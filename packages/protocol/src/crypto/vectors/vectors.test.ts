import { beforeAll, describe, expect, it } from 'vitest';
import issuers from '../../../vectors/issuers.json' with { type: 'json' };
import mutual from '../../../vectors/mutual.json' with { type: 'json' };
import open from '../../../vectors/open.json' with { type: 'json' };
import { fromHex, toHex } from '../bytes.ts';
import { loadFastGroup, loadPureGroup } from '../group/load.ts';
import { combineAnswers } from '../issuers/issuance.ts';
import { readIssuerSet } from '../issuers/issuer-set.ts';
import { openCard } from '../mutual/card.ts';
import { deriveMeeting, type Meeting } from '../mutual/meeting.ts';
import { loadFastPairing, loadPurePairing } from '../pairing/load.ts';
import type { Pairing } from '../pairing/pairing.ts';
import { IssuerSetMessage } from '../wire/issuer-set-message.ts';
import { MemberKeysAnswer } from '../wire/member-keys-answer.ts';
import { issuerVectors } from './issuer-vectors.testing.ts';
import { mutualVectors } from './mutual-vectors.testing.ts';
import { openVectors } from './open-vectors.testing.ts';

describe('the committed vectors', () => {
  it('of open discovery are what both backends make', async () => {
    expect(openVectors(await loadFastGroup())).toEqual(open);
    expect(openVectors(await loadPureGroup())).toEqual(open);
  });

  it('of mutual discovery are what both backends make', async () => {
    expect(mutualVectors(await loadFastPairing())).toEqual(mutual);
    expect(mutualVectors(await loadPurePairing())).toEqual(mutual);
  });

  it('of issuers are what the fast backend makes', async () => {
    expect(issuerVectors(await loadFastPairing())).toEqual(issuers);
  });
});

describe('the committed vectors, read as another implementation would', () => {
  let pairing: Pairing;
  beforeAll(async () => {
    pairing = await loadFastPairing();
  });

  it('have both ends of a meeting agree, and each open the other’s card', () => {
    for (const { epoch, ends } of mutual.meetings) {
      const [one, two] = ends as [(typeof ends)[0], (typeof ends)[0]];
      expect(one.pairKey).toBe(two.pairKey);
      expect(one.slot).toBe(two.slot);
      for (const [own, other] of [
        [one, two],
        [two, one],
      ] as const) {
        const meeting: Meeting = deriveMeeting(fromHex(own.pairKey), epoch, own.side as 'low' | 'high');
        expect(toHex(meeting.slot)).toBe(own.slot);
        expect(openCard(meeting, fromHex(other.sealedCard))).toEqual(other.card);
      }
    }
  });

  it('have the listed issuers make the listed keys', () => {
    const set = readIssuerSet(pairing, IssuerSetMessage.deserialize(fromHex(issuers.issuerSet)));
    const answers = issuers.answers.map((hex) => MemberKeysAnswer.deserialize(fromHex(hex)));
    const { keys } = combineAnswers(pairing, set, issuers, answers.slice(0, 2));
    expect(toHex(keys.g1.toBytes())).toBe(issuers.memberKeys.g1);
    expect(toHex(keys.g2.toBytes())).toBe(issuers.memberKeys.g2);
  });
});
