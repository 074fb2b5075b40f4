import { Database, upsertRing } from '@kith/server';
import { createClock } from '../harness/clock.ts';
import { startKith, type TestKith, type TestKithOptions } from '../harness/start-kith.ts';
import { buildWebApp, webAppDir } from '../member-app/start-member-app.ts';
import { openSession, type Person, type Role } from './people.ts';
import type { Ring } from './rings.ts';

/** The whole system with its web app, and what is needed to study it. */
export interface AnalystApp {
  kith: TestKith;
  /** An analyst with a password of its own choice; the same one for the same name. */
  person(name: string, role: Role): Promise<Person>;
  /** A call by the owner of the service. */
  owner(method: string, path: string, body?: unknown): Promise<{ status: number; body: never }>;
  /** Stores rings as detection does. */
  putRings(...rings: Ring[]): Promise<void>;
  stop(): Promise<void>;
}

/** Boots the real service and serves the web app, built afresh if its sources have changed. */
export async function startAnalystApp({
  startMs = Date.now(),
  oidc,
}: {
  startMs?: number;
  oidc?: TestKithOptions['oidc'];
} = {}): Promise<AnalystApp> {
  await buildWebApp();
  const kith = await startKith({ clock: createClock(startMs), webAppDir, seed: 1, ...(oidc && { oidc }) });
  const database = new Database({ url: kith.databaseUrl });
  const people = new Map<string, Promise<Person>>();
  const owner = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(kith.origin + path, {
      method,
      headers: { authorization: `Bearer ${kith.serviceKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as never };
  };
  const createPerson = async (name: string, role: Role) => {
    const { body } = await owner('POST', '/v1/analysts', { name, role });
    return openSession(kith.origin, name, (body as { password: string }).password);
  };
  return {
    kith,
    owner,
    person: (name, role) => {
      const known = people.get(name) ?? createPerson(name, role);
      people.set(name, known);
      return known;
    },
    putRings: async (...rings) => {
      for (const ring of rings)
        await database.transaction((tx) => upsertRing(tx, ring, new Date(kith.clock.now())));
    },
    stop: async () => {
      await database.close();
      await kith.stop();
    },
  };
}
