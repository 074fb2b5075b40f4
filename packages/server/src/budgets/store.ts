import type { Queryable } from '../postgres/database.ts';
import type { Unit } from './policy.ts';

export interface BudgetRow {
  scope: string;
  unit: Unit;
  tatMs: number;
  extraSpent: number;
}

export interface BudgetKey {
  scope: string;
  unit: Unit;
}

/**
 * Reads buckets and holds them until the transaction ends; buckets never seen before start full. All writers take
 * them in one order, so that they wait for each other instead of deadlocking.
 */
export async function lockBudgets(tx: Queryable, keys: readonly BudgetKey[]): Promise<BudgetRow[]> {
  const sorted = [...keys].sort(byScope);
  return tx
    .query<BudgetRow>(
      `insert into budgets as b (scope, unit, tat_ms, extra_spent)
     select decode(s, 'hex'), u, 0, 0 from unnest($1::text[], $2::text[]) as given (s, u)
     on conflict (scope, unit) do update set tat_ms = b.tat_ms
     returning encode(scope, 'hex') as scope, unit, tat_ms as "tatMs", extra_spent as "extraSpent"`,
      [sorted.map((key) => hex(key.scope)), sorted.map((key) => key.unit)],
    )
    .then(fromHex);
}

/** Reads buckets as they are; those never seen are missing. */
export async function readBudgets(db: Queryable, scope: string): Promise<BudgetRow[]> {
  return db
    .query<BudgetRow>(
      `select encode(scope, 'hex') as scope, unit, tat_ms as "tatMs", extra_spent as "extraSpent"
     from budgets where scope = $1`,
      [Buffer.from(scope, 'base64url')],
    )
    .then(fromHex);
}

/** Writes buckets that `lockBudgets` holds. */
export async function writeBudgets(tx: Queryable, rows: readonly BudgetRow[]): Promise<void> {
  const sorted = [...rows].sort(byScope);
  await tx.query(
    `insert into budgets (scope, unit, tat_ms, extra_spent)
     select decode(s, 'hex'), u, t, e
     from unnest($1::text[], $2::text[], $3::double precision[], $4::integer[]) as given (s, u, t, e)
     on conflict (scope, unit) do update set tat_ms = excluded.tat_ms, extra_spent = excluded.extra_spent`,
    [
      sorted.map((row) => hex(row.scope)),
      sorted.map((row) => row.unit),
      sorted.map((row) => row.tatMs),
      sorted.map((row) => row.extraSpent),
    ],
  );
}

/** Meetings of a member with established members: what reciprocity pays for. */
export async function countAllies(db: Queryable, memberId: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::integer as count from people where viewer_id = $1 and how = 'mutual' and ally`,
    [memberId],
  );
  return row!.count;
}

export async function deleteBudgets(tx: Queryable, scope: string): Promise<void> {
  await tx.query(`delete from budgets where scope = $1`, [Buffer.from(scope, 'base64url')]);
}

/** Buckets that filled up again a day ago or longer: the same as if never seen, and strangers' devices make many. */
export async function deleteFullBudgets(db: Queryable, nowMs: number): Promise<void> {
  await db.query(`delete from budgets where tat_ms < $1 and extra_spent = 0`, [nowMs - dayMs]);
}

const dayMs = 86_400_000;

const hex = (tag: string) => Buffer.from(tag, 'base64url').toString('hex');

function fromHex(rows: BudgetRow[]): BudgetRow[] {
  return rows.map((row) => ({ ...row, scope: Buffer.from(row.scope, 'hex').toString('base64url') }));
}

function byScope(a: BudgetKey, b: BudgetKey): number {
  return hex(a.scope) < hex(b.scope) ? -1 : a.scope === b.scope ? (a.unit < b.unit ? -1 : 1) : 1;
}
