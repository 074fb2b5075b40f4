import { Problem } from '@kith/protocol';
import type { Context } from '../context.ts';
import { readActiveMember } from '../members/active.ts';
import { epochsToWrite } from '../slots/epochs.ts';

/**
 * A member's own keys for its number and an epoch. The host has verified the number; nobody gets keys for another.
 *
 * @returns the `MemberKeysAnswer` message
 * @throws Problem `phone_missing`, `epoch_invalid`
 */
export async function issueMemberKeys(context: Context, memberId: string, epoch: number | undefined) {
  const me = await readActiveMember(context.database, memberId);
  if (!me.phoneSealed) throw new Problem('phone_missing');
  const { current, next } = epochsToWrite(context.policy, context.now());
  const asked = epoch ?? current;
  if (asked !== current && asked !== next) throw new Problem('epoch_invalid');
  const number = context.keyring.openNumber(me.phoneSealed, memberId);
  return context.compute.run(memberId, 'issue', { ...context.issuer.share, number, epoch: asked });
}
