import type { Queryable } from '../postgres/database.ts';
import type { Protection } from './members-store.ts';
import type { RunRow } from './store.ts';

type Run = Pick<RunRow, 'caseId' | 'run'>;

/** A card that was shown to an account of the case. */
export interface RevealRow {
  memberId: string;
  entryId: string;
  viewer: string;
  at: Date;
  how: string;
}

/** Cards that were shown, by member and then by entry, after one of them: all of them, also those of nobody's cost. */
export async function readReveals(
  db: Queryable,
  run: Run,
  after: Pick<RevealRow, 'memberId' | 'entryId'>,
  limit: number,
): Promise<RevealRow[]> {
  return db.query(
    `select member_id as "memberId", entry_id::text as "entryId", viewer_id as viewer, at, how from case_reveals
     where case_id = $1 and run = $2 and (member_id, entry_id) > ($3, $4::uuid)
     order by member_id, entry_id limit $5`,
    [run.caseId, run.run, after.memberId, after.entryId, limit],
  );
}

/** Which of these are people: not canaries, nor accounts of the case. */
export async function readPeopleAmong(
  db: Queryable,
  run: Run,
  memberIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db.query<{ memberId: string }>(
    `select member_id as "memberId" from case_exposed
     where case_id = $1 and run = $2 and member_id = any($3) and kind in ('person', 'erased')`,
    [run.caseId, run.run, memberIds],
  );
  return new Set(rows.map((row) => row.memberId));
}

/** A person who can be written to, and how often its card was shown. */
export interface NotifiedRow {
  memberId: string;
  language: string;
  times: number;
  viewers: number;
  first: Date;
  last: Date;
}

/** In two steps, each along its index: a join would be planned anew, and differently, as the tables grow. */
export async function readNotified(
  db: Queryable,
  run: Run,
  after: string,
  limit: number,
): Promise<NotifiedRow[]> {
  const people = await db.query<{ memberId: string; language: string }>(
    `select member_id as "memberId", language from case_exposed
     where case_id = $1 and run = $2 and member_id > $3 and kind = 'person' order by member_id limit $4`,
    [run.caseId, run.run, after, limit],
  );
  const rows = await db.query<Omit<NotifiedRow, 'language'>>(
    `select member_id as "memberId", count(*)::float8 as times, count(distinct viewer_id)::float8 as viewers,
       min(at) as first, max(at) as last
     from case_reveals where case_id = $1 and run = $2 and member_id = any($3) group by member_id`,
    [run.caseId, run.run, people.map(({ memberId }) => memberId)],
  );
  const shown = new Map(rows.map((row) => [row.memberId, row]));
  return people.map(({ memberId, language }) => ({ ...shown.get(memberId)!, language }));
}

export interface ProtectedRow {
  memberId: string;
  setting: Protection;
  from: Date;
  until: Date;
  changed: boolean;
}

export async function readProtected(
  db: Queryable,
  run: Run,
  after: string,
  limit: number,
): Promise<ProtectedRow[]> {
  return db.query(
    `select member_id as "memberId", setting, from_at as "from", until_at as "until", changed from case_tried
     where case_id = $1 and run = $2 and member_id > $3 and setting in ('nobody', 'mutual', 'noNumber', 'waiting')
     order by member_id limit $4`,
    [run.caseId, run.run, after, limit],
  );
}

/** An address block that an account of the case sent from. */
export interface PrefixRow {
  prefix: string;
  asn: number;
  country: string;
}

export async function readPrefixes(
  db: Queryable,
  run: Run,
  after: PrefixRow,
  limit: number,
): Promise<PrefixRow[]> {
  return db.query(
    `select distinct prefix, asn::float8 as asn, country from case_activity
     where case_id = $1 and run = $2 and prefix <> '' and (prefix, asn, country) > ($3, $4, $5)
     order by prefix, asn, country limit $6`,
    [run.caseId, run.run, after.prefix, after.asn, after.country, limit],
  );
}
