import type {
  BudgetReport,
  ContactsPatch,
  ContactsPut,
  Discoverable,
  Exposure,
  Me,
  People,
  Person,
  SyncAnswer,
} from '@kith/protocol';
import { type Exchange, exchange } from './exchange.ts';
import { KithError } from './kith-error.ts';
import { pauseBefore, type RetryPolicy, retryPolicyDefault, wait } from './retry.ts';

export interface KithHttpOptions {
  /** Where the service is, such as `https://kith.example`; in a page that it serves itself, `''`. */
  origin: string;
  /** A member token, or a function that fetches one; the function is asked again once when the token was refused. */
  token: string | (() => Promise<string>);
  /** Stands in for `globalThis.fetch`. */
  fetch?: typeof fetch;
  /** A random id that the app keeps for this device (`newDeviceId()`), sent as `Kith-Device`. */
  deviceId?: string;
  /** For one try; default 30,000. */
  timeoutMs?: number;
  retry?: Partial<RetryPolicy>;
  /** Jitter, 0 to 1; default `Math.random`. */
  random?: () => number;
}

export interface CallOptions {
  signal?: AbortSignal;
}

type Method = Exchange['method'];

type PeopleOptions = CallOptions & { after?: string | undefined; limit?: number | undefined };

/** A call of the interface that has no verb of its own here. */
export interface HttpCall
  extends CallOptions,
    Partial<Pick<Exchange, 'body' | 'answer' | 'cache' | 'headers'>> {
  method: Method;
  /** Begins with `/v1/`. */
  path: string;
  /** Sends neither token nor device id, for calls whose answers are everyone's. */
  anonymous?: boolean;
}

/**
 * The member's calls of Kith's HTTP interface, typed.
 *
 * Every call may be aborted by `signal` (which rejects with the signal's reason) and otherwise rejects with `KithError`
 * alone. Answers 429 and 503, and lost connections, are repeated with backoff, honouring `Retry-After`: all of these calls
 * may be repeated without harm.
 */
export class KithHttp {
  readonly #options: KithHttpOptions;
  readonly #retry: RetryPolicy;
  #token: Promise<string> | undefined;

  constructor(options: KithHttpOptions) {
    this.#options = { ...options, origin: options.origin.replace(/\/+$/, '') };
    this.#retry = { ...retryPolicyDefault, ...options.retry };
  }

  /** My own card and setting. */
  me(options?: CallOptions): Promise<Me> {
    return this.#call<Me>('GET', '/v1/me', undefined, options);
  }

  /** Changes who may find me; gives me as I am then. */
  setDiscoverable(discoverable: Discoverable, options?: CallOptions): Promise<Me> {
    return this.#call<Me>('PATCH', '/v1/me', { discoverable }, options);
  }

  /** Sends the whole address book, in the plain way: numbers that are not in it are forgotten. At most 50,000 numbers. */
  putContacts(book: ContactsPut, options?: CallOptions): Promise<SyncAnswer> {
    return this.#call<SyncAnswer>('PUT', '/v1/me/contacts', book, options);
  }

  /** Adds to and removes from the address book, in the plain way. At most 50,000 numbers. */
  patchContacts(change: ContactsPatch, options?: CallOptions): Promise<SyncAnswer> {
    return this.#call<SyncAnswer>('PATCH', '/v1/me/contacts', change, options);
  }

  /** Forgets the whole address book, meetings and waiting look-ups included. */
  async deleteContacts(options?: CallOptions): Promise<void> {
    await this.#call('DELETE', '/v1/me/contacts', undefined, options);
  }

  /** One page of the people found; `next` of one page is `after` of the following. `limit` is 1 to 1,000, default 200. */
  people({ after, limit, ...options }: PeopleOptions = {}): Promise<People> {
    const query = Object.entries({ after, limit })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${encodeURIComponent(value as string | number)}`);
    const path = `/v1/me/people${query.length > 0 ? '?' : ''}${query.join('&')}`;
    return this.#call<People>('GET', path, undefined, options);
  }

  /** Everyone found, page after page. */
  async allPeople(options?: CallOptions & { limit?: number }): Promise<Person[]> {
    const found: Person[] = [];
    let after: string | undefined;
    do {
      const page = await this.people({ ...options, after });
      found.push(...page.people);
      after = page.next;
    } while (after !== undefined);
    return found;
  }

  /** How often, when and to how many accounts my card was revealed. */
  exposure(options?: CallOptions): Promise<Exposure> {
    return this.#call<Exposure>('GET', '/v1/me/exposure', undefined, options);
  }

  /** What I may still look up, and when there will be more. */
  budget(options?: CallOptions): Promise<BudgetReport> {
    return this.#call<BudgetReport>('GET', '/v1/me/budget', undefined, options);
  }

  #call<Answer>(method: Method, path: string, body: unknown, options: CallOptions = {}): Promise<Answer> {
    return this.request<Answer>({ ...options, method, path, body });
  }

  /** Any call, with the same token, retries and errors as the verbs above. */
  async request<Answer>(call: HttpCall): Promise<Answer> {
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return (await this.#send(call)) as Answer;
      } catch (error) {
        if (!renewed && this.#renew(error)) {
          renewed = true;
          continue;
        }
        const pauseMs = pauseBefore(error, attempt, this.#retry, this.#options.random ?? Math.random);
        if (pauseMs === undefined) throw error;
        await wait(pauseMs, call.signal);
      }
    }
  }

  async #send({ path, anonymous, ...call }: HttpCall): Promise<unknown> {
    const { origin, timeoutMs = 30_000, fetch: send = globalThis.fetch } = this.#options;
    if (call.signal?.aborted) throw call.signal.reason;
    const accept = call.answer === 'bytes' ? 'application/octet-stream' : 'application/json';
    const headers: Record<string, string> = {
      accept: `${accept}, application/problem+json`,
      ...call.headers,
    };
    if (!anonymous) await this.#identify(headers);
    return exchange(send, { ...call, url: origin + path, headers, timeoutMs });
  }

  async #identify(headers: Record<string, string>): Promise<void> {
    headers.authorization = `Bearer ${await this.#currentToken()}`;
    if (this.#options.deviceId) headers['kith-device'] = this.#options.deviceId;
  }

  async #currentToken(): Promise<string> {
    const { token } = this.#options;
    if (typeof token === 'string') return token;
    // The promise is kept, not its value, so that calls made at the same time fetch one token.
    this.#token ??= token();
    try {
      return await this.#token;
    } catch (error) {
      this.#token = undefined;
      throw error;
    }
  }

  /** Whether a refused token was dropped, so that the next try asks the app for another. */
  #renew(error: unknown): boolean {
    const refused = error instanceof KithError && error.status === 401;
    if (!refused || typeof this.#options.token === 'string') return false;
    this.#token = undefined;
    return true;
  }
}
