import { Problem } from '@kith/protocol';
import type { Analyst, Role } from '@kith/protocol/study';
import type { Context } from '../context.ts';
import { uuidv7 } from '../uuidv7.ts';
import { checkName, nameKeyOf } from './names.ts';
import { checkPassword, generatePassword, Passwords } from './passwords.ts';
import { recordSignIn } from './record.ts';
import * as store from './store.ts';

/** One who has just been given a password: it is shown this once. */
export type IssuedAnalyst = Analyst & { password: string };

export interface NewAnalyst {
  name: string;
  role: Role;
  /** Without it, one is made up. */
  password?: string;
  /** Whether the password has to be changed at the first sign-in; default true. */
  mustChangePassword?: boolean;
  /** Who makes the account. */
  by: string;
}

/**
 * Makes a local account.
 *
 * @throws Problem `analyst_name_invalid`, `analyst_name_taken`, `password_weak`
 */
export async function createAnalyst(context: Context, given: NewAnalyst): Promise<IssuedAnalyst> {
  const name = checkName(given.name);
  const password = given.password ?? generatePassword();
  checkPassword(password, name);
  const passwordHash = await passwordsOf(context).hash(password);
  const now = new Date(context.now());
  const row: store.AnalystRow = {
    nameKey: nameKeyOf(name),
    analystId: uuidv7(context.now()),
    name,
    role: given.role,
    state: 'active',
    way: 'local',
    passwordHash,
    mustChange: given.mustChangePassword ?? true,
    issuedBy: given.by,
    issuedAt: now,
    createdAt: now,
    lastSeenAt: null,
  };
  await context.database.transaction(async (tx) => {
    if (!(await store.insertAnalyst(tx, row))) throw new Problem('analyst_name_taken');
    await recordSignIn(context, tx, row, 'created', { body: { by: given.by, role: row.role, way: 'local' } });
  });
  return { ...answerOf(row), password };
}

export function passwordsOf(context: Pick<Context, 'keyring'>): Passwords {
  return new Passwords(context.keyring.key('password'));
}

export async function listAnalysts({ database }: Pick<Context, 'database'>): Promise<Analyst[]> {
  return (await store.readAnalysts(database)).map(answerOf);
}

export interface AnalystChange {
  role?: Role;
  state?: 'active' | 'disabled';
  resetPassword?: true;
}

/**
 * Changes an account. A disabled one is out at once, and so is one whose role or password changes: it signs in anew.
 *
 * @throws Problem `analyst_unknown`, `analyst_last_admin`, `analyst_not_local`
 */
export async function changeAnalyst(
  context: Context,
  analystId: string,
  change: AnalystChange,
  by: string,
): Promise<Analyst & { password?: string }> {
  const password = change.resetPassword ? generatePassword() : undefined;
  const passwordHash = password && (await passwordsOf(context).hash(password));
  const found = await store.readAnalystById(context.database, analystId);
  if (!found) throw new Problem('analyst_unknown');
  const now = new Date(context.now());
  const changed = await context.database.transaction(async (tx) => {
    await store.lockTeam(tx);
    const held = await store.lockAnalyst(tx, found.nameKey);
    if (!held) throw new Problem('analyst_unknown');
    if (passwordHash && held.way !== 'local') throw new Problem('analyst_not_local');
    const next: store.AnalystRow = {
      ...held,
      role: change.role ?? held.role,
      state: change.state ?? held.state,
      ...(passwordHash && { passwordHash, mustChange: true, issuedBy: by, issuedAt: now }),
    };
    await store.updateAnalyst(tx, next);
    await expectAnAdmin(tx, held);
    await store.deleteSessionsOf(tx, held.nameKey);
    const body = { by, role: next.role, state: next.state, passwordReset: Boolean(passwordHash) };
    await recordSignIn(context, tx, held, 'changed', { body });
    return next;
  });
  return { ...answerOf(changed), ...(password && { password }) };
}

/** Somebody has to be able to let others in. */
async function expectAnAdmin(tx: Parameters<typeof store.readAnalysts>[0], before: store.AnalystRow) {
  if (before.role !== 'admin' || before.state !== 'active') return;
  const left = await store.readAnalysts(tx);
  if (!left.some(({ role, state }) => role === 'admin' && state === 'active'))
    throw new Problem('analyst_last_admin');
}

function answerOf(row: store.AnalystRow): Analyst {
  return {
    id: row.analystId,
    name: row.name,
    role: row.role,
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    ...(row.lastSeenAt && { lastSeenAt: row.lastSeenAt.toISOString() }),
    way: row.way,
  };
}
