import { isIP } from 'node:net';
import type { OidcOptions } from '../analysts/oidc/issuer.ts';
import { readLocalSignIn, readOidc } from './analysts.ts';
import { type Environment, invalid, onOrOff, url } from './values.ts';

export type { Environment } from './values.ts';

/** What `kith serve` and the commands beside it run with. */
export interface Config {
  databaseUrl: string | undefined;
  /** Where embedded stores, keys and `dev.json` live. */
  home: string;
  http: { host: string; port: number; trustedProxies: string[] };
  hostTokens: { jwksUrl?: string; sharedSecret?: string; issuer?: string; audience?: string } | undefined;
  tokenTtlSecs: number;
  policyFile: string | undefined;
  issuersFile: string | undefined;
  clickhouseUrl: string | undefined;
  protectedMembersFile: string | undefined;
  privateWebhooks: boolean;
  networks: { asnFile?: string; countryFile?: string; torFile?: string; proxyFile?: string };
  /** Whoever vouches for analysts; its secret stands with the others. */
  oidc: Omit<OidcOptions, 'clientSecret'> | undefined;
  localSignIn: boolean;
  logLevel: string;
  /** Secrets stand apart, so that whoever prints the rest prints none. */
  secrets: {
    keyEncryptionKey: string | undefined;
    keyEncryptionKeyFile: string | undefined;
    oidcClientSecret: string | undefined;
  };
}

/** Every variable that is read, with its meaning; `kith serve --help` prints this table. */
export const variables = {
  DATABASE_URL: 'PostgreSQL 15 or newer; without it, an embedded one in KITH_HOME',
  KITH_KEK: 'key-encryption key, 32 bytes as base64 or hex',
  KITH_KEK_FILE: 'a file with it; default KITH_HOME/key-encryption-key, made at the first start',
  KITH_HOME: 'folder for keys and embedded stores; default .kith',
  HOST: 'address to listen on; default 127.0.0.1',
  PORT: 'port to listen on; default 8420',
  KITH_TRUSTED_PROXIES: 'addresses or CIDR ranges whose X-Forwarded-For is believed, comma-separated',
  KITH_JWKS_URL: "where the host publishes the keys of its members' JWTs",
  KITH_JWT_SECRET: 'or a secret shared with the host (HS256), at least 32 characters',
  KITH_JWT_ISSUER: 'required `iss` of host JWTs',
  KITH_JWT_AUDIENCE: 'required `aud` of host JWTs',
  KITH_TOKEN_TTL_SECS: 'life of tokens that Kith issues, seconds; default 3600',
  KITH_POLICY: 'JSON file that overrides parts of the default policy',
  CLICKHOUSE_URL: 'ClickHouse server for events; without it, the engine embedded in KITH_HOME',
  KITH_PROTECTED_MEMBERS: 'file of member ids, one a line, that detection never flags',
  KITH_WEBHOOK_PRIVATE: 'on or off: whether webhooks may lead to private addresses; default: off',
  KITH_ISSUERS: 'JSON file {"set": …, "urls": […]} of issuers outside the service; default: its own',
  KITH_ASN_MMDB: 'MMDB file of networks; default: the free table from npm',
  KITH_COUNTRY_MMDB: 'MMDB file of countries; default: the free table from npm',
  KITH_TOR_FILE: 'text file of Tor exit addresses',
  KITH_PROXY_FILE: 'text file of proxy addresses',
  KITH_OIDC_ISSUER:
    'OpenID Connect issuer that vouches for analysts; they come back to /v1/session/oidc/callback',
  KITH_OIDC_CLIENT_ID: 'client that the issuer knows this service by',
  KITH_OIDC_CLIENT_SECRET: 'its secret; a public client has none',
  KITH_OIDC_NAME: 'what people call the issuer; default: its host',
  KITH_OIDC_SCOPE: 'scopes to ask for; default: openid profile email',
  KITH_OIDC_ROLE_CLAIM: 'claim that lists the groups of a person; default: groups',
  KITH_OIDC_ROLES: 'groups by role: viewer=a,analyst=b,approver=c,admin=d; a role may stand several times',
  KITH_OIDC_DEFAULT_ROLE: 'viewer or none, for those in no such group; default: none',
  KITH_LOCAL_SIGN_IN: 'on or off: whether analysts may sign in with a password; default: on',
  LOG_LEVEL: 'trace, debug, info, warn, error, fatal, silent; default info',
} as const;

/** @throws Problem `config_invalid`, naming the variable */
export function readConfig(env: Environment): Config {
  const port = integer(env, 'PORT', 8420, { min: 0, max: 65_535 });
  const secret = env.KITH_JWT_SECRET;
  if (secret !== undefined && secret.length < 32) invalid('KITH_JWT_SECRET', 'needs at least 32 characters');
  const hostTokens = compact({
    jwksUrl: url(env, 'KITH_JWKS_URL'),
    sharedSecret: secret,
    issuer: env.KITH_JWT_ISSUER,
    audience: env.KITH_JWT_AUDIENCE,
  });
  return {
    databaseUrl: env.DATABASE_URL || undefined,
    home: env.KITH_HOME || '.kith',
    http: {
      host: env.HOST || '127.0.0.1',
      port,
      trustedProxies: proxies(env),
    },
    hostTokens: withKeys(hostTokens),
    tokenTtlSecs: integer(env, 'KITH_TOKEN_TTL_SECS', 3_600, { min: 1, max: 86_400 * 30 }),
    policyFile: env.KITH_POLICY || undefined,
    issuersFile: env.KITH_ISSUERS || undefined,
    clickhouseUrl: url(env, 'CLICKHOUSE_URL'),
    protectedMembersFile: env.KITH_PROTECTED_MEMBERS || undefined,
    privateWebhooks: onOrOff(env, 'KITH_WEBHOOK_PRIVATE', false),
    networks: compact({
      asnFile: env.KITH_ASN_MMDB,
      countryFile: env.KITH_COUNTRY_MMDB,
      torFile: env.KITH_TOR_FILE,
      proxyFile: env.KITH_PROXY_FILE,
    }),
    oidc: readOidc(env),
    localSignIn: readLocalSignIn(env),
    logLevel: level(env),
    secrets: {
      keyEncryptionKey: env.KITH_KEK || undefined,
      keyEncryptionKeyFile: env.KITH_KEK_FILE || undefined,
      oidcClientSecret: env.KITH_OIDC_CLIENT_SECRET || undefined,
    },
  };
}

function integer(
  env: Environment,
  name: string,
  fallback: number,
  { min, max }: { min: number; max: number },
): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    invalid(name, `must be a whole number from ${min} to ${max}`);
  return value;
}

/** Named as proxy-addr names them, or as addresses. */
const proxyNames = new Set(['loopback', 'linklocal', 'uniquelocal']);

function proxies(env: Environment): string[] {
  const parts = (env.KITH_TRUSTED_PROXIES ?? '').split(',').map((part) => part.trim());
  const given = parts.filter(Boolean);
  for (const part of given) {
    if (!proxyNames.has(part) && !isRange(part))
      invalid('KITH_TRUSTED_PROXIES', 'must be addresses or CIDR ranges, comma-separated');
  }
  return given;
}

function isRange(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** What a token must say is of no use without what proves that the host said it. */
function withKeys(hostTokens: NonNullable<Config['hostTokens']>): Config['hostTokens'] {
  if (hostTokens.jwksUrl || hostTokens.sharedSecret) return hostTokens;
  if (hostTokens.issuer || hostTokens.audience)
    invalid('KITH_JWT_ISSUER and KITH_JWT_AUDIENCE', 'need KITH_JWKS_URL or KITH_JWT_SECRET');
  return undefined;
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

function level(env: Environment): string {
  const text = env.LOG_LEVEL || 'info';
  if (!levels.includes(text)) invalid('LOG_LEVEL', `must be one of ${levels.join(', ')}`);
  return text;
}

type Compact<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

function compact<Fields extends Record<string, string | undefined>>(fields: Fields): Compact<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as Compact<Fields>;
}
