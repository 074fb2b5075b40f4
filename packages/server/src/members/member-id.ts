import { Problem } from '@kith/protocol';

/** Ids are the host's: anything printable or not, but stored and compared exactly. */
export function isMemberId(memberId: string): boolean {
  const length = [...memberId].length;
  return length >= 1 && length <= 200 && !memberId.includes('\0') && memberId.isWellFormed();
}

/** @throws Problem `member_id_invalid` */
export function checkMemberId(memberId: string): void {
  if (!isMemberId(memberId)) throw new Problem('member_id_invalid');
}
