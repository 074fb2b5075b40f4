import type { Keyring } from '../keys/keyring.ts';
import type { Policy, ScopeKind } from './policy.ts';

/** Something with a budget: its kind, and a keyed tag in place of an address, device or member id (base64url). */
export interface Scope {
  kind: ScopeKind;
  tag: string;
}

/** Where a sync comes from, as far as it is known. */
export interface Origin {
  /** /24 or /48 */
  prefix?: string;
  /** Autonomous system number. */
  network?: number;
  country?: string;
  operator?: string;
  /** Kind of network, where known. */
  networkKind?: string;
  device?: string;
  /** User-Agent */
  client?: string;
}

/** The service's own budget is one hot row unless it is split: each part has an equal share. */
const serviceParts = 16;

const dayMs = 86_400_000;

export function scopeOf(keyring: Keyring, kind: ScopeKind, value: string): Scope {
  return { kind, tag: keyring.tag('budget', `${kind}\0${value}`).toString('base64url') };
}

export function memberScope(keyring: Keyring, memberId: string): Scope {
  return scopeOf(keyring, 'member', memberId);
}

/** All budgets that a sync of this member spends. Young accounts spend those of their address and network too. */
export function scopesOf(
  keyring: Keyring,
  policy: Policy,
  member: { memberId: string; createdAt: Date; ringId: string | null },
  origin: Origin,
  nowMs: number,
): Scope[] {
  const own = memberScope(keyring, member.memberId);
  const part = Buffer.from(own.tag, 'base64url')[0]! % serviceParts;
  const scopes = [own, scopeOf(keyring, 'service', String(part))];
  if (member.ringId) scopes.push(scopeOf(keyring, 'ring', member.ringId));
  if (origin.device) scopes.push(scopeOf(keyring, 'device', origin.device));
  if (nowMs - member.createdAt.getTime() < policy.youngDays * dayMs) {
    if (origin.prefix) scopes.push(scopeOf(keyring, 'prefix', origin.prefix));
    if (origin.network) scopes.push(scopeOf(keyring, 'network', String(origin.network)));
  }
  return scopes;
}

/** The scopes that still bind a member of this age: one that has grown up no longer shares its neighbours' budgets. */
export function scopesToday(
  policy: Policy,
  scopes: readonly Scope[],
  createdAt: Date,
  nowMs: number,
): Scope[] {
  if (nowMs - createdAt.getTime() < policy.youngDays * dayMs) return [...scopes];
  return scopes.filter((scope) => scope.kind !== 'prefix' && scope.kind !== 'network');
}

/** The limit of one scope: a part of the service has its share of the whole. */
export function limitOf(policy: Policy, unit: keyof Policy['budgets'], kind: ScopeKind) {
  const limit = policy.budgets[unit][kind];
  if (kind !== 'service') return limit;
  return { capacity: Math.ceil(limit.capacity / serviceParts), perDay: limit.perDay / serviceParts };
}
