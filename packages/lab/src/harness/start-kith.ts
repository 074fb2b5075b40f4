import type { KithHttp } from '@kith/client';
import { type Hall, type HallOptions, type Policy, startHall } from '@kith/server';
import { createRandom } from '../population/random.ts';
import { createClock, type VirtualClock } from './clock.ts';
import { createHostClient, type HostClient } from './host-client.ts';
import { createMemberClient, type Device } from './member-client.ts';
import { simulatedNetworks } from './simulated-networks.ts';
import { createThrowawayDatabase, type ThrowawayDatabase } from './throwaway-database.ts';

export interface TestKithOptions {
  /** Where virtual time begins. */
  clock?: VirtualClock;
  policy?: Policy;
  /** Makes the service's root secret, so that the same seed gives the same order of reveals. */
  seed?: number;
  /** A database of the caller's, which outlives this; default a throwaway one. */
  databaseUrl?: string;
  /** The built web app, to be served at `/`. */
  webAppDir?: string;
  /** More routes, such as those of the demo. */
  extend?: NonNullable<HallOptions['extend']>;
  /** fsync, for measurements; default false. */
  durable?: boolean;
  limits?: NonNullable<HallOptions['limits']>;
  /** Issuers outside the service. */
  issuers?: NonNullable<HallOptions['issuers']>;
  /** Whoever vouches for analysts, beside accounts of one's own. */
  oidc?: NonNullable<HallOptions['oidc']>;
  /** Background work on real time instead of by `work`. */
  workers?: boolean;
}

/** The whole system, as its users meet it: over HTTP. */
export interface TestKith {
  readonly origin: string;
  readonly databaseUrl: string;
  readonly serviceKey: string;
  readonly clock: VirtualClock;
  readonly host: HostClient;
  /** A member's calls, with a token that is fetched when needed and renewed when virtual time has outrun it. */
  as(memberId: string, device?: Device): KithHttp;
  /** Runs every background worker until nothing is due. */
  work(): Promise<void>;
  /** Lets virtual time pass in steps, with the workers running after each. */
  elapse(ms: number, stepMs?: number): Promise<void>;
  /** Ends the service and starts it again on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The key that wraps the keyring of simulated services: of no value to anyone. */
export const keyEncryptionKey: Uint8Array = new Uint8Array(32).fill(7);

/** Boots the whole real system in one call: PostgreSQL, the hall on a free port, a virtual clock, a service key. */
export async function startKith(options: TestKithOptions = {}): Promise<TestKith> {
  const clock = options.clock ?? createClock();
  const database: ThrowawayDatabase = options.databaseUrl
    ? { url: options.databaseUrl, drop: async () => undefined }
    : await createThrowawayDatabase({ durable: options.durable, withTables: true });
  const start = () => startOn(database.url, clock, options);
  let hall = await start();
  const serviceKey = await hall.createServiceKey('lab');
  const host = createHostClient(
    () => hall.origin,
    () => serviceKey,
  );
  const work = () => hall.work();
  return {
    get origin() {
      return hall.origin;
    },
    databaseUrl: database.url,
    serviceKey,
    clock,
    host,
    as: (memberId, device) => createMemberClient(hall.origin, () => host.memberToken(memberId), device),
    work,
    elapse: async (ms, stepMs = ms) => {
      for (let left = ms; left > 0; left -= stepMs) {
        clock.advance(Math.min(left, stepMs));
        await work();
      }
    },
    restart: async () => {
      await hall.stop();
      hall = await start();
    },
    stop: async () => {
      await hall.stop();
      await database.drop();
    },
  };
}

function startOn(databaseUrl: string, clock: VirtualClock, options: TestKithOptions): Promise<Hall> {
  const random = options.seed === undefined ? undefined : createRandom(options.seed).fork('root secret');
  return startHall({
    databaseUrl,
    keyEncryptionKey,
    now: clock.now,
    workers: options.workers ?? false,
    // Callers may name any address: the harness is the trusted proxy.
    trustedProxies: ['127.0.0.1/32', '::1/128'],
    networks: simulatedNetworks,
    ...(options.policy && { policy: options.policy }),
    ...(options.limits && { limits: options.limits }),
    ...(options.issuers && { issuers: options.issuers }),
    ...(options.oidc && { oidc: options.oidc }),
    ...(options.webAppDir !== undefined && { webAppDir: options.webAppDir }),
    ...(options.extend && { extend: options.extend }),
    ...(random && { random: (bytes: number) => Uint8Array.from({ length: bytes }, () => random.below(256)) }),
  });
}
