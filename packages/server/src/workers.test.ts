import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberScope, scopeOf } from './budgets/scopes.ts';
import { type Hall, startHall } from './hall.ts';
import { importMembers } from './members/import/import.ts';
import { createLogger } from './operations/logger.ts';
import { createMetrics } from './operations/metrics.ts';
import { dayMs, number, numbers, policyWith, startTestHall, type TestHall } from './testing.ts';
import { restMs, startWorkers } from './workers.ts';

const batchMs = 600_000;
const openCount = 6;
const openAt = (index: number) => number(1_000 + index);
const open = Array.from({ length: openCount }, (_, index) => `open${index}`);

let hall: TestHall;
let next = 0;

/** A member of its own for each test, without a number: it asks, and is not asked for. */
async function someone(): Promise<string> {
  next += 1;
  const id = `m${next}`;
  await hall.member(id);
  return id;
}

beforeAll(async () => {
  hall = await startTestHall({
    policy: policyWith((policy) => {
      policy.budgets.lookups.member = { capacity: 4, perDay: 24 };
      policy.budgets.reveals.member = { capacity: 4, perDay: 24 };
    }),
  });
  for (const [index, id] of open.entries())
    await hall.member(id, { phone: openAt(index), discoverable: 'anyone' });
});
afterAll(() => hall.stop());

const allOpen = open.map((_, index) => openAt(index));

/** The ledger fails once, at the first entry of a kind, as if the process had died there. */
function crashOnce(kind: string): void {
  const { ledger } = hall.context;
  const append = ledger.append.bind(ledger);
  ledger.append = async (tx, entries, now) => {
    if (!entries.some((entry) => entry.kind === kind)) return append(tx, entries, now);
    ledger.append = append;
    throw new Error('crash');
  };
}

const reveals = (viewer: string) =>
  hall.context.database.query(
    `select member_id as id from ledger where kind = 'reveal' and other_id = $1 order by 1`,
    [viewer],
  );

describe('a crash in the middle of', () => {
  it('a lookup loses none of it and repeats none', async () => {
    const canary = number(1_050);
    await hall.member('canary', { phone: canary, discoverable: 'anyone', canary: true });
    const ann = await someone();
    await hall.syncs(ann, [canary, openAt(0)]);
    crashOnce('canary');
    await expect(hall.work()).rejects.toThrow('crash');
    await hall.work();
    hall.clock.advance(batchMs);
    await hall.work();
    expect(await hall.sees(ann)).toEqual({ canary: 'number', open0: 'number' });
    const touched = await hall.context.database.query(`select 1 from ledger where kind = 'canary'`);
    expect(touched).toHaveLength(1);
  });

  it('a reveal shows nobody, charges nothing, and leaves all to the next attempt', async () => {
    const ann = await someone();
    await hall.syncs(ann, allOpen.slice(0, 3));
    await hall.work();
    hall.clock.advance(batchMs);
    crashOnce('reveal');
    await expect(hall.work()).rejects.toThrow('crash');
    expect(await hall.sees(ann)).toEqual({});
    expect((await hall.budget(ann)).reveals.left).toBe(4);
    await hall.work();
    expect(Object.keys(await hall.sees(ann))).toHaveLength(3);
    expect((await hall.budget(ann)).reveals.left).toBe(1);
    expect(await reveals(ann)).toHaveLength(3);
  });

  it('a refill takes no unit without a lookup, and loses none that waits', async () => {
    const ann = await someone();
    await hall.syncs(ann, allOpen);
    expect((await hall.budget(ann)).waiting).toBe(2);
    hall.clock.advance(dayMs / 12);
    const original = hall.context.database.transaction.bind(hall.context.database);
    let crashed = false;
    hall.context.database.transaction = (work) =>
      original(async (tx) => {
        const result = await work(tx);
        // The work of a refill is done and not yet committed.
        const taken = await tx.query(`select 1 from contacts where waiting_lookup is not null`);
        if (!crashed && taken.length === 0) {
          crashed = true;
          throw new Error('crash');
        }
        return result;
      });
    await expect(hall.work()).rejects.toThrow('crash');
    expect((await hall.budget(ann)).waiting).toBe(2);
    expect((await hall.budget(ann)).lookups.left).toBe(2);
    await hall.work();
    expect(await hall.budget(ann)).toMatchObject({ waiting: 0, lookups: { left: 0 } });
    hall.clock.advance(batchMs);
    await hall.work();
    expect(Object.keys(await hall.sees(ann))).toHaveLength(4);
  });

  it('one member’s piece does not hold up the others’', async () => {
    const viewers = [await someone(), await someone(), await someone()];
    for (const id of viewers) await hall.syncs(id, [openAt(0)]);
    await hall.work();
    hall.clock.advance(batchMs);
    crashOnce('reveal');
    await expect(hall.work()).rejects.toThrow('crash');
    const shown = await Promise.all(viewers.map((id) => hall.sees(id)));
    expect(shown.filter((people) => 'open0' in people)).toHaveLength(2);
  });
});

describe('all that is due', () => {
  it('is done by one call, however much more than one round of a worker it is', async () => {
    const viewers = 230;
    const lines = Array.from({ length: viewers }, (_, index) => ({
      id: `v${index}`,
      card: { name: 'V', handle: 'v' },
    }));
    const stream = Readable.from([Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'))]);
    for await (const _ of importMembers(hall.context, stream));
    await hall.context.database.query(
      `insert into lookups (member_id, lookup_id, tags, scopes)
       select member_id, gen_random_uuid(), $1, $2 from members where member_id like 'v%'`,
      [hall.context.keyring.tag('directory', openAt(0)), JSON.stringify([{ kind: 'service', tag: 'AAAA' }])],
    );
    await hall.work();
    expect(await hall.context.database.query('select 1 from lookups')).toEqual([]);
    hall.clock.advance(batchMs);
    await hall.work();
    const shown = await hall.context.database.query(
      `select 1 from people where subject_id = 'open0' and viewer_id like 'v%'`,
    );
    expect(shown).toHaveLength(viewers);
  });

  it('forgets budgets that are full again, and keeps those that are not', async () => {
    const ann = await someone();
    const put = hall.as(ann);
    await put('PUT', '/v1/me/contacts', { numbers: numbers(50, 2) }, { 'kith-device': 'a phone' });
    const { keyring, database } = hall.context;
    const scopes = [memberScope(keyring, ann), scopeOf(keyring, 'device', 'a phone')].map(({ tag }) =>
      Buffer.from(tag, 'base64url'),
    );
    const kept = () => database.query('select unit from budgets where scope = any($1)', [scopes]);
    await hall.work();
    // It has no number, so no slots were spent.
    expect(await kept()).toEqual([{ unit: 'lookups' }, { unit: 'lookups' }]);
    hall.clock.advance(3 * dayMs);
    await hall.work();
    expect(await kept()).toEqual([]);
    expect((await hall.budget(ann)).lookups.left).toBe(4);
  });
});

describe('two servers on one database', () => {
  let other: Hall;
  beforeAll(async () => {
    other = await startHall({
      databaseUrl: hall.database.url,
      keyEncryptionKey: Buffer.alloc(32, 7),
      now: () => hall.clock.now,
      policy: hall.context.policy,
      workers: false,
    });
  });
  afterAll(() => other.stop());

  const bothWork = () => Promise.all([hall.work(), other.work(), hall.work(), other.work()]);

  it('neither reveal nor charge twice when their workers run at once', async () => {
    const viewers = await Promise.all(Array.from({ length: 6 }, someone));
    await Promise.all(viewers.map((id) => hall.syncs(id, allOpen)));
    await bothWork();
    hall.clock.advance(batchMs);
    await bothWork();
    for (const viewer of viewers) {
      const seen = Object.keys(await hall.sees(viewer)).sort();
      expect(seen).toHaveLength(4);
      expect(await reveals(viewer)).toEqual(seen.map((id) => ({ id })));
      expect(await hall.budget(viewer)).toMatchObject({
        reveals: { left: 0 },
        lookups: { left: 0 },
        waiting: 2,
      });
    }
    for (const waitMs of [dayMs, batchMs, batchMs]) {
      hall.clock.advance(waitMs);
      await bothWork();
    }
    for (const viewer of viewers) {
      expect((await reveals(viewer)).length).toBe(openCount);
      expect((await hall.budget(viewer)).waiting).toBe(0);
    }
  });

  it('give one member its budget once, whichever of them it asks', async () => {
    const ann = await someone();
    const { token } = await hall.tokens.issue(ann);
    const patch = (origin: string, index: number) =>
      fetch(`${origin}/v1/me/contacts`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ add: numbers(100 + 2 * index, 2) }),
      });
    const answers = await Promise.all(
      [0, 1, 2, 3].map((index) => patch([hall, other][index % 2]!.origin, index)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await hall.budget(ann)).toMatchObject({ lookups: { left: 0 }, waiting: 4 });
    const paid = await hall.context.database.query<{ bytes: number }>(
      'select sum(length(tags))::integer as bytes from lookups',
    );
    expect(paid).toEqual([{ bytes: 4 * 16 }]);
  });
});

describe('workers on real time', () => {
  it('do what comes up by themselves, and stop at once when told', async () => {
    const ann = await someone();
    const workers = startWorkers(hall.context, createLogger('silent'), createMetrics());
    await hall.syncs(ann, [openAt(0)]);
    await expect
      .poll(() => hall.context.database.query('select 1 from lookups'), { timeout: 5_000 })
      .toEqual([]);
    hall.clock.advance(batchMs);
    await expect.poll(() => hall.sees(ann), { timeout: 5_000 }).toEqual({ open0: 'number' });
    const started = performance.now();
    await workers.stop();
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('go on after a failure, which is counted and logged', async () => {
    const ann = await someone();
    await hall.syncs(ann, [openAt(0)]);
    await hall.work();
    hall.clock.advance(batchMs);
    crashOnce('reveal');
    const lines: string[] = [];
    const metrics = createMetrics();
    const log = createLogger('warn', { write: (line: string) => void lines.push(line) });
    const workers = startWorkers(hall.context, log, metrics);
    await expect.poll(() => hall.sees(ann), { timeout: 8_000 }).toEqual({ open0: 'number' });
    await workers.stop();
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { worker: 'reveals', err: { message: 'crash' } },
    ]);
    expect(await metrics.registry.metrics()).toContain(
      'kith_worker_items_total{worker="reveals",outcome="failed"} 1',
    );
  });
});

describe('a worker that rests as long as it worked', () => {
  it('takes half of the time at most, and rests no shorter than it is told to', () => {
    expect(restMs({ everyMs: 10_000, restsAsLong: true }, 2_000)).toBe(10_000);
    expect(restMs({ everyMs: 10_000, restsAsLong: true }, 25_000)).toBe(25_000);
    expect(restMs({ everyMs: 10_000 }, 25_000)).toBe(10_000);
  });
});
