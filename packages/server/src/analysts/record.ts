import type { Context } from '../context.ts';
import type { Queryable } from '../postgres/database.ts';
import { nameKeyOf } from './names.ts';

/** The history that entries about an analyst, or a service key, belong to; hosts' members have other ids. */
export const historyOf = (by: string): string => `kith:analyst:${nameKeyOf(by)}`;

/** That somebody has looked at people's data: which, of whom, and who it was. */
export async function recordView(
  { ledger, database, now }: Pick<Context, 'ledger' | 'database' | 'now'>,
  by: string,
  what: string,
  id: string,
): Promise<void> {
  const entry = { memberId: historyOf(by), kind: 'view' as const, body: { by, what, id } };
  await ledger.append(database, [entry], now());
}

/** What an analyst, or somebody in that name, did at the door. */
type SignInEvent =
  | 'signed-in'
  | 'refused'
  | 'locked'
  | 'signed-out'
  | 'password-changed'
  | 'created'
  | 'changed';

export async function recordSignIn(
  { ledger, now }: Pick<Context, 'ledger' | 'now'>,
  tx: Queryable,
  analyst: { name: string },
  what: SignInEvent,
  more: { body?: Record<string, unknown>; from?: Record<string, unknown> } = {},
): Promise<void> {
  const body = { what, analyst: analyst.name, ...more.body };
  const from = more.from && Object.keys(more.from).length > 0 ? { context: more.from } : {};
  await ledger.append(tx, [{ memberId: historyOf(analyst.name), kind: 'sign-in', body, ...from }], now());
}
