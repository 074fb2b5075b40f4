import { describe, expect, it } from 'vitest';
import { readConfig } from './environment.ts';

describe('the environment', () => {
  it('may be empty: everything has a default, and none of them is a secret', () => {
    const { secrets, ...config } = readConfig({});
    expect(config).toMatchObject({
      databaseUrl: undefined,
      home: '.kith',
      http: { host: '127.0.0.1', port: 8420, trustedProxies: [] },
      hostTokens: undefined,
      tokenTtlSecs: 3_600,
      logLevel: 'info',
    });
    expect(new Set(Object.values(secrets))).toEqual(new Set([undefined]));
  });

  it('counts what is empty as absent', () => {
    const empty = { DATABASE_URL: '', PORT: '', KITH_JWKS_URL: '', LOG_LEVEL: '', KITH_HOME: '', HOST: '' };
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it('is read whole', () => {
    expect(
      readConfig({
        DATABASE_URL: 'postgres://db/kith',
        HOST: '0.0.0.0',
        PORT: '0',
        KITH_TRUSTED_PROXIES: ' 10.0.0.0/8, ::1 ,loopback,',
        KITH_JWT_SECRET: 's'.repeat(32),
        KITH_JWT_ISSUER: 'https://host',
        KITH_TOKEN_TTL_SECS: '60',
        KITH_KEK: 'k',
        LOG_LEVEL: 'silent',
      }),
    ).toMatchObject({
      databaseUrl: 'postgres://db/kith',
      http: { host: '0.0.0.0', port: 0, trustedProxies: ['10.0.0.0/8', '::1', 'loopback'] },
      hostTokens: { sharedSecret: 's'.repeat(32), issuer: 'https://host' },
      tokenTtlSecs: 60,
      logLevel: 'silent',
      secrets: { keyEncryptionKey: 'k' },
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '0x50'],
    ['PORT', 'http'],
    ['KITH_TOKEN_TTL_SECS', '0'],
    ['KITH_TOKEN_TTL_SECS', '2592001'],
    ['KITH_JWKS_URL', 'host.example/jwks'],
    ['KITH_JWKS_URL', 'file:///etc/passwd'],
    ['KITH_JWT_SECRET', 'short'],
    ['KITH_JWT_ISSUER', 'https://host'],
    ['KITH_JWT_AUDIENCE', 'kith'],
    ['KITH_WEBHOOK_PRIVATE', 'maybe'],
    ['KITH_TRUSTED_PROXIES', 'proxy.example'],
    ['KITH_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['KITH_TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['LOG_LEVEL', 'loud'],
  ])('is refused with the variable’s name, and not with its value: %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(expect.objectContaining({ code: 'config_invalid' }));
    try {
      readConfig({ [name]: value });
    } catch (error) {
      expect((error as Error).message).toContain(name);
      if (name === 'KITH_JWT_SECRET') expect((error as Error).message).not.toContain(value);
    }
  });

  it('says how analysts sign in elsewhere, and refuses what would let in more than is meant', () => {
    const given = { KITH_OIDC_ISSUER: 'https://login.example', KITH_OIDC_CLIENT_ID: 'kith' };
    expect(readConfig({}).oidc).toBeUndefined();
    expect(
      readConfig({ ...given, KITH_OIDC_ROLES: 'viewer=staff, admin=cn=ops,viewer=guests' }).oidc,
    ).toEqual({
      issuer: 'https://login.example',
      clientId: 'kith',
      roles: {
        claim: 'groups',
        groups: { viewer: ['staff', 'guests'], admin: ['cn=ops'] },
        otherwise: null,
      },
    });
    for (const wrong of [
      { KITH_OIDC_ISSUER: 'https://login.example' },
      { ...given, KITH_OIDC_ROLES: 'owner=staff' },
      { ...given, KITH_OIDC_DEFAULT_ROLE: 'admin' },
      { KITH_LOCAL_SIGN_IN: 'off' },
      { KITH_LOCAL_SIGN_IN: 'maybe' },
    ])
      expect(() => readConfig(wrong), JSON.stringify(wrong)).toThrow(
        expect.objectContaining({ code: 'config_invalid' }),
      );
  });
});
