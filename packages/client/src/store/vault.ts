import {
  AEAD_KEY_BYTES,
  authenticate,
  authenticator,
  NONCE_BYTES,
  open,
  type RandomBytes,
  seal,
  utf8,
} from '@kith/protocol/crypto';
import { KithError } from '../http/kith-error.ts';
import type { KithStore } from './kith-store.ts';

/** Bytes of a mark. */
export const MARK_BYTES = 16;

/** Everything that this version writes begins with it; other names in a store are not touched. */
const root = 'kith1/';
const markKeyName = `${root}mark-key`;

/**
 * A store as the rest of the client sees it: values sealed if the app gives a key, and numbers and ids turned into marks
 * that say nothing without the key of the marks.
 */
export class Vault {
  readonly #store: KithStore;
  readonly #authenticate: (message: Uint8Array) => Uint8Array;
  readonly #sealKey: Uint8Array | undefined;
  readonly #random: RandomBytes;

  private constructor(
    store: KithStore,
    markKey: Uint8Array,
    sealKey: Uint8Array | undefined,
    random: RandomBytes,
  ) {
    this.#store = store;
    this.#authenticate = authenticator(markKey);
    this.#sealKey = sealKey;
    this.#random = random;
  }

  /**
   * @param storeKey 32 bytes from the device's key store. Without it the key of the marks lies in the store itself, and
   * whoever reads the store can try numbers against the marks.
   */
  static async open(store: KithStore, storeKey: Uint8Array | undefined, random: RandomBytes): Promise<Vault> {
    if (storeKey === undefined) return new Vault(store, await ownMarkKey(store, random), undefined, random);
    if (!(storeKey instanceof Uint8Array) || storeKey.length !== AEAD_KEY_BYTES)
      throw new KithError({ code: 'option_invalid', status: 0, message: '32 bytes', at: 'storeKey' });
    const derive = (use: string) => authenticate(storeKey, utf8(`Kith-v1 store ${use}`));
    return new Vault(store, derive('marks'), derive('values'), random);
  }

  /** What stands for `text` in the store: the first 16 bytes of HMAC-SHA-256. */
  mark(use: string, text: string): Uint8Array {
    return this.#authenticate(utf8(`${use}\0${text}`)).subarray(0, MARK_BYTES);
  }

  /** The value; undefined too where it does not open, for then it is as good as lost. */
  async get(name: string): Promise<Uint8Array | undefined> {
    const value = await this.#store.get(root + name);
    if (value === undefined || this.#sealKey === undefined) return value;
    try {
      return open(this.#sealKey, value, utf8(name));
    } catch {
      return undefined;
    }
  }

  async put(name: string, value: Uint8Array): Promise<void> {
    const nonce = () => this.#random(NONCE_BYTES);
    const stored = this.#sealKey === undefined ? value : seal(this.#sealKey, nonce(), value, utf8(name));
    await this.#store.put(root + name, stored);
  }

  async delete(name: string): Promise<void> {
    await this.#store.delete(root + name);
  }

  async keys(prefix: string): Promise<string[]> {
    return (await this.#store.keys(root + prefix)).map((name) => name.slice(root.length));
  }

  /** Deletes everything under `prefix` for which `gone` holds; the rest of the name is given. */
  async sweep(prefix: string, gone: (rest: string) => boolean): Promise<void> {
    const names = await this.keys(prefix);
    for (const name of names) if (gone(name.slice(prefix.length))) await this.delete(name);
  }
}

/** The key of the marks of a store without a `storeKey`, made at first use. */
async function ownMarkKey(store: KithStore, random: RandomBytes): Promise<Uint8Array> {
  const known = await store.get(markKeyName);
  if (known?.length === 32) return known;
  const fresh = random(32);
  await store.put(markKeyName, fresh);
  return fresh;
}
