import { Problem } from '@kith/protocol';
import type { Queryable } from '../postgres/database.ts';
import { type MemberRow, readMember } from './store.ts';

/**
 * A member that may act: it exists and is not suspended. Asked at every call, in the same transaction where there is one,
 * so that a suspended member learns nothing more, whatever token it holds.
 *
 * @throws Problem `member_unknown`, `member_suspended`
 */
export function active(member: MemberRow | undefined): MemberRow {
  if (!member) throw new Problem('member_unknown');
  if (member.suspendedAt) throw new Problem('member_suspended');
  return member;
}

export async function readActiveMember(db: Queryable, memberId: string): Promise<MemberRow> {
  return active(await readMember(db, memberId));
}
