import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../operations/logger.ts';
import { createMetrics } from '../operations/metrics.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/embedded/testing.ts';
import { type Line, layLine } from '../postgres/line.testing.ts';
import { number, startTestHall, type TestHall } from '../testing.ts';
import { startWorkers } from '../workers.ts';

let database: TestDatabase;
let line: Line;
let hall: TestHall;
const lines: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  line = await layLine(database.url);
  const log = createLogger('trace', { write: (text: string) => void lines.push(text) });
  hall = await startTestHall({ databaseUrl: line.url, log });
  await hall.member('ann', { phone: number(1), discoverable: 'mutual' });
  await hall.member('bob', { phone: number(2), discoverable: 'mutual' });
});
afterAll(async () => {
  await hall.stop();
  await line.cut();
  await database.drop();
});

const get = (path: string) => fetch(hall.origin + path);

describe('while the database is gone', () => {
  it('every call that needs it says so, and when to come back; the process lives', async () => {
    const book = { numbers: [number(2)] };
    await hall.syncs('ann', [number(3)]);
    await line.cut();
    const unavailable = { status: 503, body: { code: 'database_unavailable', retryAfterSecs: 2 } };
    const answers = await Promise.all([
      hall.as('ann')('PUT', '/v1/me/contacts', book),
      hall.as('ann')('GET', '/v1/me/people'),
      hall.as('ann')('GET', '/v1/me/budget'),
      hall.as('ann')('PATCH', '/v1/me', { discoverable: 'anyone' }),
      hall.host('PUT', '/v1/members/cat', { card: { name: 'C', handle: 'c' } }),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject(unavailable);
      expect(answer.headers.get('retry-after')).toBe('2');
    }
    expect((await get('/readyz')).status).toBe(503);
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/metrics')).status).toBe(200);
    await line.mend();
    // By itself, and with nothing of what was refused.
    expect((await get('/readyz')).status).toBe(200);
    expect((await hall.host('GET', '/v1/members/cat')).status).toBe(404);
    expect((await hall.host('GET', '/v1/members/ann')).body.discoverable).toBe('mutual');
    expect(await hall.as('ann')('PUT', '/v1/me/contacts', book)).toMatchObject({
      status: 200,
      body: { new: 1 },
    });
  });

  it('an import ends with what it has stored, and why', async () => {
    const key = await hall.createServiceKey('import');
    await line.cut();
    const response = await fetch(`${hall.origin}/v1/members/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body: '{"id":"x","card":{"name":"X","handle":"x"}}\n',
    });
    // Whether the key is checked from memory or not decides how it is said.
    const text = await response.text();
    expect(text).toContain('"code":"database_unavailable"');
    expect(text).not.toContain('"done"');
    await line.mend();
    expect((await hall.host('GET', '/v1/members/x')).status).toBe(404);
  });

  it('workers wait, and go on when it is back', async () => {
    await hall.member('open', { phone: number(4), discoverable: 'anyone' });
    await hall.syncs('bob', [number(4)]);
    await line.cut();
    const metrics = createMetrics();
    const workers = startWorkers(hall.context, createLogger('silent'), metrics);
    await expect
      .poll(() => metrics.registry.metrics(), { timeout: 5_000 })
      .toMatch(/kith_worker_items_total\{worker="lookups",outcome="failed"\} [1-9]/);
    await line.mend();
    await expect
      .poll(() => hall.context.database.query('select 1 from lookups'), { timeout: 5_000 })
      .toEqual([]);
    await workers.stop();
    hall.clock.advance(600_000);
    await hall.work();
    expect(await hall.sees('bob')).toEqual({ open: 'number' });
  });

  it('a connection that is lost in the middle of a sync loses the whole of it, or nothing', async () => {
    const before = (await hall.budget('bob')).lookups.left;
    const { ledger } = hall.context;
    const append = ledger.append.bind(ledger);
    ledger.append = async (tx, entries, now) => {
      ledger.append = append;
      await line.cut();
      return append(tx, entries, now);
    };
    const lost = await hall.as('bob')('PATCH', '/v1/me/contacts', { add: [number(5)] });
    expect(lost).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
    await line.mend();
    expect((await hall.budget('bob')).lookups.left).toBe(before);
    const again = await hall.as('bob')('PATCH', '/v1/me/contacts', { add: [number(5)] });
    expect(again).toMatchObject({ status: 200, body: { new: 1 } });
    expect((await hall.budget('bob')).lookups.left).toBe(before - 1);
  });

  it('the log names the trouble, and no address, password or number', () => {
    const log = lines.join('\n');
    expect(log).toContain('database_unavailable');
    expect(log).not.toContain(new URL(line.url).password);
    expect(log).not.toContain(number(2).slice(2));
  });
});
