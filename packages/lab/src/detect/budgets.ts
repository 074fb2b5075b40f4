import {
  affordableAtMs,
  type BucketState,
  burstWaitMs,
  defaultPolicy,
  type ScopeKind,
  spend,
  type Unit,
  unitsLeft,
} from '@kith/server';
import { dayMs } from './life.ts';
import type { Place } from './places.ts';

const { budgets, reveals, youngDays } = defaultPolicy;

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

  /** Takes up to `wanted` units from every scope alike; returns how many were granted. */
  take(unit: Unit, scopes: readonly Scope[], wanted: number, at: number): number {
    const left = scopes.map((scope) => unitsLeft(this.#stateOf(unit, scope), limitOf(unit, scope), at));
    const granted = Math.max(Math.min(wanted, ...left), 0);
    for (const scope of granted > 0 ? scopes : []) {
      const state = spend(this.#stateOf(unit, scope), limitOf(unit, scope), at, granted);
      this.#states.set(keyOf(unit, scope), state);
    }
    return granted;
  }

  /** When one more unit will be left in every scope, milliseconds; not before `at`. */
  affordableAt(unit: Unit, scopes: readonly Scope[], at: number): number {
    const times = scopes.map((scope) =>
      affordableAtMs(this.#stateOf(unit, scope), limitOf(unit, scope), at, 1),
    );
    return Math.max(at, ...times);
  }

  /** When what is found now will be shown: the batch after it is ripe. */
  shownAt([own]: readonly Scope[], at: number): number {
    const waitMs = own ? burstWaitMs(defaultPolicy, this.#stateOf('lookups', own), at) : 0;
    const batchMs = reveals.batchSecs * 1_000;
    return (Math.floor((at + waitMs) / batchMs) + 1) * batchMs;
  }

  #stateOf(unit: Unit, scope: Scope): BucketState {
    return this.#states.get(keyOf(unit, scope)) ?? { tatMs: 0 };
  }
}

const keyOf = (unit: Unit, { kind, key }: Scope): string => `${unit} ${kind} ${key}`;
const limitOf = (unit: Unit, { kind }: Scope) => budgets[unit][kind];
