import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, openChdb } from '../engine/index.ts';
import { serveClickHouse } from '../testing/clickhouse-over-chdb.ts';
import { chdbReason, openTestChdb, syncEvent, withChdb } from '../testing/events.ts';
import { type EventStore, openEventStore } from './store.ts';

describe.skipIf(!withChdb).each(['chdb', 'clickhouse'] as const)(
  `the event store on %s${chdbReason}`,
  (kind) => {
    let store: EventStore;
    let engine: Engine | undefined;
    let server: { url: string; close: () => Promise<void> } | undefined;

    beforeAll(async () => {
      if (kind === 'clickhouse') {
        engine = await openTestChdb();
        server = await serveClickHouse(engine);
      }
      store = await openEventStore(server ? { url: server.url } : {});
    });
    afterAll(async () => {
      await store.close();
      await server?.close();
      await engine?.close();
    });
    beforeEach(() => store.drop());

    it('keeps what it is given', async () => {
      await store.insert([
        syncEvent({
          member: "o'neil\\ü",
          prefix: '198.51.100.0/24',
          numbersNew: 7,
          sketch: { numbers: 7, solitary: 3, inRuns: 2, prefixes: 5, country: 'IN', countryNumbers: 6 },
        }),
      ]);
      const rows = await store.engine.query(
        `SELECT member, prefix, network, numbers_new, solitary, number_country, created FROM ${store.table} WHERE member = {member:String}`,
        { member: "o'neil\\ü" },
      );
      expect(rows).toEqual([
        {
          member: "o'neil\\ü",
          prefix: '198.51.100.0/24',
          network: 'unknown',
          numbers_new: 7,
          solitary: 3,
          number_country: 'IN',
          created: 0,
        },
      ]);
    });

    it('counts an event once, however often and with whatever others it arrives', async () => {
      const events = Array.from({ length: 50 }, (_, i) => syncEvent({ member: `m${i % 5}` }));
      await store.insert(events.slice(0, 30));
      await store.insert(events.slice(0, 30));
      await store.insert([...events.slice(20), ...events.slice(20)]);
      expect(await store.count()).toBe(50);
    });

    it('recognises what an earlier process had stored', async () => {
      const events = Array.from({ length: 20 }, (_, i) => syncEvent({ member: `m${i}` }));
      await store.insert(events);
      const again = await openEventStore(server ? { url: server.url } : {}).catch(() => undefined);
      const other = kind === 'clickhouse' && again ? again : store;
      await other.insert([...events, syncEvent({ member: 'm0' })]);
      if (again) await again.close();
      const raw = await store.engine.query<{ n: number }>(`SELECT count() AS n FROM ${store.table}`);
      expect(raw[0]?.n).toBe(21);
    });

    it('can be dropped and filled again with the same result', async () => {
      const events = Array.from({ length: 20 }, (_, i) => syncEvent({ member: `m${i}`, numbersNew: i }));
      const sum = () => store.engine.query(`SELECT count() AS n, sum(numbers_new) AS s FROM ${store.table}`);
      await store.insert(events);
      const before = await sum();
      await store.drop();
      expect(await store.count()).toBe(0);
      await store.insert(events);
      expect(await sum()).toEqual(before);
    });

    it('forgets where erased members were, whatever they are called, and nothing of others', async () => {
      const members = ["o'neill", 'a\\b', 'kept'];
      const where = { prefix: '8.8.8.0/24', asn: 15169, country: 'US', device: 'd', memberCreatedAt: 1_000 };
      await store.insert(members.map((member) => syncEvent({ member, ...where, numbersNew: 7 })));
      await store.forget(members.slice(0, 2));
      const rows = await store.engine.query(
        `SELECT member, prefix, asn, country, device, created, numbers_new FROM ${store.table} ORDER BY member`,
      );
      const unknown = { prefix: '', asn: 0, country: '', device: '', created: 0, numbers_new: 7 };
      const known = {
        prefix: '8.8.8.0/24',
        asn: 15169,
        country: 'US',
        device: 'd',
        created: 1_000,
        numbers_new: 7,
      };
      expect(rows).toEqual([
        { member: 'a\\b', ...unknown },
        { member: 'kept', ...known },
        { member: "o'neill", ...unknown },
      ]);
    });

    it('answers a short question while a long one is under way', async () => {
      const answers: string[] = [];
      await Promise.all([
        store.engine.query('SELECT sleep(0.4)').then(() => answers.push('long')),
        store.engine.query('SELECT 1').then(() => answers.push('short')),
      ]);
      expect(answers).toEqual(['short', 'long']);
    });

    it('says in one line what a query lacked, with a code', async () => {
      const asked = store.engine.query('SELECT nothing FROM nowhere');
      await expect(asked).rejects.toMatchObject({ code: 'event_store_query_failed' });
      await expect(asked).rejects.not.toThrow(/\n/);
    });

    it('refuses a database name that is SQL', async () => {
      await expect(openEventStore({ database: 'x; drop' })).rejects.toMatchObject({ code: 'option_invalid' });
    });
  },
);

describe.skipIf(!withChdb)(`a chDB process that dies${chdbReason}`, () => {
  it('fails what was under way, comes back, and loses and doubles nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kith-test-'));
    const lost: string[] = [];
    const store = await openEventStore({ folder, onLost: (message) => lost.push(message) });
    try {
      const first = Array.from({ length: 100 }, (_, i) => syncEvent({ member: `m${i}` }));
      const second = Array.from({ length: 100 }, (_, i) => syncEvent({ member: `m${i}` }));
      await store.insert(first);
      const long = store.engine.query(
        'SELECT sum(sleepEachRow(0.1)) FROM numbers(100) SETTINGS max_block_size = 1',
      );
      const failed = expect(long).rejects.toMatchObject({ code: 'event_store_unavailable' });
      await wait(50);
      process.kill((store.engine as Engine & { pid: number }).pid, 'SIGKILL');
      await failed;
      await store.insert([...first.slice(50), ...second]);
      expect(await store.count()).toBe(200);
      expect(store.engine.generation).toBe(1);
      expect(lost[0]).toContain('SIGKILL');
    } finally {
      await store.close();
      await rm(folder, { recursive: true });
    }
  });

  it('lets no second process take its folder, and says so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kith-test-'));
    const engine = await openChdb({ folder });
    try {
      await expect(openChdb({ folder })).rejects.toMatchObject({ code: 'event_store_unavailable' });
    } finally {
      await engine.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe('a ClickHouse server that is not there', () => {
  it('is an error with a code, and the password stays out of it', async () => {
    const opening = openEventStore({ url: 'http://user:secret@127.0.0.1:9' });
    await expect(opening).rejects.toMatchObject({ code: 'event_store_unavailable' });
    await expect(opening).rejects.not.toThrow(/secret/);
  });
});
