import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KithStore } from './kith-store.ts';
import { MemoryStore } from './memory-store.ts';
import { Table } from './table.ts';
import { Vault } from './vault.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const rowBytes = 3;
const open = (store: KithStore) => Vault.open(store, new Uint8Array(32), random);
const load = async (store: KithStore) => Table.load(await open(store), 't/', rowBytes);
const markOf = (value: number) => new Uint8Array(16).fill(value);
const rowOf = (value: number) => new Uint8Array(rowBytes).fill(value);

describe('a table', () => {
  it('has after any batches, and any reopening, the last row of each mark', async () => {
    const batch = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 255 })), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(batch, fc.boolean()), { maxLength: 25 }), async (batches) => {
        const store = new MemoryStore();
        const expected = new Map<number, number>();
        let table = await load(store);
        for (const [rows, reopen] of batches) {
          for (const [mark, row] of rows) expected.set(mark, row);
          await table.add(rows.map(([mark, row]) => ({ mark: markOf(mark), row: rowOf(row) })));
          if (reopen) table = await load(store);
        }
        table = await load(store);
        expect(table.size).toBe(expected.size);
        for (const [mark, row] of expected) expect(table.get(markOf(mark))).toEqual(rowOf(row));
      }),
      { numRuns: 60 },
    );
  });

  it('joins its pieces when they have become many', async () => {
    const store = new MemoryStore();
    const table = await load(store);
    for (let at = 0; at < 40; at += 1) await table.add([{ mark: markOf(at), row: rowOf(at) }]);
    expect((await store.keys('kith1/t/')).length).toBe(40);
    expect((await load(store)).size).toBe(40);
    expect((await store.keys('kith1/t/')).length).toBe(1);
    expect((await load(store)).get(markOf(17))).toEqual(rowOf(17));
  });

  it('loses nothing when joining is cut short anywhere', async () => {
    for (let last = 0; last < 45; last += 1) {
      const store = new MemoryStore();
      const table = await load(store);
      for (let at = 0; at < 20; at += 1) await table.add([{ mark: markOf(at), row: rowOf(at) }]);
      await load(dyingAfter(store, last)).catch(() => undefined);
      const again = await load(store);
      expect(again.size).toBe(20);
      for (let at = 0; at < 20; at += 1) expect(again.get(markOf(at))).toEqual(rowOf(at));
    }
  });

  it('passes over pieces that are damaged or of another layout', async () => {
    const store = new MemoryStore();
    const vault = await open(store);
    await (await load(store)).add([{ mark: markOf(1), row: rowOf(1) }]);
    await vault.put('t/0000000001', new Uint8Array(16 + rowBytes + 1));
    await store.put('kith1/t/0000000002', random(60));
    expect((await load(store)).size).toBe(1);
  });
});

/** A store whose process dies after so many changes. */
function dyingAfter(store: MemoryStore, changes: number): KithStore {
  let left = changes;
  const die = async (work: Promise<void>) => {
    if (left-- <= 0) throw new Error('killed');
    return work;
  };
  return {
    get: (name) => store.get(name),
    keys: (prefix) => store.keys(prefix),
    put: (name, value) => die(left > 0 ? store.put(name, value) : Promise.resolve()),
    delete: (name) => die(left > 0 ? store.delete(name) : Promise.resolve()),
  };
}
