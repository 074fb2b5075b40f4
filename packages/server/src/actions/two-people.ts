import { Problem } from '@kith/protocol';
import { isSameName, isServiceKey, nameKeyOf } from '../analysts/names.ts';
import { readAnalyst } from '../analysts/store.ts';
import type { Context } from '../context.ts';

/** So long whoever has handed out a password might still be the one who uses it. */
const handedOutMs = 24 * 3_600_000;

/**
 * That two names are two people. An analyst and a key without an owner may be one, and so may an account here and one of
 * an issuer elsewhere, and an admin and an account whose password that admin has just made.
 *
 * @throws Problem `approver_same`, `approver_unknown`
 */
export async function expectTwoPeople(context: Context, planner: string, approver: string): Promise<void> {
  if (isSameName(planner, approver)) throw new Problem('approver_same');
  const [one, two] = await Promise.all(
    [planner, approver].map((name) => readAnalyst(context.database, nameKeyOf(name))),
  );
  if ((one && isServiceKey(approver)) || (two && isServiceKey(planner))) {
    throw new Problem('approver_unknown', 'A service key without an owner may be anybody’s');
  }
  if (one && two && one.way !== two.way) {
    throw new Problem('approver_unknown', 'An account here and one elsewhere may be the same person’s');
  }
  const fresh = (issuedBy: string | null, issuedAt: Date | null, by: string) =>
    issuedBy !== null && isSameName(issuedBy, by) && context.now() - (issuedAt?.getTime() ?? 0) < handedOutMs;
  if (
    (two && fresh(two.issuedBy, two.issuedAt, planner)) ||
    (one && fresh(one.issuedBy, one.issuedAt, approver))
  ) {
    throw new Problem('approver_unknown', 'One of the two has given the other its password within a day');
  }
}
