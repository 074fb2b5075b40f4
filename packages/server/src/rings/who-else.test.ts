import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chdbInstalled, type EventStore, openEventStore, type SyncEvent } from '@kith/detection';
import type { RingPage, WhoElse } from '@kith/protocol/study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHall, type TestHall } from '../testing.ts';
import { watch } from './rings.ts';

const day = 86_400_000;
const people = 600;
const accounts = 40;

/** An address book, sent by somebody who has been here for a year and meets friends; no two are quite alike. */
const person = (at: number, endMs: number): SyncEvent => ({
  id: `p${at}`,
  member: `person-${at}`,
  at: endMs - ((at * 7919) % 80) * day - at * 61_000,
  memberCreatedAt: endMs - (200 + ((at * 31) % 500)) * day,
  prefix: `10.${at % 250}.${at % 7}.0/24`,
  asn: 100 + (at % 40),
  country: 'US',
  network: 'mobile',
  device: `phone-${at}`,
  client: `App/7.${at % 3}`,
  way: 'plain',
  numbersNew: 20 + ((at * 13) % 90),
  numbersRejected: at % 4,
  slotsMet: 8 + ((at * 7) % 20),
  slotsMetEstablished: 6,
  reveals: at % 3,
  sketch: { numbers: 40, solitary: at % 5, inRuns: 0, prefixes: 12, country: 'US', countryNumbers: 38 },
});

/** One account of a fleet behind four devices and one address block. */
const fake = (at: number, endMs: number): SyncEvent => ({
  ...person(at, endMs),
  id: `f${at}`,
  member: `fake-${at}`,
  at: endMs - (at % 40) * 600_000,
  memberCreatedAt: endMs - 2 * day,
  prefix: '192.0.2.0/24',
  asn: 64_500,
  network: 'hosting',
  device: `rack-${at % 4}`,
  client: 'python-requests/2.22.0',
  numbersNew: 900,
  numbersRejected: 80,
  numbersWaiting: 300,
  slotsMet: 0,
  slotsMetEstablished: 0,
  reveals: 9,
  canaries: 2,
  sketch: {
    numbers: 900,
    solitary: 860,
    inRuns: 300,
    prefixes: 500,
    country: 'US',
    countryNumbers: 900,
  },
});

describe.skipIf(!chdbInstalled())('who else did this (skipped without the optional package chdb)', () => {
  let hall: TestHall;
  let store: EventStore;
  let folder: string;
  let ring: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kith-who-else-'));
    store = await openEventStore({ folder });
    hall = await startTestHall({ events: Promise.resolve(store) });
    const endMs = hall.clock.now - day;
    // Somebody sits behind the address block of the fleet, and does what people do.
    const neighbour = {
      ...person(1, endMs),
      id: 'n',
      member: 'neighbour',
      prefix: '192.0.2.0/24',
      asn: 64_500,
    };
    await store.insert([
      ...Array.from({ length: people }, (_, at) => person(at, endMs)),
      ...Array.from({ length: accounts }, (_, at) => fake(at, endMs)),
      neighbour,
    ]);
    await watch(hall.context, store, { guardrails: { flaggedShareMax: 0.5 } });
    const { rings } = (await hall.host('GET', '/v1/rings')).body as RingPage;
    ring = rings[0]?.id ?? '';
  }, 60_000);
  afterAll(async () => {
    await hall?.stop();
    await store?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const search = async () => (await hall.host('POST', `/v1/rings/${ring}/who-else`)).body as WhoElse;

  it('is nobody where nobody did, with who came nearest; it is kept, and on record', async () => {
    expect((await hall.host('GET', `/v1/rings/${ring}/who-else`)).status).toBe(204);
    const answer = await search();
    expect(answer).toMatchObject({ nobody: true, found: [], events: people + accounts + 1 });
    const [nearest] = answer.near;
    expect(nearest?.member).toBe('neighbour');
    expect(nearest?.why.length).toBeGreaterThan(0);
    expect((await hall.host('GET', `/v1/rings/${ring}/who-else`)).body).toEqual(answer);
    const entries = (await hall.host('GET', `/v1/ledger?kind=enforcement&ring=${ring}`)).body.entries;
    expect(entries[0].body).toMatchObject({ what: 'who-else', found: 0 });
  });

  it('is whoever did, once somebody has', async () => {
    const endMs = hall.clock.now - day;
    const late = { ...fake(1, endMs), id: 'late', member: 'late' };
    await store.insert([late]);
    const answer = await search();
    expect(answer.nobody).toBe(false);
    expect(answer.found.map(({ member }) => member)).toEqual(['late']);
  });
});
