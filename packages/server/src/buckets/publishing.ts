import { OPEN_TAG_BYTES } from '@kith/protocol/crypto';
import type { Context } from '../context.ts';
import { lockMember, type MemberRow, readMembers } from '../members/store.ts';
import { insertEntry, readUnpublished } from './store.ts';

const membersAtOnce = 200;
const secretBytes = 32;

/** Whoever is to be found by anyone with its number. */
const isOpen = (member: MemberRow | undefined): member is MemberRow =>
  member !== undefined &&
  member.discoverable === 'anyone' &&
  member.phoneSealed !== null &&
  !member.suspendedAt;

/**
 * Enters open members under the newest OPRF key, in threads. Entries are of use from the next bucket that is built.
 * Returns how many members were looked at.
 */
export async function runPublishing(context: Context): Promise<number> {
  const keyVersion = await context.oprf.newest(context.database);
  const due = await readUnpublished(context.database, keyVersion, membersAtOnce);
  const members = (await readMembers(context.database, due)).filter(isOpen);
  if (members.length === 0) return 0;
  const { secretKey } = await context.oprf.pair(keyVersion);
  const numbers = members.map((member) => context.keyring.openNumber(member.phoneSealed!, member.memberId));
  const keys = Buffer.from(
    await context.compute.run('publishing', 'openKeys', { numbers, keyVersion, secretKey }),
  );
  const width = OPEN_TAG_BYTES + secretBytes;
  for (const [index, member] of members.entries()) {
    const own = keys.subarray(index * width, (index + 1) * width);
    await publish(context, member, keyVersion, own);
  }
  return members.length;
}

async function publish(context: Context, member: MemberRow, keyVersion: number, keys: Buffer): Promise<void> {
  await context.database.transaction(async (tx) => {
    // Between reading and now the member may have chosen otherwise, or changed its number.
    const current = await lockMember(tx, member.memberId, 'sync');
    if (!isOpen(current) || !current.phoneTag!.equals(member.phoneTag!)) return;
    await insertEntry(tx, {
      tag: keys.subarray(0, OPEN_TAG_BYTES),
      keyVersion,
      secret: keys.subarray(OPEN_TAG_BYTES),
      handle: context.keyring.tag('ticket', `handle\0${member.memberId}`),
      memberId: member.memberId,
    });
  });
}
