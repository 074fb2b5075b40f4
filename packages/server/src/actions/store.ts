import type { Action, PlanSummary as ShownSummary } from '@kith/protocol/study';
import type { Queryable } from '../postgres/database.ts';

export type ActionState = Action['state'];

/** What a suspension would do, for whoever has to decide; names are read when it is shown. */
export type PlanSummary = Omit<ShownSummary, 'sample'> & { sample: { member: string; why: string[] }[] };

export interface ActionRow {
  actionId: string;
  ringId: string;
  kind: 'suspend';
  state: ActionState;
  fingerprint: string;
  members: string[];
  summary: PlanSummary;
  /** Members of the ring that are left alone. */
  leftOut: string[];
  /** Who planned it, or last changed the plan. */
  plannedBy: string;
  plannedAt: Date;
  askedBy: string | null;
  askedAt: Date | null;
  note: string | null;
  approvedBy: string | null;
  approvedAt: Date | null;
  doneBy: string | null;
  doneAt: Date | null;
  undoneBy: string | null;
  undoneAt: Date | null;
}

const columns = `action_id::text as "actionId", ring_id as "ringId", kind, state, fingerprint, members, summary,
  left_out as "leftOut", planned_by as "plannedBy", planned_at as "plannedAt", asked_by as "askedBy",
  asked_at as "askedAt", note, approved_by as "approvedBy", approved_at as "approvedAt",
  done_by as "doneBy", done_at as "doneAt", undone_by as "undoneBy", undone_at as "undoneAt"`;

export async function insertAction(
  db: Queryable,
  row: Pick<
    ActionRow,
    'actionId' | 'ringId' | 'fingerprint' | 'members' | 'summary' | 'plannedBy' | 'plannedAt'
  >,
): Promise<void> {
  await db.query(
    `insert into actions (action_id, ring_id, kind, state, fingerprint, members, summary, planned_by, planned_at)
     values ($1, $2, 'suspend', 'planned', $3, $4, $5, $6, $7)`,
    [
      row.actionId,
      row.ringId,
      row.fingerprint,
      JSON.stringify(row.members),
      JSON.stringify(row.summary),
      row.plannedBy,
      row.plannedAt,
    ],
  );
}

export async function readActions(db: Queryable, limit: number): Promise<ActionRow[]> {
  return db.query(`select ${columns} from actions order by action_id desc limit $1`, [limit]);
}

export async function readAction(db: Queryable, actionId: string): Promise<ActionRow | undefined> {
  const [row] = await db.query<ActionRow>(`select ${columns} from actions where action_id = $1`, [actionId]);
  return row;
}

/** Held until the transaction ends: of two who decide at once, one decides. */
export async function lockAction(tx: Queryable, actionId: string): Promise<ActionRow | undefined> {
  const [row] = await tx.query<ActionRow>(`select ${columns} from actions where action_id = $1 for update`, [
    actionId,
  ]);
  return row;
}

/** Writes a plan that has been changed: whoever changed it has planned it, and nobody has agreed to it yet. */
export async function replan(
  tx: Queryable,
  row: Pick<ActionRow, 'actionId' | 'members' | 'summary' | 'leftOut' | 'plannedBy' | 'plannedAt'>,
): Promise<void> {
  await tx.query(
    `update actions set state = 'planned', members = $2, summary = $3, left_out = $4, planned_by = $5, planned_at = $6,
       asked_by = null, asked_at = null, note = null, approved_by = null, approved_at = null where action_id = $1`,
    [
      row.actionId,
      JSON.stringify(row.members),
      JSON.stringify(row.summary),
      JSON.stringify(row.leftOut),
      row.plannedBy,
      row.plannedAt,
    ],
  );
}

export async function setAsked(
  tx: Queryable,
  actionId: string,
  asked: { by: string; at: Date; note: string | null },
): Promise<void> {
  await tx.query(`update actions set asked_by = $2, asked_at = $3, note = $4 where action_id = $1`, [
    actionId,
    asked.by,
    asked.at,
    asked.note,
  ]);
}

const stamps = { approved: 'approved', done: 'done', undone: 'undone' } as const;

export async function setActionState(
  tx: Queryable,
  actionId: string,
  state: keyof typeof stamps,
  by: string,
  at: Date,
): Promise<void> {
  const name = stamps[state];
  await tx.query(`update actions set state = $2, ${name}_by = $3, ${name}_at = $4 where action_id = $1`, [
    actionId,
    state,
    by,
    at,
  ]);
}

/** What members have that a suspension takes from them. */
export async function countLosses(db: Queryable, memberIds: readonly string[]): Promise<PlanSummary['lose']> {
  const count = async (sql: string) => (await db.query<{ count: number }>(sql, [memberIds]))[0]!.count;
  return {
    people: await count(`select count(*)::integer as count from people where viewer_id = any($1)`),
    slots: await count(`select count(*)::integer as count from contacts where member_id = any($1)`),
    waiting: await count(`select count(*)::integer as count from reveals where viewer_id = any($1)`),
  };
}

/** Mutual meetings with established members, by member: the strongest sign of a person. */
export async function countAlliesOf(
  db: Queryable,
  memberIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db.query<{ id: string; count: number }>(
    `select viewer_id as id, count(*)::integer as count from people
     where viewer_id = any($1) and how = 'mutual' and ally group by viewer_id`,
    [memberIds],
  );
  return new Map(rows.map((row) => [row.id, row.count]));
}
