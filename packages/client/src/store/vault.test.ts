import { toHex } from '@kith/protocol/crypto';
import { describe, expect, it } from 'vitest';
import { MemoryStore } from './memory-store.ts';
import { Vault } from './vault.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const bytes = (text: string) => new TextEncoder().encode(text);
const storeKey = new Uint8Array(32).fill(5);

/** Everything in a store, names and values, as one text. */
async function contentOf(store: MemoryStore): Promise<string> {
  const names = await store.keys('');
  const values = await Promise.all(names.map((name) => store.get(name)));
  return names.map((name, at) => `${name} ${Buffer.from(values[at]!).toString('latin1')}`).join('\n');
}

describe('a vault with a key', () => {
  it('seals values: the store alone tells nothing of them', async () => {
    const store = new MemoryStore();
    const vault = await Vault.open(store, storeKey, random);
    await vault.put('keys/1', bytes('the secret keys'));
    expect(await contentOf(store)).not.toContain('secret');
    expect(await vault.get('keys/1')).toEqual(bytes('the secret keys'));
  });

  it('takes what was changed, moved or sealed with another key for lost', async () => {
    const store = new MemoryStore();
    const vault = await Vault.open(store, storeKey, random);
    await vault.put('a', bytes('value'));
    const sealed = (await store.get('kith1/a'))!;
    await store.put('kith1/b', sealed);
    expect(await vault.get('b')).toBeUndefined();
    sealed[20]! ^= 1;
    await store.put('kith1/a', sealed);
    expect(await vault.get('a')).toBeUndefined();
    const other = await Vault.open(store, new Uint8Array(32).fill(6), random);
    await vault.put('c', bytes('value'));
    expect(await other.get('c')).toBeUndefined();
  });

  it('marks the same number the same whenever it is opened, and differently under another key', async () => {
    const mark = async (key: Uint8Array) =>
      toHex((await Vault.open(new MemoryStore(), key, random)).mark('number', '+14155550123'));
    expect(await mark(storeKey)).toBe(await mark(storeKey.slice()));
    expect(await mark(storeKey)).not.toBe(await mark(new Uint8Array(32).fill(6)));
  });

  it('refuses a key of another length by name', async () => {
    const open = Vault.open(new MemoryStore(), new Uint8Array(31), random);
    await expect(open).rejects.toMatchObject({ code: 'option_invalid', at: 'storeKey' });
  });
});

describe('a vault without a key', () => {
  it('makes the key of its marks once, and keeps it', async () => {
    const store = new MemoryStore();
    const first = (await Vault.open(store, undefined, random)).mark('number', '+1');
    const second = (await Vault.open(store, undefined, random)).mark('number', '+1');
    expect(second).toEqual(first);
    const elsewhere = (await Vault.open(new MemoryStore(), undefined, random)).mark('number', '+1');
    expect(elsewhere).not.toEqual(first);
  });
});

describe('marks', () => {
  it('of one text for two uses have nothing in common', async () => {
    const vault = await Vault.open(new MemoryStore(), storeKey, random);
    expect(vault.mark('number', 'x')).not.toEqual(vault.mark('person', 'x'));
  });
});

describe('sweeping', () => {
  it('deletes under a prefix what is gone, and leaves the app’s own values alone', async () => {
    const store = new MemoryStore();
    await store.put('app/settings', bytes('mine'));
    const vault = await Vault.open(store, storeKey, random);
    for (const name of ['days/1/a', 'days/2/a', 'other']) await vault.put(name, bytes('x'));
    await vault.sweep('days/', (rest) => rest.startsWith('1/'));
    expect((await vault.keys('')).sort()).toEqual(['days/2/a', 'other']);
    await vault.sweep('', () => true);
    expect(await store.keys('')).toEqual(['app/settings']);
  });
});
