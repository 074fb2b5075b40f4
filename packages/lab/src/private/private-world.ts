import { type FindPeopleOptions, type FoundPeople, Kith, type KithOptions, MemoryStore } from '@kith/client';
import type { Discoverable } from '@kith/protocol';
import { dayMs } from '../harness/clock.ts';
import { startKith, type TestKith, type TestKithOptions } from '../harness/start-kith.ts';

/** A member of the private way, with its own device. */
export interface PrivateMember {
  readonly id: string;
  readonly number: string;
  readonly store: NonNullable<KithOptions['store']>;
  /** A client on the member's device; each has what the ones before it have stored. */
  device(options?: Partial<KithOptions>): Kith;
  finds(contacts: readonly string[], options?: FindPeopleOptions): Promise<FoundPeople<string>>;
}

export interface JoinOptions {
  discoverable?: Discoverable;
  /** Days since the account was made; default 400. */
  ageDays?: number;
  card?: { name: string; handle: string; avatarUrl?: string };
}

/** The real service, and members who use the real client against it. */
export interface PrivateWorld {
  readonly kith: TestKith;
  join(id: string, options?: JoinOptions): Promise<PrivateMember>;
  /** A member's raw call, as an attacker would make it. */
  send(id: string, method: string, path: string, body?: Uint8Array): Promise<Answer>;
  /** A number that nobody has yet. */
  newNumber(): string;
  stop(): Promise<void>;
}

export interface Answer {
  status: number;
  bytes: Uint8Array;
  /** Of a problem. */
  code?: string;
}

/** The middle of an epoch of 90 days, so that only one is written. */
export const midEpochMs: number = 227 * 90 * dayMs + 20 * dayMs;

export async function startPrivateWorld(options: TestKithOptions = {}): Promise<PrivateWorld> {
  const kith = await startKith(options);
  kith.clock.advance(midEpochMs - kith.clock.now());
  let numbers = 0;
  // Valid mobile numbers of one range in Germany.
  const newNumber = () => `+49151${String(23_000_000 + 7_919 * numbers++)}`;
  return {
    kith,
    newNumber,
    join: async (id, { discoverable = 'mutual', ageDays = 400, card } = {}) => {
      const number = newNumber();
      await kith.host.putMember(id, {
        phone: number,
        discoverable,
        card: card ?? { name: `Name of ${id}`, handle: id },
        createdAt: new Date(kith.clock.now() - ageDays * dayMs).toISOString(),
      });
      return memberOf(kith, id, number);
    },
    send: async (id, method, path, body) => {
      const response = await fetch(kith.origin + path, {
        method,
        headers: {
          authorization: `Bearer ${await kith.host.memberToken(id)}`,
          ...(body && { 'content-type': 'application/octet-stream' }),
        },
        ...(body && { body: body as Uint8Array<ArrayBuffer> }),
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const json = response.headers.get('content-type')?.includes('json');
      const code = json ? (JSON.parse(new TextDecoder().decode(bytes)) as { code?: string }).code : undefined;
      return { status: response.status, bytes, ...(code !== undefined && { code }) };
    },
    stop: () => kith.stop(),
  };
}

function memberOf(kith: TestKith, id: string, number: string): PrivateMember {
  const store = new MemoryStore();
  const device = (options: Partial<KithOptions> = {}) =>
    new Kith({
      origin: kith.origin,
      token: () => kith.host.memberToken(id),
      number,
      store,
      threads: 0,
      now: kith.clock.now,
      retry: { attemptsMax: 1 },
      ...options,
    });
  return { id, number, store, device, finds: (contacts, options) => device().findPeople(contacts, options) };
}

/** Ids of people and how they were found, for short expectations. */
export function shown({ people }: FoundPeople): Record<string, string> {
  return Object.fromEntries(people.map(({ id, how }) => [id, how]));
}
