import type { Queryable } from '../postgres/database.ts';
import type { Protection, RunRow } from './store.ts';

type Run = Pick<RunRow, 'caseId' | 'run'>;

/** A card that was shown to an account of the case. */
export interface RevealRow {
  memberId: string;
  entryId: string;
  viewer: string;
  at: Date;
  how: string;
}

/** Cards of people, by member and then by entry, after one of them. */
export async function readReveals(
  db: Queryable,
  run: Run,
  after: Pick<RevealRow, 'memberId' | 'entryId'>,
  limit: number,
): Promise<RevealRow[]> {
  return db.query(
    `select r.member_id as "memberId", r.entry_id::text as "entryId", r.viewer_id as viewer, r.at, r.how
     from case_reveals as r join case_exposed as e on e.case_id = r.case_id and e.run = r.run and e.member_id = r.member_id
     where r.case_id = $1 and r.run = $2 and (r.member_id, r.entry_id) > ($3, $4::uuid) and e.kind in ('person', 'erased')
     order by r.member_id, r.entry_id limit $5`,
    [run.caseId, run.run, after.memberId, after.entryId, limit],
  );
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

export async function readNotified(
  db: Queryable,
  run: Run,
  after: string,
  limit: number,
): Promise<NotifiedRow[]> {
  return db.query(
    `select e.member_id as "memberId", e.language, count(*)::float8 as times, count(distinct r.viewer_id)::float8 as viewers,
       min(r.at) as first, max(r.at) as last
     from (select case_id, run, member_id, language from case_exposed
           where case_id = $1 and run = $2 and kind = 'person' and member_id > $3 order by member_id limit $4) as e
       join case_reveals as r on r.case_id = e.case_id and r.run = e.run and r.member_id = e.member_id
     group by e.member_id, e.language order by e.member_id`,
    [run.caseId, run.run, after, limit],
  );
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
