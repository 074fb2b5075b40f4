import { expect, it } from 'vitest';
import type { KithStore } from './kith-store.ts';

const bytes = (...values: number[]) => Uint8Array.of(...values);

/** What every store has to do; `open` gives one, and again the same one with what it has kept. */
export function itKeepsValues(open: () => KithStore, kept: boolean): void {
  it('gives back what was put, and nothing for other names', async () => {
    const store = open();
    await store.put('a/1', bytes(1, 2, 3));
    expect(await store.get('a/1')).toEqual(bytes(1, 2, 3));
    expect(await store.get('a/2')).toBeUndefined();
  });

  it('replaces and deletes', async () => {
    const store = open();
    await store.put('b', bytes(1));
    await store.put('b', bytes());
    expect(await store.get('b')).toEqual(bytes());
    await store.delete('b');
    await store.delete('b');
    expect(await store.get('b')).toBeUndefined();
  });

  it('names what begins with a prefix, and only that', async () => {
    const store = open();
    for (const name of ['c/x/1', 'c/x/2', 'c/y', 'cx', 'd.e_f-g']) await store.put(name, bytes(7));
    expect((await store.keys('c/')).sort()).toEqual(['c/x/1', 'c/x/2', 'c/y']);
    expect(await store.keys('d.e_f-')).toEqual(['d.e_f-g']);
    expect(await store.keys('nothing')).toEqual([]);
  });

  it('keeps its own copy: what a caller does with an array afterwards changes nothing', async () => {
    const store = open();
    const given = bytes(1, 1);
    await store.put('copy', given);
    given.fill(9);
    const taken = await store.get('copy');
    taken?.fill(8);
    expect(await store.get('copy')).toEqual(bytes(1, 1));
  });

  if (!kept) return;
  it('has everything still when it is opened again', async () => {
    await open().put('again', bytes(4, 2));
    expect(await open().get('again')).toEqual(bytes(4, 2));
  });
}
