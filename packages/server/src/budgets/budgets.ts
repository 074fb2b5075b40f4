import type { Bucket, BudgetReport } from '@kith/protocol';
import type { Queryable } from '../postgres/database.ts';
import { affordableAtMs, afterJump, fullAtMs, spend, unitsLeft } from './gcra.ts';
import { type Limit, type Policy, type Unit, units } from './policy.ts';
import { reciprocityOf } from './reciprocity.ts';
import { limitOf, type Scope } from './scopes.ts';
import { type BudgetRow, countAllies, lockBudgets, readBudgets, writeBudgets } from './store.ts';

/** What a member may spend beyond its bucket because of whom it met, units. */
export function extraOf(policy: Policy, unit: Unit, allies: number, spent: number): number {
  if (unit === 'slots') return 0;
  return Math.max(reciprocityOf(policy, unit, allies) - spent, 0);
}

/** Budgets held for the rest of a transaction: what may be spent now, and the spending of it. */
export class HeldBudgets {
  readonly #policy: Policy;
  readonly #scopes: readonly Scope[];
  readonly #rows: Map<string, BudgetRow>;
  readonly #allies: number;
  readonly #now: number;
  readonly #dirty = new Set<BudgetRow>();

  constructor(policy: Policy, scopes: readonly Scope[], rows: BudgetRow[], allies: number, now: number) {
    this.#policy = policy;
    this.#scopes = scopes;
    this.#rows = new Map(rows.map((row) => [`${row.scope} ${row.unit}`, row]));
    this.#allies = allies;
    this.#now = now;
    for (const scope of scopes) this.#mendAfterJump(scope);
  }

  #mendAfterJump(scope: Scope): void {
    for (const unit of units) {
      const row = this.#rows.get(`${scope.tag} ${unit}`);
      const mended = row && afterJump(row, limitOf(this.#policy, unit, scope.kind), this.#now);
      if (!mended) continue;
      row.tatMs = mended.tatMs;
      this.#dirty.add(row);
    }
  }

  /** Units that every scope can still afford. */
  left(unit: Unit): number {
    return Math.max(0, Math.min(...this.#scopes.map((scope) => this.#leftIn(scope, unit))));
  }

  #leftIn(scope: Scope, unit: Unit): number {
    const row = this.#row(scope, unit);
    const own = unitsLeft(row, limitOf(this.#policy, unit, scope.kind), this.#now);
    return scope.kind === 'member' ? own + extraOf(this.#policy, unit, this.#allies, row.extraSpent) : own;
  }

  /** Spends up to `wanted` units in every scope alike and returns how many. */
  take(unit: Unit, wanted: number): number {
    const count = Math.min(wanted, this.left(unit));
    if (count === 0) return 0;
    for (const scope of this.#scopes) this.#spendIn(scope, unit, count);
    return count;
  }

  #spendIn(scope: Scope, unit: Unit, count: number): void {
    const row = this.#row(scope, unit);
    const limit = limitOf(this.#policy, unit, scope.kind);
    const fromBucket = Math.min(count, unitsLeft(row, limit, this.#now));
    row.tatMs = spend(row, limit, this.#now, fromBucket).tatMs;
    row.extraSpent += count - fromBucket;
    this.#dirty.add(row);
  }

  /** When `count` more units will have been affordable in every scope, ms since 1970. */
  affordableAtMs(unit: Unit, count: number): number {
    const times = this.#scopes.map((scope) => {
      const limit = limitOf(this.#policy, unit, scope.kind);
      return affordableAtMs(this.#row(scope, unit), limit, this.#now, count);
    });
    return Math.max(...times);
  }

  /** Must run before the transaction commits. */
  async write(tx: Queryable): Promise<void> {
    if (this.#dirty.size > 0) await writeBudgets(tx, [...this.#dirty]);
    this.#dirty.clear();
  }

  #row(scope: Scope, unit: Unit): BudgetRow {
    return this.#rows.get(`${scope.tag} ${unit}`)!;
  }
}

/** Holds the budgets of all scopes for the units that may be spent. */
export async function holdBudgets(
  tx: Queryable,
  policy: Policy,
  given: { memberId: string; scopes: readonly Scope[]; units: readonly Unit[] },
  now: number,
): Promise<HeldBudgets> {
  const keys = given.scopes.flatMap((scope) => given.units.map((unit) => ({ scope: scope.tag, unit })));
  const allies = await countAllies(tx, given.memberId);
  return new HeldBudgets(policy, given.scopes, await lockBudgets(tx, keys), allies, now);
}

/** A member's own budgets, as it may see them; `waiting` numbers run as they refill. */
export async function reportBudgets(
  db: Queryable,
  policy: Policy,
  member: { memberId: string; scope: Scope; waiting: { contacts: number; slots: number; lookups: number } },
  now: number,
): Promise<BudgetReport> {
  const rows = await readBudgets(db, member.scope.tag);
  const allies = await countAllies(db, member.memberId);
  const rowOf = (unit: Unit) =>
    rows.find((row) => row.unit === unit) ?? { scope: member.scope.tag, unit, tatMs: 0, extraSpent: 0 };
  const bucket = (unit: Unit) =>
    bucketOf(
      policy.budgets[unit].member,
      rowOf(unit),
      extraOf(policy, unit, allies, rowOf(unit).extraSpent),
      now,
    );
  const [slots, lookups, reveals] = units.map(bucket) as [Bucket, Bucket, Bucket];
  const until = Math.max(
    affordableAtMs(rowOf('lookups'), policy.budgets.lookups.member, now, member.waiting.lookups),
    affordableAtMs(rowOf('slots'), policy.budgets.slots.member, now, member.waiting.slots),
  );
  return {
    slots,
    lookups,
    reveals,
    waiting: member.waiting.contacts,
    ...(member.waiting.contacts > 0 && { waitingUntil: new Date(until).toISOString() }),
  };
}

function bucketOf(limit: Limit, row: BudgetRow, extra: number, now: number): Bucket {
  return {
    capacity: limit.capacity + extra,
    left: unitsLeft(row, limit, now) + extra,
    perDay: limit.perDay,
    fullAt: new Date(fullAtMs(row, limit, now)).toISOString(),
  };
}
