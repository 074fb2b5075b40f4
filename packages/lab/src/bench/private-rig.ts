import {
  type FoundPeople,
  Kith,
  type KithOptions,
  type KithStore,
  MemoryStore,
  type Way,
} from '@kith/client';
import type { Discoverable } from '@kith/protocol';
import { Database } from '@kith/server';
import { dayMs, epochStartMs } from '../harness/clock.ts';
import { createHostClient, type HostClient } from '../harness/host-client.ts';
import { type Spawned, spawnBareHall } from '../harness/spawned.ts';
import { createThrowawayDatabase } from '../harness/throwaway-database.ts';
import { numberingPlan } from '../population/numbering-plan.ts';

/** A service in a process of its own, and members who use the client in this one. */
export interface PrivateRig {
  readonly origin: string;
  readonly database: Database;
  readonly host: HostClient;
  /** Makes a member with a number in the middle of the plan; its token is fetched before any clock starts. */
  recruit(id: string): Promise<Recruit>;
  /** Stops the service and starts it again so many days later: buckets are those of another day. */
  skipDays(days: number): Promise<void>;
  stop(): Promise<void>;
}

export interface Recruit {
  id: string;
  number: string;
  token: string;
  /** One run of the client, in the caller's own thread unless told otherwise; and how long it took, ms. */
  find(contacts: readonly string[], options?: FindOptions): Promise<{ ms: number; found: FoundPeople }>;
}

interface FindOptions extends Partial<KithOptions> {
  store?: KithStore;
  ways?: readonly Way[];
}

const plan = numberingPlan('GB');
const middle = Math.floor(plan.size / 2);

/** A number of the plan at a distance from its middle, on either side. */
export const numberAt = (distance: number): string => plan.numberAt(middle + distance);

/** Numbers around the middle, half of them below it: what a contact costs depends on which side it is. */
export function bookAround(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => numberAt((from + at) * (at % 2 === 0 ? 97 : -97)));
}

export async function startPrivateRig({ durable = false } = {}): Promise<PrivateRig> {
  const throwaway = await createThrowawayDatabase({ durable });
  let today = epochStartMs;
  let serviceKey = '';
  // The clock stands still: budgets do not refill, and no epoch ends.
  const start = async (): Promise<Spawned> => {
    const hall = await spawnBareHall({
      DATABASE_URL: throwaway.url,
      KITH_LAB_NOW: String(today),
      KITH_LAB_SERVICE_KEY: 'print',
    });
    serviceKey = /"serviceKey":"([^"]+)"/.exec(hall.output())?.[1] ?? '';
    return hall;
  };
  let hall = await start();
  const host = createHostClient(
    () => hall.origin,
    () => serviceKey,
  );
  const database = new Database({ url: throwaway.url, connectionsMax: 2 });
  let recruits = 0;
  return {
    get origin() {
      return hall.origin;
    },
    database,
    host,
    recruit: async (id) => {
      const number = numberAt(++recruits);
      await putMember(host, id, number, 'mutual');
      const token = await host.memberToken(id);
      return { id, number, token, find: (...given) => timedRun(hall.origin, { number, token }, ...given) };
    },
    skipDays: async (days) => {
      await hall.stop();
      today += days * dayMs;
      hall = await start();
    },
    stop: async () => {
      await hall.stop();
      await database.close();
      await throwaway.drop();
    },
  };
}

/** An established member: its meetings and lookups are those of an account of years. */
export async function putMember(
  host: HostClient,
  id: string,
  phone: string,
  discoverable: Discoverable,
): Promise<void> {
  const createdAt = new Date(epochStartMs - 400 * dayMs).toISOString();
  await host.putMember(id, { card: { name: id, handle: id }, phone, discoverable, createdAt });
}

async function timedRun(
  origin: string,
  member: { number: string; token: string },
  contacts: readonly string[],
  { ways = ['mutual', 'open'], ...options }: FindOptions = {},
): Promise<{ ms: number; found: FoundPeople }> {
  const kith = new Kith({ origin, store: new MemoryStore(), threads: 0, ...member, ...options });
  const startedMs = performance.now();
  const found = await kith.findPeople(contacts, { ways });
  const ms = performance.now() - startedMs;
  kith.close();
  return { ms, found };
}
