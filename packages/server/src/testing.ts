import type { BudgetReport, Member, MemberInput, People, SyncAnswer } from '@kith/protocol';
import { defaultPolicy, type Policy } from './budgets/policy.ts';
import { type Hall, type HallOptions, startHall } from './hall.ts';
import { createTestDatabase, type TestDatabase } from './postgres/embedded/testing.ts';

/** A hall of one's own on the run's shared cluster, on a clock that stands still until it is told. */
export interface TestHall extends Hall {
  database: TestDatabase;
  clock: { now: number; advance(ms: number): void };
  /** Sends JSON as the host; the parsed answer, whatever its status. */
  host(method: string, path: string, body?: unknown): Promise<Answer>;
  /** The same as a member. */
  as(
    memberId: string,
  ): (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  member(id: string, input?: Partial<MemberInput>): Promise<Member>;
  syncs(id: string, numbers: readonly string[]): Promise<SyncAnswer>;
  sees(id: string): Promise<Record<string, 'mutual' | 'number'>>;
  budget(id: string): Promise<BudgetReport>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  body: any;
}

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** The middle of an epoch, so that no test meets its end by accident. */
const start = Math.ceil(Date.UTC(2026, 0, 1) / (90 * dayMs)) * 90 * dayMs + 20 * dayMs;

export async function startTestHall(options: Partial<HallOptions> = {}): Promise<TestHall> {
  const database = await createTestDatabase({ withTables: true });
  const clock = {
    now: start,
    advance(ms: number) {
      clock.now += ms;
    },
  };
  const hall = await startHall({
    databaseUrl: database.url,
    keyEncryptionKey: Buffer.alloc(32, 7),
    now: () => clock.now,
    workers: false,
    privateWebhooks: true,
    tokenTtlSecs: 400 * 86_400,
    ...options,
  });
  const serviceKey = await hall.createServiceKey('test');
  const call = caller(hall.origin);
  const as =
    (memberId: string) =>
    async (method: string, path: string, body?: unknown, headers = {}) => {
      const { token } = await hall.tokens.issue(memberId);
      return call(token, method, path, body, headers);
    };
  const host = (method: string, path: string, body?: unknown) => call(serviceKey, method, path, body);
  return {
    ...hall,
    database,
    clock,
    host,
    as,
    member: async (id, input = {}) => {
      const card = { name: `Name of ${id}`, handle: `handle-${id}` };
      const body = { card, createdAt: new Date(clock.now - 400 * dayMs).toISOString(), ...input };
      return (await host('PUT', `/v1/members/${encodeURIComponent(id)}`, body)).body;
    },
    syncs: async (id, numbers) => (await as(id)('PUT', '/v1/me/contacts', { numbers })).body,
    sees: async (id) => {
      const { people } = (await as(id)('GET', '/v1/me/people?limit=1000')).body as People;
      return Object.fromEntries(people.map((person) => [person.id, person.how]));
    },
    budget: async (id) => (await as(id)('GET', '/v1/me/budget')).body,
    stop: async () => {
      await hall.stop();
      await database.drop();
    },
  };
}

function caller(origin: string) {
  return async (
    token: string,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await fetch(origin + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: json && text ? JSON.parse(text) : text,
    };
  };
}

/** Valid numbers that are reserved for fiction: +1 2xx 555 01xx. */
export function number(index: number): string {
  const areas = [
    201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229,
    231,
  ];
  return `+1${areas[Math.floor(index / 100)]}55501${String(index % 100).padStart(2, '0')}`;
}

export const numbers = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => number(from + index));

/** The default policy with smaller budgets, so that tests reach their ends. */
export function policyWith(change: (policy: Policy) => void): Policy {
  const policy = structuredClone(defaultPolicy);
  change(policy);
  return policy;
}
