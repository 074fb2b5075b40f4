import { type Role, roles } from '@kith/protocol/study';
import type { RoleRules } from '../analysts/oidc/claims.ts';
import type { OidcOptions } from '../analysts/oidc/issuer.ts';
import { type Environment, invalid, onOrOff, url } from './values.ts';

/** How analysts sign in elsewhere, if they do. */
export function readOidc(env: Environment): Omit<OidcOptions, 'clientSecret'> | undefined {
  const issuer = url(env, 'KITH_OIDC_ISSUER');
  const clientId = env.KITH_OIDC_CLIENT_ID;
  if (!issuer && !clientId) return undefined;
  if (!issuer || !clientId) invalid('KITH_OIDC_ISSUER and KITH_OIDC_CLIENT_ID', 'need each other');
  return {
    issuer,
    clientId,
    ...(env.KITH_OIDC_NAME && { name: env.KITH_OIDC_NAME }),
    ...(env.KITH_OIDC_SCOPE && { scope: env.KITH_OIDC_SCOPE }),
    roles: {
      claim: env.KITH_OIDC_ROLE_CLAIM || 'groups',
      groups: readGroups(env.KITH_OIDC_ROLES ?? ''),
      otherwise: readDefault(env.KITH_OIDC_DEFAULT_ROLE || 'none'),
    },
  };
}

function readGroups(text: string): RoleRules['groups'] {
  const groups: Partial<Record<Role, string[]>> = {};
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [, role = '', group = ''] = /^\s*(\w+)=(.+?)\s*$/.exec(part) ?? [];
    const known = roles.find((each) => each === role);
    if (!known) invalid('KITH_OIDC_ROLES', `must be role=group, with a role of ${roles.join(', ')}`);
    groups[known] = [...(groups[known] ?? []), group];
  }
  return groups;
}

/** Nobody decides anything here by merely having an account elsewhere. */
function readDefault(text: string): RoleRules['otherwise'] {
  if (text === 'none') return null;
  return text === 'viewer' ? text : invalid('KITH_OIDC_DEFAULT_ROLE', 'must be viewer or none');
}

export function readLocalSignIn(env: Environment): boolean {
  const isOn = onOrOff(env, 'KITH_LOCAL_SIGN_IN', true);
  if (!isOn && !env.KITH_OIDC_ISSUER) invalid('KITH_LOCAL_SIGN_IN', 'can be off only with KITH_OIDC_ISSUER');
  return isOn;
}
