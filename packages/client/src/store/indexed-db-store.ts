import type { KithStore } from './kith-store.ts';

const table = 'values';

/** Keeps everything in the browser's IndexedDB, until the site's data is cleared. Tabs take turns where Web Locks exist. */
export class IndexedDbStore implements KithStore {
  readonly #name: string;
  #database: Promise<IDBDatabase> | undefined;

  /** @param name of the database; one for each member that uses this browser */
  constructor(name = 'kith') {
    this.#name = name;
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    return this.#run('readonly', (values) => values.get(name) as IDBRequest<Uint8Array | undefined>);
  }

  async put(name: string, value: Uint8Array): Promise<void> {
    await this.#run('readwrite', (values) => values.put(value, name));
  }

  async delete(name: string): Promise<void> {
    await this.#run('readwrite', (values) => values.delete(name));
  }

  async keys(prefix: string): Promise<string[]> {
    const names = await this.#run('readonly', (values) =>
      values.getAllKeys(IDBKeyRange.bound(prefix, `${prefix}\uffff`)),
    );
    return names as string[];
  }

  async exclusive<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const locks = globalThis.navigator?.locks;
    if (locks === undefined) return work();
    return locks.request(`kith store ${this.#name}`, signal ? { signal } : {}, work) as Promise<T>;
  }

  /** One request in a transaction of its own; done when it is on disk. */
  async #run<T>(mode: IDBTransactionMode, ask: (values: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    this.#database ??= this.#open();
    const transaction = (await this.#database).transaction(table, mode);
    const request = ask(transaction.objectStore(table));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  #open(): Promise<IDBDatabase> {
    const request = indexedDB.open(this.#name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table);
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(this.#watch(request.result));
      request.onerror = () => {
        this.#database = undefined;
        reject(request.error);
      };
    });
  }

  /** A browser may close the database, and another tab may ask for that: the next call opens it again. */
  #watch(database: IDBDatabase): IDBDatabase {
    const forget = () => {
      this.#database = undefined;
    };
    database.onclose = forget;
    database.onversionchange = () => {
      database.close();
      forget();
    };
    return database;
  }
}
