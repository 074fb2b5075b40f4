import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chdbInstalled, openEventStore, type SyncEvent } from '@kith/detection';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnalyst } from '../analysts/analysts.ts';
import { Browser } from '../analysts/browser.testing.ts';
import { sessionLife } from '../analysts/sessions.ts';
import { numbers, policyWith, startTestHall, type TestHall } from '../testing.ts';
import { activityIn, countEvents } from './activity.ts';
import { LiveOverview } from './live.ts';
import { readOverview } from './overview.ts';

let hall: TestHall;

beforeAll(async () => {
  hall = await startTestHall({
    policy: policyWith((policy) => {
      policy.budgets.lookups.member = { capacity: 10, perDay: 1 };
    }),
  });
  for (const id of ['oa', 'ob']) await hall.member(id);
  await hall.syncs('oa', numbers(0, 30));
  await hall.syncs('ob', numbers(40, 3));
  await hall.work();
});
afterAll(() => hall.stop());

describe('the overview', () => {
  it('counts from the ledger where nothing is watched, and says so', async () => {
    const { body } = await hall.host('GET', '/v1/overview');
    expect(body.hours).toHaveLength(48);
    expect(body.hours.at(-1)).toMatchObject({ syncs: 2, numbers: 33 });
    expect(body.totals).toMatchObject({ members: 2, syncs24h: 2, numbers24h: 33, suspended: 0 });
    expect(body.pressure.lookups).toEqual({ members: 2, atLimit: 1 });
    expect(body).toMatchObject({
      watching: false,
      watchingProblem: expect.stringContaining('no event store'),
    });
    expect(body.countries).toEqual([{ country: '', accounts: 2, syncs: 2, numbers: 33, ringAccounts: 0 }]);
  });

  it('is worked out once, however many look at once', async () => {
    let asked = 0;
    const live = new LiveOverview(hall.context, async () => {
      asked += 1;
      return undefined;
    });
    const all = await Promise.all(Array.from({ length: 50 }, () => live.current()));
    expect(new Set(all).size).toBe(1);
    expect(asked).toBe(1);
  });

  it('goes on from the ledger when the event store does not answer', async () => {
    const broken = { engine: { query: () => Promise.reject(new Error('gone')) } } as never;
    const { watching, totals } = await readOverview(hall.context, broken);
    expect(watching).toBe(false);
    expect(totals.numbers24h).toBe(33);
  });
});

describe('the stream', () => {
  it('tells what is happening and what has changed, and ends with the session', async () => {
    const given = { name: 'Watcher', role: 'viewer' as const, by: 'test', mustChangePassword: false };
    const { password } = await createAnalyst(hall.context, given);
    const browser = new Browser(hall.origin);
    await browser.signIn('Watcher', password);
    const cookie = `kith_session=${browser.lastToken}`;
    const response = await fetch(`${hall.origin}/v1/overview/stream`, { headers: { cookie } });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const until = async (isIt: () => boolean) => {
      while (!isIt()) {
        const { done, value } = await reader.read();
        if (done) return 'ended';
        heard += value;
      }
      return 'heard';
    };
    expect(await until(() => heard.includes('event: overview'))).toBe('heard');
    // The first look at versions happens after one turn.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await hall.host('POST', '/v1/cases', { name: 'A <case>' });
    expect(await until(() => heard.includes('event: changed'))).toBe('heard');
    expect(heard).toContain('"what":"case"');
    hall.clock.advance(sessionLife.idleMs);
    expect(await until(() => false)).toBe('ended');
  }, 20_000);
});

describe('readers who leave before their stream begins', () => {
  let slow: TestHall;
  let answer: () => void = () => undefined;
  beforeAll(async () => {
    const events = new Promise<undefined>((resolve) => {
      answer = () => resolve(undefined);
    });
    slow = await startTestHall({ events });
  });
  afterAll(() => slow.stop());

  it('take nobody’s place, however many they are', async () => {
    const authorization = `Bearer ${await slow.createServiceKey('reader')}`;
    const readers = Array.from({ length: 200 }, () =>
      connect(Number(new URL(slow.origin).port), '127.0.0.1'),
    );
    for (const reader of readers) {
      await once(reader, 'connect');
      reader.write(`GET /v1/overview/stream HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n\r\n`);
    }
    // All of them wait for the same overview by then.
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const reader of readers) reader.destroy();
    await new Promise((resolve) => setTimeout(resolve, 200));
    answer();
    // Told after all those who asked before.
    await slow.host('GET', '/v1/overview');
    const signal = AbortSignal.timeout(10_000);
    const stream = await fetch(`${slow.origin}/v1/overview/stream`, { headers: { authorization }, signal });
    expect(stream.status).toBe(200);
    await stream.body!.cancel();
  });
});

describe.skipIf(!chdbInstalled())('the event store', () => {
  it('counts as the ledger is counted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kith-overview-'));
    const store = await openEventStore({ folder });
    const hour = 3_600_000;
    const start = 1_700_000_000_000 - (1_700_000_000_000 % hour);
    const events = Array.from(
      { length: 200 },
      (_, at): SyncEvent => ({
        id: `e${at}`,
        at: start + at * 0.3 * hour,
        member: `m${at % 23}`,
        ...(at % 5 === 0
          ? { reveals: 1 }
          : {
              way: 'plain',
              numbersNew: at % 4,
              numbersWaiting: at % 3,
              country: at % 2 ? 'IR' : 'IL',
              asn: at % 6,
            }),
      }),
    );
    try {
      await store.insert(events);
      const since = { from: start + 12 * hour, dayFrom: start + 36 * hour };
      const counted = countEvents(
        events.filter((event) => Math.floor(event.at) >= since.from),
        since.dayFrom,
      );
      const { whole, ...found } = await activityIn(store, since);
      const plain = ({ hours, sources, countryAccounts, askers, shown }: typeof counted) => ({
        hours: [...hours].sort(([a], [b]) => a - b),
        sources: sources.map((source) => JSON.stringify(Object.entries(source).sort())).sort(),
        countryAccounts: [...countryAccounts].sort(),
        askers: [askers.total, askers.sample.toSorted()],
        shown: [shown.total, shown.sample.toSorted()],
      });
      expect(whole).toBe(true);
      expect(plain(found)).toEqual(plain(counted));
    } finally {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
