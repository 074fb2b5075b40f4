import { type CanonicalNumber, countryOf } from '@kith/protocol';
import type { Context } from '../context.ts';
import { type Setting, toSetting } from '../ledger/settings.ts';
import { type MemberRow, readMembers } from '../members/store.ts';
import type { Queryable, Transaction } from '../postgres/database.ts';
import { languageOf } from './languages.ts';
import {
  type ExposedKind,
  insertExposed,
  readAmong,
  readCanariesAmong,
  readSettingsOf,
  readShown,
  readTried,
  setTried,
  type TriedRow,
} from './members-store.ts';
import { protectionDuring } from './settings-during.ts';
import type { Piece, RunRow } from './store.ts';

const membersAtOnce = 1_000;

/** Who the next of those were whose cards were shown: people, canaries, or accounts of the case among themselves. */
export async function nextExposed(tx: Transaction, context: Context, run: RunRow): Promise<Piece> {
  const ids = await readShown(tx, run, run.after, membersAtOnce);
  if (ids.length === 0) return null;
  const known = new Map((await readMembers(tx, ids)).map((member) => [member.memberId, member]));
  const accounts = await readAmong(tx, run, 'case_accounts', ids);
  const rows = ids.map((memberId) => {
    const member = known.get(memberId);
    const kind = kindOf(member, accounts.has(memberId));
    return { memberId, kind, language: kind === 'person' ? languageOfMember(context, member!) : null };
  });
  await insertExposed(tx, run, rows);
  return { after: ids.at(-1)!, count: ids.length };
}

function kindOf(member: MemberRow | undefined, isAccount: boolean): ExposedKind {
  if (isAccount) return 'account';
  if (!member) return 'erased';
  return member.canary ? 'canary' : 'person';
}

/** By the country of the number, which leaves this function as a language only. */
function languageOfMember({ keyring }: Context, member: MemberRow): string {
  if (!member.phoneSealed) return languageOf(undefined);
  const number = keyring.openNumber(member.phoneSealed, member.memberId) as CanonicalNumber;
  return languageOf(countryOf(number));
}

/** What protected the next of those whose numbers were in the books, and whose cards were never shown. */
export async function nextTried(tx: Transaction, _context: Context, run: RunRow): Promise<Piece> {
  const listed = await readTried(tx, run, run.after, membersAtOnce);
  if (listed.length === 0) return null;
  const ids = listed.map(({ memberId }) => memberId);
  const accounts = await readAmong(tx, run, 'case_accounts', ids);
  const canaries = await readCanariesAmong(tx, ids);
  const exposed = await readAmong(tx, run, 'case_exposed', ids);
  const settings = await settingsOf(tx, ids);
  const rows = listed.map((row): TriedRow => {
    const { memberId, from, until } = row;
    if (accounts.has(memberId)) return { ...row, setting: 'account', changed: false };
    if (canaries.has(memberId)) return { ...row, setting: 'canary', changed: false };
    if (exposed.has(memberId)) return { ...row, setting: 'exposed', changed: false };
    const recorded = settings.get(memberId) ?? [];
    return { ...row, ...protectionDuring(recorded, from.getTime(), until.getTime()) };
  });
  await setTried(tx, run, rows);
  return { after: ids.at(-1)!, count: ids.length };
}

/** All that was on record about the settings of some members, each oldest first. */
export async function settingsOf(
  db: Queryable,
  memberIds: readonly string[],
): Promise<Map<string, Setting[]>> {
  const settings = new Map<string, Setting[]>();
  for (const row of await readSettingsOf(db, memberIds)) {
    const held = settings.get(row.memberId);
    if (held) held.push(toSetting(row));
    else settings.set(row.memberId, [toSetting(row)]);
  }
  return settings;
}
