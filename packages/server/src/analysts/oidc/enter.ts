import { createHash } from 'node:crypto';
import { Problem } from '@kith/protocol';
import type { Origin } from '../../budgets/scopes.ts';
import type { Context } from '../../context.ts';
import { uuidv7 } from '../../uuidv7.ts';
import { checkName, nameKeyOf } from '../names.ts';
import { recordSignIn } from '../record.ts';
import { openSession, type Session } from '../sessions.ts';
import * as store from '../store.ts';
import { type Claims, nameFrom, roleFrom } from './claims.ts';
import type { OidcOptions } from './issuer.ts';

/**
 * Lets in whoever the issuer vouches for. The first time makes the account; from then on the subject is bound to its
 * name, whatever it calls itself later, and the role is what the issuer's groups say now. A name that somebody else has
 * is not given away.
 *
 * @throws Problem `role_insufficient` for somebody in no group that may come in, `analyst_name_taken`,
 *   `analyst_name_invalid`, `sign_in_refused` for an account that is disabled
 */
export async function enterByOidc(
  context: Context,
  { issuer, roles }: Pick<OidcOptions, 'issuer' | 'roles'>,
  claims: Claims & { sub: string },
  from: Origin,
): Promise<Session> {
  const role = roleFrom(claims, roles);
  if (role === null) throw new Problem('role_insufficient');
  const subject = createHash('sha256')
    .update(JSON.stringify([issuer, claims.sub]))
    .digest();
  return context.database.transaction(async (tx) => {
    const known = await store.readSubject(tx, subject);
    const analyst = known
      ? await store.lockAnalyst(tx, known)
      : await addAnalyst(context, tx, subject, checkName(nameFrom(claims)), role);
    if (analyst?.state !== 'active') throw new Problem('sign_in_refused');
    const current = { ...analyst, role };
    await store.updateAnalyst(tx, current);
    await recordSignIn(context, tx, current, 'signed-in', { body: { way: 'oidc', role }, from: { ...from } });
    return openSession(context, tx, current);
  });
}

async function addAnalyst(
  context: Context,
  tx: Parameters<typeof store.insertAnalyst>[0],
  subject: Buffer,
  name: string,
  role: store.AnalystRow['role'],
): Promise<store.AnalystRow> {
  const row: store.AnalystRow = {
    nameKey: nameKeyOf(name),
    analystId: uuidv7(context.now()),
    name,
    role,
    state: 'active',
    way: 'oidc',
    passwordHash: null,
    mustChange: false,
    issuedBy: null,
    issuedAt: null,
    createdAt: new Date(context.now()),
    lastSeenAt: null,
  };
  if (!(await store.insertAnalyst(tx, row))) throw new Problem('analyst_name_taken');
  if ((await store.claimSubject(tx, subject, row.nameKey)) !== row.nameKey)
    throw new Problem('sign_in_refused');
  return row;
}
