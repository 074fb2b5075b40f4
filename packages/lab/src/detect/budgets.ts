import {
  affordableAtMs,
  type BucketState,
  burstWaitMs,
  defaultPolicy,
  extraOf,
  nextBatchAt,
  type ScopeKind,
  spend,
  type Unit,
  unitsLeft,
} from '@kith/server';
import { dayMs } from './life.ts';
import type { Place } from './places.ts';

const { budgets, youngDays } = defaultPolicy;

/** What a sync spends from: its own budget, and those that it shares. */
export interface Scope {
  kind: ScopeKind;
  key: string;
}

/** The scopes of one sync, by the service's rule: accounts in their first month share those of their address and network. */
export function scopesOf(
  { member, createdAt }: { member: string; createdAt: number },
  device: string,
  { prefix, asn }: Place,
  at: number,
): Scope[] {
  const own: Scope[] = [
    { kind: 'member', key: member },
    { kind: 'service', key: '' },
    { kind: 'device', key: device },
  ];
  if (at - createdAt >= youngDays * dayMs) return own;
  return [...own, { kind: 'prefix', key: prefix }, { kind: 'network', key: String(asn) }];
}

/** The leaky buckets of a service, with its default policy and its own arithmetic; all start full. */
export class Budgets {
  readonly #states = new Map<string, BucketState>();
  /** What members have spent of what their meetings earned them. */
  readonly #extraSpent = new Map<string, number>();

  /**
   * Takes up to `wanted` units from every scope alike; returns how many were granted.
   *
   * @param allies established members whom the member has met, each of whom adds to its own bucket
   */
  take(unit: Unit, scopes: readonly Scope[], wanted: number, allies: number, at: number): number {
    const left = scopes.map((scope) => this.#leftIn(unit, scope, at) + this.#extraOf(unit, scope, allies));
    const granted = Math.max(Math.min(wanted, ...left), 0);
    for (const scope of granted > 0 ? scopes : []) this.#spendIn(unit, scope, granted, at);
    return granted;
  }

  #leftIn(unit: Unit, scope: Scope, at: number): number {
    return unitsLeft(this.#stateOf(unit, scope), limitOf(unit, scope), at);
  }

  #extraOf(unit: Unit, scope: Scope, allies: number): number {
    if (scope.kind !== 'member') return 0;
    return extraOf(defaultPolicy, unit, allies, this.#extraSpent.get(keyOf(unit, scope)) ?? 0);
  }

  #spendIn(unit: Unit, scope: Scope, count: number, at: number): void {
    const key = keyOf(unit, scope);
    const fromBucket = Math.min(count, this.#leftIn(unit, scope, at));
    this.#states.set(key, spend(this.#stateOf(unit, scope), limitOf(unit, scope), at, fromBucket));
    if (fromBucket < count) this.#extraSpent.set(key, (this.#extraSpent.get(key) ?? 0) + count - fromBucket);
  }

  /** When one more unit will be left in every scope, milliseconds; not before `at`. */
  affordableAt(unit: Unit, scopes: readonly Scope[], at: number): number {
    const times = scopes.map((scope) =>
      affordableAtMs(this.#stateOf(unit, scope), limitOf(unit, scope), at, 1),
    );
    return Math.max(at, ...times);
  }

  /** When what is found now will be shown: the batch after it is ripe. */
  shownAt([own]: readonly Scope[], allies: number, at: number): number {
    const waitMs = own ? burstWaitMs(defaultPolicy, this.#stateOf('lookups', own), allies, at) : 0;
    return nextBatchAt(defaultPolicy, at + waitMs).getTime();
  }

  #stateOf(unit: Unit, scope: Scope): BucketState {
    return this.#states.get(keyOf(unit, scope)) ?? { tatMs: 0 };
  }
}

const keyOf = (unit: Unit, { kind, key }: Scope): string => `${unit} ${kind} ${key}`;
const limitOf = (unit: Unit, { kind }: Scope) => budgets[unit][kind];
