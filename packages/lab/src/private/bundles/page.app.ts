import { type FoundPeople, IndexedDbStore, Kith, type KithOptions } from '@kith/client';

/** What a page of an app does, offered to whoever drives the browser. */
async function find(
  options: Pick<KithOptions, 'token' | 'number'>,
  contacts: readonly string[],
): Promise<FoundPeople<string>> {
  // WebAssembly or nothing: a content policy that forbids it would otherwise go unnoticed.
  const kith = new Kith({ origin: '', backend: 'fast', store: new IndexedDbStore('test'), ...options });
  return kith.findPeople(contacts);
}

Object.assign(globalThis, { find });
