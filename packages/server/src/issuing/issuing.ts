import { type KeysReferral, Problem } from '@kith/protocol';
import type { Context } from '../context.ts';
import { readActiveMember } from '../members/active.ts';
import { epochsToWrite } from '../slots/epochs.ts';

/**
 * A member's own keys for its number and an epoch, or who makes them. The host has verified the number; nobody gets keys
 * for another.
 *
 * @returns the `MemberKeysAnswer` message, or where to take an attestation
 * @throws Problem `phone_missing`, `epoch_invalid`
 */
export async function issueMemberKeys(
  context: Context,
  memberId: string,
  epoch: number | undefined,
): Promise<Uint8Array | KeysReferral> {
  const me = await readActiveMember(context.database, memberId);
  if (!me.phoneSealed) throw new Problem('phone_missing');
  const { current, next } = epochsToWrite(context.policy, context.now());
  const asked = epoch ?? current;
  if (asked !== current && asked !== next) throw new Problem('epoch_invalid');
  const number = context.keyring.openNumber(me.phoneSealed, memberId);
  const { share, outside } = context.issuer;
  if (share) return context.compute.run(memberId, 'issue', { ...share, number, epoch: asked });
  return {
    attestation: await context.attestor.attest(number),
    issuers: outside!.urls.map((url, at) => ({ index: at + 1, url })),
  };
}
