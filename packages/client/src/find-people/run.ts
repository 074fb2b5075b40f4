import type { RandomBytes } from '@kith/protocol/crypto';
import type { Compute } from '../compute/compute.ts';
import type { KithHttp } from '../http/kith-http.ts';
import type { BucketRequests } from '../open/bucket-source.ts';
import type { PrivateCalls } from '../private-calls.ts';
import type { Vault } from '../store/vault.ts';
import type { KnownContact } from './contacts.ts';
import type { Phase } from './progress.ts';

/** What one call of `findPeople` works with; handed down to every step. */
export interface Run {
  http: KithHttp;
  /** Of the service: what is known of one says nothing about another. */
  origin: string;
  calls: PrivateCalls;
  vault: Vault;
  compute: Compute;
  random: RandomBytes;
  /** Milliseconds since 1970. */
  now: () => number;
  /** E.164; null for a member without a number. */
  number: string | null;
  /** How buckets are asked for. */
  buckets: BucketRequests;
  signal: AbortSignal | undefined;
  report: (phase: Phase, done: number, total: number) => void;
  waiting: Waiting;
  /** Issuers that gave keys which do not hold, by their index from 1. */
  lyingIssuers: Set<number>;
}

/** A run of a member that has a number. */
export type RunWithNumber = Run & { number: string };

/** Contacts that a budget keeps waiting, and when it is worth trying again. */
export class Waiting {
  readonly #marks = new Set<string>();
  #untilMs = Number.POSITIVE_INFINITY;

  add(contacts: readonly KnownContact[], retryAtMs: number): void {
    for (const { mark } of contacts) this.#marks.add(String.fromCharCode(...mark));
    if (contacts.length > 0) this.#untilMs = Math.min(this.#untilMs, retryAtMs);
  }

  get count(): number {
    return this.#marks.size;
  }

  /** Milliseconds since 1970; undefined where nothing waits. */
  get untilMs(): number | undefined {
    return this.#marks.size === 0 ? undefined : this.#untilMs;
  }
}

/** Throws the reason of a signal that has aborted. */
export function stopIfAborted({ signal }: Pick<Run, 'signal'>): void {
  if (signal?.aborted) throw signal.reason;
}
