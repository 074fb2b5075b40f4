import type { Queryable } from '../postgres/database.ts';

export interface Totals {
  members: number;
  suspended: number;
  /** Numbers and reveals that wait for budget or for their batch. */
  waiting: number;
}

export async function readTotals(db: Queryable): Promise<Totals> {
  const [members] = await db.query<{ members: number; suspended: number }>(
    `select count(*)::float8 as members, (count(*) filter (where suspended_at is not null))::float8 as suspended
     from members where not canary`,
  );
  const [contacts] = await db.query<{ count: number }>(
    `select count(*)::float8 as count from contacts where waiting_slot or waiting_lookup is not null`,
  );
  const [reveals] = await db.query<{ count: number }>(`select count(*)::float8 as count from reveals`);
  return { ...members!, waiting: contacts!.count + reveals!.count };
}

/** Accounts of rings that are not dismissed, by where their traffic left from. */
export async function readRingOrigins(
  db: Queryable,
): Promise<{ country: string; asn: number; accounts: number }[]> {
  return db.query(
    `select origin ->> 'country' as country, (origin ->> 'asn')::float8 as asn,
       sum((origin ->> 'accounts')::float8)::float8 as accounts
     from rings, jsonb_array_elements(body -> 'origins') as origin where state <> 'dismissed' group by 1, 2`,
  );
}

/** Budgets of these scopes, as they are. */
export async function readBudgetsOf(
  db: Queryable,
  tags: readonly Buffer[],
): Promise<{ scope: string; unit: 'slots' | 'lookups' | 'reveals'; tatMs: number; extraSpent: number }[]> {
  return db.query(
    `select encode(scope, 'hex') as scope, unit, tat_ms as "tatMs", extra_spent as "extraSpent"
     from budgets where scope = any($1)`,
    [tags],
  );
}

/** Something that people look at, and a text that differs when it has changed. */
export interface Version {
  id: string;
  version: string;
}

const seenMax = 2_000;

/** The newest rings, actions and cases as they are now. */
export async function readVersions(db: Queryable): Promise<Record<'ring' | 'action' | 'case', Version[]>> {
  const ring = await db.query<Version>(
    `select ring_id as id, concat_ws(' ', state, updated_at, note, who_else ->> 'searchedAt') as version
     from rings order by updated_at desc limit $1`,
    [seenMax],
  );
  const action = await db.query<Version>(
    `select action_id::text as id, concat_ws(' ', state, planned_at, asked_at, approved_at, done_at, undone_at) as version
     from actions order by action_id desc limit $1`,
    [seenMax],
  );
  const cases = await db.query<Version>(
    `select case_id as id, concat_ws(' ', state, name, run, noticed_at, attribution) as version
     from cases order by opened_at desc limit $1`,
    [seenMax],
  );
  const records = await db.query<{ id: string; count: number }>(
    `select case_id as id, count(*)::integer as count from case_records where case_id = any($1) group by case_id`,
    [cases.map(({ id }) => id)],
  );
  const counts = new Map(records.map(({ id, count }) => [id, count]));
  const withRecords = cases.map(({ id, version }) => ({ id, version: `${version} ${counts.get(id) ?? 0}` }));
  return { ring, action, case: withRecords };
}
