import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { contextHashOf, encodeEntry, macKeyOf, macOf } from './codes.ts';
import type { LedgerRow } from './entry.ts';
import { exposureOf } from './exposure.ts';
import { settingAt } from './settings.ts';
import { openTestLedger, type TestLedger } from './testing.ts';

const now = Date.UTC(2026, 10, 22, 12, 0, 0, 123);
const month = 31 * 86_400_000;

let test: TestLedger;
beforeAll(async () => {
  test = await openTestLedger();
});
afterAll(() => test.close());

const append = (...args: Parameters<TestLedger['append']>) => test.append(...args);

describe('appending', () => {
  it('records what was said, by whom and when, not yet sealed', async () => {
    const [entryId] = await append(
      [{ memberId: "o'brien\n\u{1F600}", kind: 'reveal', otherId: '"x"', body: { how: 'mutual' } }],
      now,
    );
    const rows = await test.database.query('select * from ledger where entry_id = $1', [entryId]);
    expect(rows).toMatchObject([
      {
        member_id: "o'brien\n\u{1F600}",
        at: new Date(now),
        kind: 'reveal',
        other_id: '"x"',
        body: '{"how":"mutual"}',
        context_hash: null,
        sealed: false,
      },
    ]);
  });

  it('gives ids in order, also thousands within one millisecond', async () => {
    const entries = Array.from({ length: 5_000 }, () => ({
      memberId: 'many',
      kind: 'sync' as const,
      body: {},
    }));
    const ids = await append(entries, now);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(5_000);
  });

  it('takes one statement for all entries of a transaction, in order', async () => {
    const entry = (body: object) => ({ memberId: 'counted', kind: 'sync' as const, body: { ...body } });
    const { statements, ids } = await test.database.transaction(async (tx) => {
      const query = vi.spyOn(tx.connection, 'query');
      const first = await test.ledger.append(tx, [entry({ a: 1 }), entry({ a: 2 })], now);
      const second = await test.ledger.append(tx, [entry({ a: 3 })], now);
      tx.beforeCommit(async () => query.mockRestore());
      return { statements: query.mock.calls, ids: [...first, ...second] };
    });
    expect(statements).toHaveLength(1);
    expect(ids).toEqual([...ids].sort());
    const rows = await test.database.query<{ body: string }>(
      `select body from ledger where member_id = 'counted' order by entry_id`,
    );
    expect(rows.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":2}', '{"a":3}']);
  });

  it('is done at once outside of a transaction', async () => {
    await test.ledger.append(test.database, [{ memberId: 'alone', kind: 'sync', body: {} }], now);
    expect(await test.database.query(`select 1 from ledger where member_id = 'alone'`)).toHaveLength(1);
    expect(await append([], now)).toEqual([]);
  });

  it('leaves nothing when the transaction that it records does not commit', async () => {
    const failing = test.database.transaction(async (tx) => {
      await test.ledger.append(tx, [{ memberId: 'undone', kind: 'sync', body: {} }], now);
      throw new RangeError('undone');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await test.database.query(`select 1 from ledger where member_id = 'undone'`)).toEqual([]);
  });

  it('refuses a phone number in a body and takes it out of a context', async () => {
    const number = '+15550123456';
    await expect(append([{ memberId: 'a', kind: 'sync', body: { deep: [number] } }], now)).rejects.toThrow(
      TypeError,
    );
    await append([{ memberId: 'b', kind: 'sync', body: {}, context: { device: number } }], now);
    const [row] = await test.database.query(`select context from ledger where member_id = 'b'`);
    expect(row).toEqual({ context: '{"device":"number"}' });
  });
});

describe('contexts', () => {
  it('are bound to their entry by a salted hash and erased without a trace of them', async () => {
    const [entryId] = await append(
      [{ memberId: 'carl', kind: 'sync', body: {}, context: { prefix: '192.0.2.0/24' } }],
      now,
    );
    const read = () =>
      test.database.query<{ salt: Buffer; context: string; hash: Buffer }>(
        'select context_salt as salt, context, context_hash as hash from ledger where entry_id = $1',
        [entryId],
      );
    const [kept] = await read();
    expect(contextHashOf(kept!.salt, kept!.context)).toEqual(kept!.hash);
    expect(kept!.context).toBe('{"prefix":"192.0.2.0/24"}');

    await test.ledger.eraseContexts(test.database, 'carl');
    expect(await read()).toEqual([{ salt: null, context: null, hash: kept!.hash }]);
  });

  it('have each a salt of their own, so that equal ones cannot be told', async () => {
    const entry = { memberId: 'dora', kind: 'sync' as const, body: {}, context: { prefix: '192.0.2.0/24' } };
    await append([entry, entry, { ...entry, context: undefined! }], now);
    const rows = await test.database.query<{ hash: Buffer | null }>(
      `select context_hash as hash from ledger where member_id = 'dora' order by entry_id`,
    );
    const [one, other, none] = rows.map((row) => row.hash);
    expect(one).not.toEqual(other);
    expect(none).toBeNull();
  });
});

describe('the code of an entry', () => {
  const texts = fc.option(fc.string());
  const rows: fc.Arbitrary<Omit<LedgerRow, 'mac'>> = fc.record({
    memberId: fc.string(),
    entryId: fc.string(),
    at: fc.string(),
    kind: fc.string(),
    otherId: texts,
    body: fc.string(),
    contextHash: fc.option(fc.uint8Array().map((bytes) => Buffer.from(bytes))),
  });

  it('differs whenever any column differs', () => {
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(encodeEntry(one) === encodeEntry(other)).toBe(same);
      }),
    );
  });

  it('does not let a field end early and the next begin', () => {
    const row = {
      memberId: 'a',
      entryId: 'b',
      at: '1',
      kind: 'k',
      otherId: null,
      body: '{}',
      contextHash: null,
    };
    const shifted = { ...row, memberId: 'a,1:b', entryId: '' };
    expect(encodeEntry(shifted)).not.toBe(encodeEntry(row));
    expect(encodeEntry({ ...row, otherId: '' })).not.toBe(encodeEntry(row));
    expect(encodeEntry({ ...row, otherId: '-' })).not.toBe(encodeEntry(row));
  });

  it('needs the key', () => {
    const [one, other] = [0, 1].map((byte) => macKeyOf({ macKey: new Uint8Array(32).fill(byte) }));
    expect(macOf(one!, 'x')).not.toEqual(macOf(other!, 'x'));
  });
});

describe('settings over time', () => {
  const state = (discoverable: string, validFrom: number, recordedAt = validFrom) =>
    append(
      [
        {
          memberId: 'ada',
          kind: 'setting',
          body: { discoverable, hasPhone: true, validFrom: new Date(validFrom).toISOString() },
        },
      ],
      recordedAt,
    );
  const day = 86_400_000;

  it('answers what a setting was at any moment, and what was known then', async () => {
    await state('nobody', now);
    await state('anyone', now + 10 * day);
    await state('mutual', now + 5 * day, now + 20 * day); // a correction, recorded late

    const at = (days: number, known?: number) =>
      settingAt(test.database, 'ada', now + days * day, known === undefined ? undefined : now + known * day);
    expect(await at(-1)).toBeNull();
    expect(await at(0)).toEqual({ discoverable: 'nobody', hasPhone: true, validFrom: now, recordedAt: now });
    expect((await at(4))?.discoverable).toBe('nobody');
    expect((await at(7))?.discoverable).toBe('mutual');
    expect((await at(7, 15))?.discoverable).toBe('nobody');
    expect((await at(11))?.discoverable).toBe('anyone');
    expect(await at(7, -1)).toBeNull();
    expect((await at(7))?.recordedAt).toBe(now + 20 * day);
  });

  it('takes the one recorded last of two that begin together', async () => {
    await state('nobody', now + 40 * day);
    await state('anyone', now + 40 * day, now + 41 * day);
    expect((await settingAt(test.database, 'ada', now + 42 * day))?.discoverable).toBe('anyone');
  });
});

describe('exposure', () => {
  const reveal = (viewer: string, at: number) =>
    append([{ memberId: 'eve', otherId: viewer, kind: 'reveal', body: { how: 'number' } }], at);

  it('counts viewers once, times always, by month in UTC', async () => {
    await reveal('a', now);
    await reveal('a', now + 1);
    await reveal('b', now + month);
    await reveal('c', Date.UTC(2027, 0, 1) - 1);
    await reveal('c', Date.UTC(2027, 0, 1));
    await append([{ memberId: 'eve', otherId: 'z', kind: 'canary', body: {} }], now);
    expect(await exposureOf(test.database, 'eve')).toEqual({
      revealedTo: 3,
      times: 5,
      byMonth: [
        { month: '2026-11', times: 2 },
        { month: '2026-12', times: 2 },
        { month: '2027-01', times: 1 },
      ],
    });
  });

  it('is nothing for whom nobody has seen', async () => {
    expect(await exposureOf(test.database, 'nobody')).toEqual({ revealedTo: 0, times: 0, byMonth: [] });
  });
});
