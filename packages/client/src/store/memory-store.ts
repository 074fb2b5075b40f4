import type { KithStore } from './kith-store.ts';

/** Keeps everything until the page or process ends. */
export class MemoryStore implements KithStore {
  readonly #values = new Map<string, Uint8Array>();

  async get(name: string): Promise<Uint8Array | undefined> {
    return this.#values.get(name)?.slice();
  }

  async put(name: string, value: Uint8Array): Promise<void> {
    this.#values.set(name, value.slice());
  }

  async delete(name: string): Promise<void> {
    this.#values.delete(name);
  }

  async keys(prefix: string): Promise<string[]> {
    return [...this.#values.keys()].filter((name) => name.startsWith(prefix));
  }
}
