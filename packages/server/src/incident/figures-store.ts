import type { CountryFigure, DayFigure, NetworkFigure } from '@kith/protocol/study';
import type { Queryable } from '../postgres/database.ts';
import type { RunRow } from './store.ts';

type Run = Pick<RunRow, 'caseId' | 'run'>;

const ofRun = 'case_id = $1 and run = $2';

async function one<Row extends object>(db: Queryable, run: Run, sql: string): Promise<Row> {
  const [row] = await db.query<Row>(sql, [run.caseId, run.run]);
  return row!;
}

/** Counts come as doubles: exact up to 2^53, and numbers in JavaScript. */
export function countAccounts(db: Queryable, run: Run) {
  return one<{ accounts: number; suspended: number; erased: number; kept: number; waiting: number }>(
    db,
    run,
    `select count(*)::float8 as accounts, count(*) filter (where suspended)::float8 as suspended,
       count(*) filter (where erased)::float8 as erased, coalesce(sum(kept), 0)::float8 as kept,
       coalesce(sum(waiting), 0)::float8 as waiting
     from case_accounts where ${ofRun}`,
  );
}

export function countActivity(db: Queryable, run: Run) {
  return one<{
    syncs: number;
    numbers: number;
    privateNumbers: number;
    rejected: number;
    prefixes: number;
    since: Date | null;
    until: Date | null;
  }>(
    db,
    run,
    `select coalesce(sum(syncs), 0)::float8 as syncs, coalesce(sum(numbers), 0)::float8 as numbers,
       coalesce(sum(private_numbers), 0)::float8 as "privateNumbers", coalesce(sum(rejected), 0)::float8 as rejected,
       count(distinct nullif(prefix, ''))::float8 as prefixes, min(first_at) as since, max(last_at) as until
     from case_activity where ${ofRun}`,
  );
}

/** Cards shown and whose, by what the one shown is: a person (still a member or not), a canary, an account of the case. */
export function countReveals(db: Queryable, run: Run) {
  return one<{
    members: number;
    erased: number;
    byNumber: number;
    cards: number;
    canaries: number;
    amongThemselves: number;
    since: Date | null;
    until: Date | null;
  }>(
    db,
    run,
    `select count(distinct r.member_id) filter (where e.kind in ('person', 'erased'))::float8 as members,
       count(distinct r.member_id) filter (where e.kind = 'erased')::float8 as erased,
       count(distinct r.member_id) filter (where e.kind in ('person', 'erased') and r.how = 'number')::float8 as "byNumber",
       count(*) filter (where e.kind in ('person', 'erased'))::float8 as cards,
       count(*) filter (where e.kind = 'canary')::float8 as canaries,
       count(*) filter (where e.kind = 'account')::float8 as "amongThemselves",
       min(r.at) filter (where e.kind in ('person', 'erased')) as since,
       max(r.at) filter (where e.kind in ('person', 'erased')) as until
     from case_reveals as r join case_exposed as e on e.case_id = r.case_id and e.run = r.run and e.member_id = r.member_id
     where r.case_id = $1 and r.run = $2`,
  );
}

export function countProtected(db: Queryable, run: Run) {
  return one<{
    total: number;
    nobody: number;
    mutual: number;
    noNumber: number;
    waiting: number;
    changed: number;
  }>(
    db,
    run,
    `select count(*)::float8 as total, count(*) filter (where setting = 'nobody')::float8 as nobody,
       count(*) filter (where setting = 'mutual')::float8 as mutual,
       count(*) filter (where setting = 'noNumber')::float8 as "noNumber",
       count(*) filter (where setting = 'waiting')::float8 as waiting, count(*) filter (where changed)::float8 as changed
     from case_tried where ${ofRun} and setting in ('nobody', 'mutual', 'noNumber', 'waiting')`,
  );
}

export async function countLanguages(
  db: Queryable,
  run: Run,
): Promise<{ language: string; notices: number }[]> {
  return db.query(
    `select language, count(*)::float8 as notices from case_exposed
     where ${ofRun} and kind = 'person' group by language order by notices desc, language`,
    [run.caseId, run.run],
  );
}

export async function countCountries(db: Queryable, run: Run): Promise<CountryFigure[]> {
  return db.query(
    `select country, count(distinct member_id)::float8 as accounts, sum(syncs)::float8 as syncs, sum(numbers)::float8 as numbers
     from case_activity where ${ofRun} group by country order by accounts desc, numbers desc, country`,
    [run.caseId, run.run],
  );
}

export async function countNetworks(db: Queryable, run: Run): Promise<NetworkFigure[]> {
  return db.query(
    `select asn::float8 as asn, max(operator) as operator, max(network) as kind, country,
       count(distinct member_id)::float8 as accounts, sum(syncs)::float8 as syncs, sum(numbers)::float8 as numbers
     from case_activity where ${ofRun} group by asn, country order by accounts desc, numbers desc, asn, country`,
    [run.caseId, run.run],
  );
}

export async function countDays(db: Queryable, run: Run): Promise<DayFigure[]> {
  return db.query(
    `select to_char(day, 'YYYY-MM-DD') as day, coalesce(sum(numbers), 0)::float8 as numbers,
       coalesce(sum(reveals), 0)::float8 as reveals, count(distinct account)::float8 as accounts,
       coalesce(sum(syncs), 0)::float8 as syncs
     from (
       select day, numbers, 0 as reveals, member_id as account, syncs from case_activity where ${ofRun}
       union all
       select (r.at at time zone 'UTC')::date, 0, 1, null, 0 from case_reveals as r
         join case_exposed as e on e.case_id = r.case_id and e.run = r.run and e.member_id = r.member_id
       where r.case_id = $1 and r.run = $2 and e.kind in ('person', 'erased')
     ) as parts
     group by day order by day`,
    [run.caseId, run.run],
  );
}
