import { readFile } from 'node:fs/promises';
import { Database } from '@kith/server';
import { epochStartMs } from '../harness/clock.ts';
import { createHostClient, type HostClient } from '../harness/host-client.ts';
import { spawnBareHall } from '../harness/spawned.ts';
import { createThrowawayDatabase } from '../harness/throwaway-database.ts';
import { numberingPlan } from '../population/numbering-plan.ts';

/** A service in a process of its own on a durable database, and members who are about to sync. */
export interface SyncRig {
  /** A connection of the same driver, for loading and for the peer. */
  database: Database;
  host: HostClient;
  /** Makes a member with a number; the token is fetched before the clock starts. */
  recruit(index: number): Promise<Syncer>;
  /** Most memory that the service has held, MB; undefined where the system does not tell. */
  peakRssMb(): Promise<number | undefined>;
  stop(): Promise<void>;
}

export interface Syncer {
  id: string;
  /** One whole sync over HTTP, from the body in memory to the parsed answer; milliseconds. */
  sync(body: string): Promise<number>;
}

export async function startSyncRig(): Promise<SyncRig> {
  const throwaway = await createThrowawayDatabase({ durable: true });
  // The clock stands still outside the weeks in which the next epoch is written ahead, and workers do not cut in.
  const hall = await spawnBareHall({
    DATABASE_URL: throwaway.url,
    KITH_LAB_NOW: String(epochStartMs),
    KITH_LAB_WORKERS: 'off',
    KITH_LAB_SERVICE_KEY: 'print',
  });
  const [, serviceKey = ''] = /"serviceKey":"([^"]+)"/.exec(hall.output()) ?? [];
  const host = createHostClient(
    () => hall.origin,
    () => serviceKey,
  );
  const database = new Database({ url: throwaway.url, connectionsMax: 2 });
  return {
    database,
    host,
    recruit: async (index) => {
      const id = `bench-${index}`;
      await host.putMember(id, {
        card: { name: id, handle: id },
        phone: plan.numberAt(index),
        discoverable: 'mutual',
      });
      const token = await host.memberToken(id);
      return { id, sync: (body) => timedSync(hall.origin, token, body) };
    },
    peakRssMb: () => peakRssMb(hall.pid),
    stop: async () => {
      await hall.stop();
      await database.close();
      await throwaway.drop();
    },
  };
}

const plan = numberingPlan('GB');
const booksFrom = 1_000_000;

/** A book of valid numbers that no other book holds, as JSON. */
export function bookBody(index: number, count: number): string {
  const numbers = Array.from({ length: count }, (_, n) =>
    plan.numberAt(booksFrom + (index * count + n) * 97),
  );
  return JSON.stringify({ numbers });
}

async function timedSync(origin: string, token: string, body: string): Promise<number> {
  const startedMs = performance.now();
  const response = await fetch(`${origin}/v1/me/contacts`, {
    method: 'PUT',
    body,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  });
  const answer = (await response.json()) as { accepted?: number };
  const ms = performance.now() - startedMs;
  if (!response.ok || answer.accepted === undefined)
    throw new Error(`a sync was answered with ${response.status}`);
  return ms;
}

export async function peakRssMb(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(status) ?? [];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}
