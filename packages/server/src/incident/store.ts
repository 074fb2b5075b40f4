import type { Queryable } from '../postgres/database.ts';

export type Phase = 'accounts' | 'exposed' | 'tried' | 'ready';

/** One computation of a case's exposure, and how far it has come. */
export interface RunRow {
  caseId: string;
  run: number;
  phase: Phase;
  /** The last id that the phase has dealt with. */
  after: string;
  done: number;
  total: number;
  startedAt: Date;
  startedBy: string;
}

/** How far a piece of a phase has come: the last id dealt with, and how many; none are left where it is null. */
export type Piece = { after: string; count: number } | null;

const runColumns = `case_id as "caseId", run, phase, after, done::float8 as done, total::float8 as total,
  started_at as "startedAt", started_by as "startedBy"`;

export async function readNewestRun(db: Queryable, caseId: string): Promise<RunRow | undefined> {
  const [row] = await db.query<RunRow>(
    `select ${runColumns} from case_runs where case_id = $1 order by run desc limit 1`,
    [caseId],
  );
  return row;
}

/** Held until the transaction ends: of two who work at one computation, one does the next piece. */
export async function lockUnfinishedRun(tx: Queryable, caseId: string): Promise<RunRow | undefined> {
  const [row] = await tx.query<RunRow>(
    `select ${runColumns} from case_runs where case_id = $1 and phase <> 'ready' order by run desc limit 1 for update`,
    [caseId],
  );
  return row;
}

export async function readUnfinishedCases(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ caseId: string }>(
    `select case_id as "caseId" from case_runs where phase <> 'ready' order by started_at, case_id`,
  );
  return rows.map((row) => row.caseId);
}

export async function insertRun(
  tx: Queryable,
  row: Pick<RunRow, 'caseId' | 'run' | 'total' | 'startedAt' | 'startedBy'>,
): Promise<void> {
  await tx.query(
    `insert into case_runs (case_id, run, phase, after, done, total, started_at, started_by)
     values ($1, $2, 'accounts', '', 0, $3, $4, $5)`,
    [row.caseId, row.run, row.total, row.startedAt, row.startedBy],
  );
}

export async function moveRun(
  tx: Queryable,
  row: Pick<RunRow, 'caseId' | 'run' | 'phase' | 'after' | 'done' | 'total'>,
): Promise<void> {
  await tx.query(
    `update case_runs set phase = $3, after = $4, done = $5, total = $6 where case_id = $1 and run = $2`,
    [row.caseId, row.run, row.phase, row.after, row.done, row.total],
  );
}

export async function setFigures(tx: Queryable, caseId: string, run: number, figures: object): Promise<void> {
  await tx.query(`update case_runs set figures = $3 where case_id = $1 and run = $2`, [
    caseId,
    run,
    JSON.stringify(figures),
  ]);
}

export async function readFigures<Figures>(
  db: Queryable,
  caseId: string,
  run: number,
): Promise<Figures | undefined> {
  const [row] = await db.query<{ figures: Figures | null }>(
    `select figures from case_runs where case_id = $1 and run = $2`,
    [caseId, run],
  );
  return row?.figures ?? undefined;
}

/** Tables that a computation fills, each by case and run. */
const runTables = [
  'case_accounts',
  'case_activity',
  'case_reveals',
  'case_exposed',
  'case_tried',
  'case_runs',
] as const;

/** Tells the planner what has just been filled in: it would take the tables to be as small as they were. */
export async function analyzeFilled(
  tx: Queryable,
  tables: readonly ('case_reveals' | 'case_exposed' | 'case_tried')[],
): Promise<void> {
  for (const table of tables) await tx.query(`analyze ${table}`);
}

export async function deleteRunsBefore(tx: Queryable, caseId: string, run: number): Promise<void> {
  for (const table of runTables) {
    await tx.query(`delete from ${table} where case_id = $1 and run < $2`, [caseId, run]);
  }
}
