import { type Role, roles } from '@kith/protocol/study';

/** What groups of the issuer's may do here. */
export interface RoleRules {
  /** The claim that lists a person's groups, or names one. */
  claim: string;
  /** Groups, by role. */
  groups: Readonly<Partial<Record<Role, readonly string[]>>>;
  /** For those in none of the groups; null lets them not in. */
  otherwise: Role | null;
}

export type Claims = Readonly<Record<string, unknown>>;

/** The highest role that any of the groups has; null for whoever may not come in. */
export function roleFrom(claims: Claims, { claim, groups, otherwise }: RoleRules): Role | null {
  const given = claims[claim];
  const held = new Set(Array.isArray(given) ? given : [given]);
  const fitting = roles.filter((role) => groups[role]?.some((group) => held.has(group)));
  return fitting.at(-1) ?? otherwise;
}

/**
 * By what a person is called here. An address counts only where the issuer has verified it; without a name the subject
 * itself is one.
 */
export function nameFrom(claims: Claims & { sub: string }): string {
  const { preferred_username: username, email, email_verified: verified, sub } = claims;
  if (typeof username === 'string' && username !== '') return username;
  if (typeof email === 'string' && email !== '' && verified === true) return email;
  return sub;
}
