import type { RandomBytes } from '@kith/protocol/crypto';
import type { Compute } from './compute/compute.ts';
import { type ComputeOptions, createCompute } from './compute/create-compute.ts';
import { asKithError } from './find-people/as-kith-error.ts';
import { type ContactInput, rejectionOf } from './find-people/contacts.ts';
import { type FoundPeople, findPeople, type Way } from './find-people/find-people.ts';
import type { Progress } from './find-people/progress.ts';
import { type Run, Waiting } from './find-people/run.ts';
import { TakeTurns } from './find-people/take-turns.ts';
import { KithError } from './http/kith-error.ts';
import { KithHttp, type KithHttpOptions } from './http/kith-http.ts';
import type { BucketRequests } from './open/bucket-source.ts';
import { privateCalls } from './private-calls.ts';
import { IndexedDbStore } from './store/indexed-db-store.ts';
import type { KithStore } from './store/kith-store.ts';
import { MemoryStore } from './store/memory-store.ts';
import { Vault } from './store/vault.ts';

export interface KithOptions extends Omit<KithHttpOptions, 'random'>, ComputeOptions {
  /**
   * The member's own number in E.164 form, as the host has verified it, or null for a member without one, who can only find
   * those whom anyone may find. It is not sent.
   */
  number: string | null;
  /** Where computed and paid results are kept; default IndexedDB where there is one, else memory. */
  store?: KithStore;
  /** 32 bytes from the device's key store, to seal what is kept. Without it the store holds secrets in the clear. */
  storeKey?: Uint8Array;
  /** The issuers to trust, as `GET /v1/parameters` names them; default those of the first run. */
  issuers?: string;
  /**
   * How buckets are asked for: `together` (default) asks the service for those of many contacts at once; `cacheable` fetches
   * each by an address of its own, for where a cache in front, run by someone else, is to hide who asks.
   */
  buckets?: BucketRequests;
  /** Milliseconds since 1970; default `Date.now`. */
  now?: () => number;
}

export interface FindPeopleOptions {
  /** Stops the run with the signal's reason; a later one goes on where it was. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Default both. */
  ways?: readonly Way[];
  /**
   * The contacts are the whole address book: what was written for anyone else is withdrawn, and meetings with them end.
   * Default false, which adds to what was there.
   */
  whole?: boolean;
}

/** An issuer that has not answered for so long is passed over for another, ms. */
const issuerMs = 10_000;

/** Answers that mean that what was known of the service is of yesterday. */
const outdated = new Set<string>([
  'epoch_invalid',
  'key_version_unknown',
  'bucket_unknown',
  'ticket_invalid',
]);

/**
 * A member's contact discovery in the private way: the service learns neither the numbers in the address book nor who saved
 * whom before both did.
 */
export class Kith {
  /** The member's other calls: setting, budgets, exposure. */
  readonly http: KithHttp;
  readonly #options: KithOptions;
  readonly #compute: Compute;
  readonly #store: KithStore;
  readonly #turns = new TakeTurns();
  #vault: Promise<Vault> | undefined;

  /** @throws KithError `option_invalid`, `environment_unsupported` */
  constructor(options: KithOptions) {
    if (options.number !== null && rejectionOf(options.number) !== undefined)
      throw new KithError({ code: 'option_invalid', status: 0, message: 'Not in E.164 form', at: 'number' });
    if (typeof globalThis.crypto?.getRandomValues !== 'function')
      throw new KithError({
        code: 'environment_unsupported',
        status: 0,
        message: 'crypto.getRandomValues is missing',
      });
    this.#options = options;
    this.http = new KithHttp(options);
    this.#compute = createCompute(options);
    this.#store =
      options.store ?? (typeof indexedDB === 'undefined' ? new MemoryStore() : new IndexedDbStore());
  }

  /**
   * Finds people among contacts: those who have this member's number too, and those who let anyone with their number find
   * them. Contacts are numbers in E.164 form, or objects with one, which come back with whom they led to.
   *
   * May be stopped or killed at any point and called again: what is computed is kept, and nothing is paid for twice.
   *
   * @throws KithError, or the signal's reason
   */
  async findPeople<C extends ContactInput>(
    contacts: readonly C[],
    options: FindPeopleOptions = {},
  ): Promise<FoundPeople<C>> {
    const exclusive = this.#store.exclusive?.bind(this.#store) ?? ((work) => work());
    return this.#turns.take(
      () => exclusive(() => this.#find(contacts, options), options.signal),
      options.signal,
    );
  }

  /** Withdraws every contact that was ever sent, meetings included, and forgets everything that is kept here. */
  async forget({ signal }: Pick<FindPeopleOptions, 'signal'> = {}): Promise<void> {
    await this.#turns.take(async () => {
      await this.http.deleteContacts(signal ? { signal } : {});
      const vault = await this.#openVault();
      await vault.sweep('', () => true);
      this.#vault = undefined;
    }, signal);
  }

  /** Ends the threads that did the arithmetic; they end by themselves after half a minute without work. */
  close(): void {
    this.#compute.close();
  }

  async #find<C extends ContactInput>(
    contacts: readonly C[],
    { ways = ['mutual', 'open'], whole = false, ...options }: FindPeopleOptions,
  ): Promise<FoundPeople<C>> {
    const { issuers } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const run = await this.#run(options);
        return await findPeople(run, contacts, { ways, issuers, fresh: attempt > 1, whole });
      } catch (error) {
        const failure = asKithError(error, options.signal);
        const again = failure instanceof KithError && outdated.has(failure.code) && attempt < 3;
        if (!again) throw failure;
      }
    }
  }

  async #run({ signal, onProgress }: Omit<FindPeopleOptions, 'ways' | 'whole'>): Promise<Run> {
    const random: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));
    return {
      http: this.http,
      origin: this.#options.origin,
      calls: privateCalls(this.http, this.#issuerAt, signal ? { signal } : {}),
      vault: await this.#openVault(),
      compute: this.#compute,
      random,
      now: this.#options.now ?? Date.now,
      number: this.#options.number,
      buckets: this.#options.buckets ?? 'together',
      signal,
      report: (phase, done, total) => onProgress?.({ phase, done, total }),
      waiting: new Waiting(),
      lyingIssuers: new Set(),
    };
  }

  /** Not by the member's token, and without waiting long: any few of the issuers suffice. */
  readonly #issuerAt = (origin: string, token: string): KithHttp => {
    const { fetch } = this.#options;
    return new KithHttp({
      origin,
      token,
      timeoutMs: issuerMs,
      retry: { attemptsMax: 1 },
      ...(fetch && { fetch }),
    });
  };

  #openVault(): Promise<Vault> {
    const random: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));
    this.#vault ??= Vault.open(this.#store, this.#options.storeKey, random);
    this.#vault.catch(() => {
      this.#vault = undefined;
    });
    return this.#vault;
  }
}
