/**
 * Where `Kith` keeps what it has computed and paid for, so that a later run costs only what is new. Give one store to one
 * member of one app. Names are at most 200 characters of `A-Z a-z 0-9 / . _ -`.
 *
 * What is in it is secret: keys of the member, and what leads from numbers to meetings. It names contacts by keyed
 * hashes; only with `storeKey` is it sealed too.
 */
export interface KithStore {
  get(name: string): Promise<Uint8Array | undefined>;
  /** Replaces the whole value, or leaves the old one whole. */
  put(name: string, value: Uint8Array): Promise<void>;
  delete(name: string): Promise<void>;
  /** The names that begin with `prefix`, in any order. */
  keys(prefix: string): Promise<string[]>;
  /** Runs `work` while no one else, such as another tab, runs theirs. Without it two at once may pay twice. */
  exclusive?<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}
