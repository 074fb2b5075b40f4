import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { openEventStore } from '@kith/detection';
import { type Hall, startHall } from '@kith/server';
import { createThrowawayDatabase } from '../harness/throwaway-database.ts';
import type { BenchOptions, BenchResult } from './cli.ts';
import { eventsOfMember, fillEvents } from './detect-rig.ts';

const syncsPerSec = 500;
/** Accounts of the fleet that are there before anything is measured, and those that are measured. */
const fleetFirst = 100;
const fleetLate = 240;
const lateEveryMs = 500;
const lagLimitSecs = 60;
/** Whoever is not shown by then never was; it counts as this long. */
const lagMaxSecs = 180;
const dayMs = 86_400_000;

/**
 * `detect-lag`: from a sync of an enumerator, accepted, to the moment when `GET /v1/rings/{id}/accounts` lists its account as
 * flagged; the 99th of a hundred, seconds. A fleet of a hundred accounts is made and found first, which is timed apart
 * (`secsToFirst`); then 240 more of its accounts come one by one, each with a single sync, so that it is known which sync made
 * each of them findable. An account that is not shown within three minutes counts as three minutes.
 *
 * All the while 500 syncs a second are accepted, behind ninety days of history (`events`, a million). The service is whole: its
 * workers on real time, PostgreSQL that writes through, the engine in its own process, its HTTP. Only the syncs do not come over
 * HTTP, which together with all of this two cores cannot do: they are written to the ledger as the service's own syncs write
 * them, and `syncsPerSec` says how many there really were. Accepted is when that transaction has committed.
 */
export async function run({ events = 1_000_000 }: BenchOptions = {}): Promise<BenchResult> {
  const throwaway = await createThrowawayDatabase({ durable: true });
  const store = await openEventStore();
  await fillEvents(store, events, Date.now() - 90 * dayMs);
  const hall = await startHall({
    databaseUrl: throwaway.url,
    keyEncryptionKey: randomBytes(32),
    events: Promise.resolve(store),
  });
  try {
    const load = startLoad(hall, Math.ceil(events / eventsOfMember));
    const watcher = await startWatcher(hall);
    const first = await recruit(hall, load, 0, fleetFirst, 50);
    await untilSeen(watcher, first);
    const firstLags = lags(load, watcher, first);
    const late = await recruit(hall, load, fleetFirst, fleetLate, lateEveryMs);
    await untilSeen(watcher, late);
    const { rate } = await load.stop();
    await watcher.stop();
    const secs = lags(load, watcher, late);
    const value = secs[Math.ceil(0.99 * secs.length) - 1] ?? lagMaxSecs;
    return {
      name: 'detect-lag',
      value,
      unit: 's',
      peer: 'limit',
      peerValue: lagLimitSecs,
      ratio: value / lagLimitSecs,
      detail: {
        history: events,
        syncsPerSec: Math.round(rate),
        accounts: secs.length,
        never: secs.filter((each) => each >= lagMaxSecs).length,
        secsP50: Number((secs[Math.floor(secs.length / 2)] ?? 0).toFixed(1)),
        secsMax: Number((secs.at(-1) ?? 0).toFixed(1)),
        secsToFirst: Number((firstLags.at(-1) ?? 0).toFixed(1)),
        looks: watcher.tookSecs.length,
        lookSecsMax: Math.max(...watcher.tookSecs),
        unfedMax: watcher.unfedMax(),
      },
    };
  } finally {
    await hall.stop();
    await store.close();
    await throwaway.drop();
  }
}

/** Until all of them are shown in a ring, or it has taken too long. */
async function untilSeen({ seenAt }: Watcher, members: readonly string[]): Promise<void> {
  const giveUpAt = Date.now() + lagMaxSecs * 1_000;
  while (members.some((member) => !seenAt.has(member)) && Date.now() < giveUpAt) await wait(250);
}

/** Ascending, seconds. */
function lags(load: Load, watcher: Watcher, members: readonly string[]): number[] {
  const secs = members.map((member) => {
    const [accepted = 0, seen = Number.POSITIVE_INFINITY] = [
      load.acceptedAt.get(member),
      watcher.seenAt.get(member),
    ];
    return Math.min((seen - accepted) / 1_000, lagMaxSecs);
  });
  return secs.sort((a, b) => a - b);
}

interface Load {
  /** Puts a sync into the stream; it is accepted within some milliseconds. */
  add(entry: Entry): void;
  acceptedAt: Map<string, number>;
  stop(): Promise<{ rate: number }>;
}

type Entry = Parameters<Hall['context']['ledger']['append']>[1][number];

/** Accepts 500 syncs a second, in fifty transactions: members who come back with a few numbers, and whoever is added. */
function startLoad({ context }: Hall, members: number): Load {
  const waiting: Entry[] = [];
  const acceptedAt = new Map<string, number>();
  const began = Date.now();
  let done = 0;
  let isOver = false;
  const work = async (): Promise<void> => {
    while (!isOver) {
      const due = Math.floor(((Date.now() - began) / 1_000) * syncsPerSec) - done;
      const count = Math.min(due, syncsPerSec);
      if (count < 10) {
        await wait(20);
        continue;
      }
      done += count;
      const added = waiting.splice(0);
      const entries = [...added, ...Array.from({ length: count }, () => honestSync(members))];
      await context.database.transaction((tx) => context.ledger.append(tx, entries, Date.now()));
      for (const { memberId } of added) acceptedAt.set(memberId, Date.now());
    }
  };
  const running = work();
  return {
    add: (entry) => waiting.push(entry),
    acceptedAt,
    stop: async () => {
      isOver = true;
      await running;
      return { rate: done / ((Date.now() - began) / 1_000) };
    },
  };
}

function honestSync(members: number): Entry {
  const member = Math.floor(Math.random() * members);
  const fresh = Math.random() < 0.2 ? Math.floor(Math.random() * 5) : 0;
  return syncEntry(`m-${member}`, fresh, Math.floor(fresh / 5), {
    prefix: `home-${Math.floor(member / 3)}/24`,
    network: member % 40,
    operator: `operator ${member % 40}`,
    country: 'IN',
    networkKind: 'residential',
    device: `d-${member}`,
    client: `app/${member % 12}`,
  });
}

/** As `PUT /v1/me/contacts` records it. */
function syncEntry(memberId: string, fresh: number, met: number, context: Record<string, unknown>): Entry {
  const counts = {
    numbers: fresh + 100,
    new: fresh,
    removed: 0,
    rejected: 0,
    waiting: 0,
    held: 0,
    met,
    allies: met,
  };
  return { memberId, kind: 'sync', body: { way: 'plain', discoverable: 'mutual', ...counts }, context };
}

/** Lets accounts of the fleet in, one after the other: made within two days, rented servers, a thousand numbers at once. */
async function recruit(
  { context }: Hall,
  load: Load,
  from: number,
  count: number,
  everyMs: number,
): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => `fleet-${from + i}`);
  await context.database.query(
    `insert into members (member_id, discoverable, card_name, card_handle, canary, created_at, updated_at)
     select id, 'mutual', id, id, false, now() - interval '1 day', now() from unnest($1::text[]) as id`,
    [ids],
  );
  for (const [i, memberId] of ids.entries()) {
    const place = from + i;
    load.add(
      syncEntry(memberId, 1_000, 0, {
        prefix: `fleet-host-${place % 20}/24`,
        network: 64_500,
        operator: 'rented servers',
        country: 'NL',
        networkKind: 'hosting',
        device: `fleet-device-${place}`,
        client: 'fleet/1.0',
      }),
    );
    load.add({ memberId, kind: 'lookup', body: { ...looks } });
    await wait(everyMs);
  }
  return ids;
}

/** What a thousand generated numbers look like. */
const looks = {
  numbers: 1_000,
  solitary: 800,
  inRuns: 0,
  prefixes: 1_000,
  country: 'IN',
  countryNumbers: 1_000,
};

interface Watcher {
  seenAt: Map<string, number>;
  /** How long each look for rings took that was seen to end, seconds. */
  tookSecs: number[];
  /** Most entries of the ledger that were not yet among the events. */
  unfedMax(): number;
  stop(): Promise<void>;
}

/** Asks for the fleet's ring twice a second, as an analyst's page would, and notes when each account is first flagged in it. */
async function startWatcher(hall: Hall): Promise<Watcher> {
  const key = await hall.createServiceKey('bench');
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(hall.origin + path, { headers: { authorization: `Bearer ${key}` } });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as T;
  };
  const seenAt = new Map<string, number>();
  const looks = new Set<string>();
  const tookSecs = new Map<string, number>();
  let unfedMax = 0;
  let isOver = false;
  const work = async (): Promise<void> => {
    while (!isOver) {
      await wait(500);
      const state = await readState(hall);
      if (state.at) tookSecs.set(state.at, state.tookSecs);
      unfedMax = Math.max(unfedMax, state.unfed);
      const { rings } = await get<{ rings: { id: string; updatedAt: string }[] }>('/v1/rings?q=fleet');
      for (const { id, updatedAt } of rings) {
        if (looks.has(id + updatedAt)) continue;
        looks.add(id + updatedAt);
        const { accounts } = await get<{ accounts: { member: string; flagged: boolean }[] }>(
          `/v1/rings/${id}/accounts?limit=5000`,
        );
        const now = Date.now();
        for (const { member, flagged } of accounts)
          if (flagged && !seenAt.has(member)) seenAt.set(member, now);
      }
    }
  };
  const running = work();
  return {
    seenAt,
    get tookSecs() {
      return [...tookSecs.values()];
    },
    unfedMax: () => unfedMax,
    stop: async () => {
      isOver = true;
      await running;
    },
  };
}

/** The last look, and how far the copy of the ledger is behind. */
async function readState({ context }: Hall): Promise<{ at: string | null; tookSecs: number; unfed: number }> {
  const [state] = await context.database.query<{ at: string | null; tookSecs: number; unfed: number }>(
    `select (select at::text from watch_runs) as at, coalesce((select took_ms / 1000.0 from watch_runs), 0)::float8 as "tookSecs",
       ((select count(*) from ledger) - coalesce((select position from cursors where name = 'events'), 0))::float8 as unfed`,
  );
  return state ?? { at: null, tookSecs: 0, unfed: 0 };
}
