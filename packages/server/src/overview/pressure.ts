import type { Pressure } from '@kith/protocol/study';
import { countAlliesOf } from '../actions/store.ts';
import { extraOf } from '../budgets/budgets.ts';
import { unitsLeft } from '../budgets/gcra.ts';
import type { Unit } from '../budgets/policy.ts';
import { memberScope } from '../budgets/scopes.ts';
import type { Context } from '../context.ts';
import { readBudgetsOf } from './store.ts';

/** Budgets are kept under keyed tags of members, so only those whose ids are known can be looked up. */
export async function pressureOn(
  context: Context,
  unit: Unit,
  { sample, total }: { sample: readonly string[]; total: number },
): Promise<Pressure> {
  if (sample.length === 0) return { members: total, atLimit: 0 };
  const { database, keyring, policy } = context;
  const byTag = new Map(
    sample.map((memberId) => [
      Buffer.from(memberScope(keyring, memberId).tag, 'base64url').toString('hex'),
      memberId,
    ]),
  );
  const rows = await readBudgetsOf(
    database,
    [...byTag.keys()].map((tag) => Buffer.from(tag, 'hex')),
  );
  const spent = rows.filter(
    (row) => row.unit === unit && unitsLeft(row, policy.budgets[unit].member, context.now()) < 1,
  );
  const members = spent.map((row) => byTag.get(row.scope)!);
  const allies = await countAlliesOf(database, members);
  const atLimit = spent.filter(
    (row, at) => extraOf(policy, unit, allies.get(members[at]!) ?? 0, row.extraSpent) < 1,
  ).length;
  return { members: total, atLimit: Math.round((atLimit * total) / sample.length) };
}
