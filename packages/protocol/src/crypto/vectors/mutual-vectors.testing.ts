import { toHex } from '../bytes.ts';
import { sealCard } from '../mutual/card.ts';
import { encodeIdentity, sideOf } from '../mutual/identity.ts';
import { meet, pairKey } from '../mutual/meeting.ts';
import { hashIdentity, issueKeys, type KeyPoints, publicKeysOf, readyMember } from '../mutual/member-keys.ts';
import type { Pairing } from '../pairing/pairing.ts';
import { streamOf } from '../random.testing.ts';

const hexOf = ({ g1, g2 }: KeyPoints) => ({ g1: toHex(g1.toBytes()), g2: toHex(g2.toBytes()) });

/** Both ends of meetings: keys, k, and all that follows from it. */
export function mutualVectors(pairing: Pairing): object {
  const random = streamOf('kith vectors mutual');
  const secret = pairing.randomScalar(random);
  const meetings = (
    [
      ['+12025550123', '+442079460000', 226],
      ['+12025550123', '+442079460000', 227],
      ['+1202555', '+12025550', 0],
      ['+999999999999999', '+33612345678', 4_294_967_295],
    ] as const
  ).map(([one, two, epoch]) => {
    const ends = (
      [
        [one, two],
        [two, one],
      ] as const
    ).map(([number, other]) => {
      const keys = { ...issueKeys(pairing, secret, number, epoch), number, epoch };
      const ready = readyMember(pairing, keys);
      const meeting = meet(pairing, ready, other);
      const card = { id: `id-${number.slice(1)}`, name: `Member ${number.length}`, handle: 'handle' };
      const nonce = random(12);
      return {
        number,
        identity: toHex(encodeIdentity(number, epoch)),
        hashed: hexOf(hashIdentity(pairing, number, epoch)),
        memberKeys: hexOf(keys),
        side: sideOf(number, other),
        pairKey: toHex(pairKey(pairing, ready, other)),
        slot: toHex(meeting.slot),
        sideTag: toHex(meeting.sideTag),
        sealKey: toHex(meeting.sealKey),
        openKey: toHex(meeting.openKey),
        card,
        nonce: toHex(nonce),
        sealedCard: toHex(sealCard(meeting, card, () => nonce)),
      };
    });
    return { epoch, ends };
  });
  return {
    about:
      'Mutual discovery: docs/protocol.md, "Meeting in a slot". All values are hexadecimal, both ends of each meeting are given.',
    masterSecret: toHex(secret),
    issuer: hexOf(publicKeysOf(pairing, secret)),
    meetings,
  };
}
