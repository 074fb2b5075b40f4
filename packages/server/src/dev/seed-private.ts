import { randomBytes } from 'node:crypto';
import {
  answerKeyRequest,
  loadFastPairing,
  meet,
  type Pairing,
  type ReadyMember,
  readyMember,
  SlotsWrite,
  sealCard,
} from '@kith/protocol/crypto';
import type { Context } from '../context.ts';
import { epochsToWrite } from '../slots/epochs.ts';
import { writePrivateSides } from '../slots/private.ts';
import type { DemoPerson } from './population.ts';

/**
 * Lets friends look privately for those whom a visitor may sign in as, so that a visitor who looks privately meets them.
 * Each does what its own device would do, with the keys that the service issues; the rest of their books is left out,
 * since nobody will ever look from the other side.
 */
export async function lookForVisitors(
  context: Context,
  friends: readonly DemoPerson[],
  visitors: readonly DemoPerson[],
): Promise<void> {
  const { share } = context.issuer;
  if (!share) return;
  const pairing = await loadFastPairing();
  const { current, next } = epochsToWrite(context.policy, context.now());
  for (const epoch of next === undefined ? [current] : [current, next]) {
    for (const friend of friends) {
      const others = visitors.filter(({ member }) => friend.book.some(({ phone }) => phone === member.phone));
      if (others.length === 0) continue;
      const request = { number: friend.member.phone, epoch };
      const { d1, d2 } = answerKeyRequest(pairing, share, request);
      const ready = readyMember(pairing, { g1: pairing.readG1(d1), g2: pairing.readG2(d2), ...request });
      const message = sidesOf(pairing, ready, friend, others);
      ready.release();
      await writePrivateSides(context, friend.member.id, message, {});
    }
  }
}

function sidesOf(
  pairing: Pairing,
  ready: ReadyMember,
  { member: { id, card } }: DemoPerson,
  others: readonly DemoPerson[],
): Uint8Array {
  const sides = others.map(({ member }) => {
    const meeting = meet(pairing, ready, member.phone);
    const { slot, sideTag } = meeting;
    const own = { id, name: card.name, handle: card.handle };
    return { slot, sideTag, sealedCard: sealCard(meeting, own, randomBytes) };
  });
  return new SlotsWrite(ready.keys.epoch, sides).serialize();
}
