import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { EventStore, Networks } from '@kith/detection';
import type { Logger } from 'pino';
import { type AppOptions, createApp } from './app.ts';
import { type HostTokens, MemberTokens } from './auth/member-tokens.ts';
import { createServiceKey, ServiceKeyCheck } from './auth/service-keys.ts';
import { defaultPolicy, type Policy } from './budgets/policy.ts';
import { ComputePool } from './compute/pool.ts';
import type { Context } from './context.ts';
import { Attestor } from './issuing/attestation.ts';
import { checkOutsideIssuers, Issuer, type OutsideIssuers } from './issuing/issuer.ts';
import { type Keyring, openKeyring } from './keys/keyring.ts';
import { Ledger } from './ledger/ledger.ts';
import { createLogger } from './operations/logger.ts';
import { createMetrics } from './operations/metrics.ts';
import { OprfKeys } from './oprf/keys.ts';
import { Database } from './postgres/database.ts';
import { migrate } from './postgres/migrate.ts';
import { startWorkers, workUntilIdle } from './workers.ts';

export interface HallOptions {
  databaseUrl: string;
  /** 32 bytes; whoever holds the database without it holds nothing. */
  keyEncryptionKey: Uint8Array;
  /** Milliseconds since 1970; virtual in the lab. */
  now?: () => number;
  /** Randomness of ids, and of the keys of a new database. */
  random?: (bytes: number) => Uint8Array;
  policy?: Policy;
  host?: string;
  /** 0 takes any free port. */
  port?: number;
  /** Background work on real time; without, the caller drives it by `work`. */
  workers?: boolean;
  log?: Logger;
  networks?: Networks;
  /** Where detection reads; without it, nothing is watched. */
  events?: Promise<EventStore | undefined>;
  /** Members that are never flagged. */
  protectedMembers?: readonly string[];
  /** Whether webhooks may lead to private addresses; default false. */
  privateWebhooks?: boolean;
  /** Issuers outside the service, instead of its own. */
  issuers?: OutsideIssuers;
  hostTokens?: HostTokens;
  tokenTtlSecs?: number;
  trustedProxies?: readonly string[];
  webAppDir?: string;
  extend?: NonNullable<AppOptions['extend']>;
  limits?: NonNullable<AppOptions['limits']>;
  /** Whoever vouches for analysts, beside accounts of one's own. */
  oidc?: NonNullable<AppOptions['oidc']>;
  /** Whether analysts may sign in with a password; default true. */
  localSignIn?: boolean;
  /** Analysts whom anyone may be, in the demo. */
  demoAnalysts?: NonNullable<AppOptions['demoAnalysts']>;
  connectionsMax?: number;
}

export interface Hall {
  /** `http://host:port` */
  readonly origin: string;
  readonly context: Context;
  readonly tokens: MemberTokens;
  /** Makes a service key for a host; this is the only time it can be seen. */
  createServiceKey(label: string): Promise<string>;
  /** Runs every worker until nothing is due at this moment. */
  work(): Promise<void>;
  /** Finishes what was accepted, refuses what is new, and lets go of everything. */
  stop(): Promise<void>;
}

/** First line of every checkpoint of this service's ledger. */
const ledgerOrigin = 'kith/ledger';

/** The context of commands and of the service: keys opened, tables up to date. */
export async function openContext(
  options: Pick<
    HallOptions,
    | 'databaseUrl'
    | 'keyEncryptionKey'
    | 'policy'
    | 'now'
    | 'random'
    | 'connectionsMax'
    | 'issuers'
    | 'protectedMembers'
    | 'privateWebhooks'
  > & {
    onIdleError?: (error: Error) => void;
  },
): Promise<Context> {
  const database = new Database({
    url: options.databaseUrl,
    ...(options.connectionsMax && { connectionsMax: options.connectionsMax }),
    ...(options.onIdleError && { onIdleError: options.onIdleError }),
  });
  try {
    await migrate(database);
    const random = options.random ?? randomBytes;
    const now = options.now ?? Date.now;
    const outside = options.issuers && (await checkOutsideIssuers(options.issuers));
    const keyring = await openKeyring(database, options.keyEncryptionKey, random);
    const ledger = new Ledger({ ...ledgerKeys(keyring), random });
    return {
      database,
      keyring,
      ledger,
      policy: options.policy ?? defaultPolicy,
      compute: new ComputePool(),
      oprf: new OprfKeys(keyring),
      issuer: new Issuer(keyring, outside),
      attestor: new Attestor(keyring.key('attestation'), now),
      protectedMembers: options.protectedMembers ?? [],
      privateWebhooks: options.privateWebhooks ?? false,
      now,
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

export function ledgerKeys(keyring: Keyring) {
  return { macKey: keyring.key('ledger-mac'), signingSeed: keyring.key('ledger-sign'), origin: ledgerOrigin };
}

/** Starts the whole service on one database. */
export async function startHall(options: HallOptions): Promise<Hall> {
  const log = options.log ?? createLogger('silent');
  const metrics = createMetrics();
  const context = await openContext({
    ...options,
    onIdleError: (error) => log.warn({ err: error }, 'idle database connection lost'),
  });
  const tokens = new MemberTokens({
    key: context.keyring.key('token'),
    now: context.now,
    ...(options.tokenTtlSecs && { ttlSecs: options.tokenTtlSecs }),
    ...(options.hostTokens && { host: options.hostTokens }),
  });
  const { app, state } = await createApp({
    ...options,
    context,
    tokens,
    metrics,
    serviceKeys: new ServiceKeyCheck(context.database),
    logger: log,
  });
  await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  const background =
    options.workers === false ? undefined : startWorkers(context, log, metrics, options.events);
  const { address, family, port } = app.server.address() as AddressInfo;
  return {
    origin: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    context,
    tokens,
    createServiceKey: (label) => createServiceKey(context.database, label),
    work: async () => workUntilIdle(context, await options.events),
    stop: async () => {
      state.stopping = true;
      await app.close();
      await background?.stop();
      await context.compute.close();
      await context.database.close();
    },
  };
}
