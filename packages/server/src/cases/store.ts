import type { Attribution, CaseDetail, CaseHost } from '@kith/protocol/study';
import type { Queryable } from '../postgres/database.ts';

export interface CaseRow {
  caseId: string;
  name: string;
  state: CaseDetail['state'];
  openedBy: string;
  openedAt: Date;
  noticedAt: Date | null;
  host: CaseHost;
  attribution: Attribution | null;
  /** The computation that outputs are made of. */
  run: number | null;
}

const columns = `case_id as "caseId", name, state, opened_by as "openedBy", opened_at as "openedAt",
  noticed_at as "noticedAt", host, attribution, run`;

/** Returns whether the case is new. */
export async function insertCase(db: Queryable, row: CaseRow): Promise<boolean> {
  const rows = await db.query(
    `insert into cases (case_id, name, state, opened_by, opened_at, noticed_at, host, attribution, run)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning 1 as one`,
    [
      row.caseId,
      row.name,
      row.state,
      row.openedBy,
      row.openedAt,
      row.noticedAt,
      JSON.stringify(row.host),
      row.attribution ? JSON.stringify(row.attribution) : null,
      row.run,
    ],
  );
  return rows.length === 1;
}

export async function updateCase(
  tx: Queryable,
  row: Pick<CaseRow, 'caseId' | 'name' | 'state' | 'noticedAt' | 'host' | 'attribution'>,
): Promise<void> {
  await tx.query(
    `update cases set name = $2, state = $3, noticed_at = $4, host = $5, attribution = $6 where case_id = $1`,
    [
      row.caseId,
      row.name,
      row.state,
      row.noticedAt,
      JSON.stringify(row.host),
      row.attribution ? JSON.stringify(row.attribution) : null,
    ],
  );
}

export async function readCases(db: Queryable, limit: number): Promise<CaseRow[]> {
  return db.query(`select ${columns} from cases order by opened_at desc, case_id limit $1`, [limit]);
}

export async function readCase(db: Queryable, caseId: string): Promise<CaseRow | undefined> {
  const [row] = await db.query<CaseRow>(`select ${columns} from cases where case_id = $1`, [caseId]);
  return row;
}

export async function lockCase(tx: Queryable, caseId: string): Promise<CaseRow | undefined> {
  const [row] = await tx.query<CaseRow>(`select ${columns} from cases where case_id = $1 for update`, [
    caseId,
  ]);
  return row;
}

export async function setCaseRun(tx: Queryable, caseId: string, run: number): Promise<void> {
  await tx.query(`update cases set run = $2 where case_id = $1`, [caseId, run]);
}

export interface CaseRing {
  ringId: string;
  addedAt: Date;
  addedBy: string;
}

export async function readCaseRings(db: Queryable, caseId: string): Promise<CaseRing[]> {
  return db.query(
    `select ring_id as "ringId", added_at as "addedAt", added_by as "addedBy" from case_rings
     where case_id = $1 order by added_at, ring_id`,
    [caseId],
  );
}

export async function addCaseRings(
  tx: Queryable,
  caseId: string,
  ringIds: readonly string[],
  by: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into case_rings (case_id, ring_id, added_at, added_by)
     select $1, ring, $3, $4 from unnest($2::text[]) as ring on conflict do nothing`,
    [caseId, ringIds, at, by],
  );
}

export async function removeCaseRings(
  tx: Queryable,
  caseId: string,
  ringIds: readonly string[],
): Promise<void> {
  await tx.query(`delete from case_rings where case_id = $1 and ring_id = any($2)`, [caseId, ringIds]);
}

export interface CaseRecord {
  recordId: string;
  kind: 'note' | 'evidence' | 'decision';
  at: Date;
  by: string;
  name: string | null;
  text: string;
}

export async function insertRecord(tx: Queryable, caseId: string, row: CaseRecord): Promise<void> {
  await tx.query(
    `insert into case_records (case_id, record_id, kind, at, by, name, text) values ($1, $2, $3, $4, $5, $6, $7)`,
    [caseId, row.recordId, row.kind, row.at, row.by, row.name, row.text],
  );
}

export async function readRecords(db: Queryable, caseId: string, limit: number): Promise<CaseRecord[]> {
  return db.query(
    `select record_id::text as "recordId", kind, at, by, name, text from case_records
     where case_id = $1 order by at, record_id limit $2`,
    [caseId, limit],
  );
}

/** What was planned and done about rings, with who and when. */
export interface RingAction {
  actionId: string;
  ringId: string;
  accounts: number;
  plannedBy: string;
  plannedAt: Date;
  approvedBy: string | null;
  approvedAt: Date | null;
  doneBy: string | null;
  doneAt: Date | null;
  undoneBy: string | null;
  undoneAt: Date | null;
}

export async function readRingActions(db: Queryable, ringIds: readonly string[]): Promise<RingAction[]> {
  return db.query(
    `select action_id::text as "actionId", ring_id as "ringId", jsonb_array_length(members) as accounts,
       planned_by as "plannedBy", planned_at as "plannedAt", approved_by as "approvedBy", approved_at as "approvedAt",
       done_by as "doneBy", done_at as "doneAt", undone_by as "undoneBy", undone_at as "undoneAt"
     from actions where ring_id = any($1) order by planned_at, action_id`,
    [ringIds],
  );
}

/** Cases that hold any of these rings. */
export async function readCasesOfRings(
  db: Queryable,
  ringIds: readonly string[],
): Promise<{ ringId: string; caseId: string }[]> {
  return db.query(
    `select ring_id as "ringId", case_id as "caseId" from case_rings where ring_id = any($1) order by case_id`,
    [ringIds],
  );
}
