import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KithError } from '@kith/client';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@kith/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKith, type TestKith } from '../harness/start-kith.ts';

const numbers = ['+447946000001', '+447946000002'];

describe('a database that goes away and comes back', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let kith: TestKith;
  const startPostgres = () => startEmbeddedPostgres({ dataDir: folder, durable: false });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kith-gone-'));
    postgres = await startPostgres();
    kith = await startKith({ databaseUrl: postgres.url, workers: true });
    await kith.host.putMember('ann', { card: { name: 'Ann', handle: 'ann' } });
    await kith.as('ann').putContacts({ numbers: numbers.slice(0, 1) });
  });
  afterAll(async () => {
    await kith.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is answered with 503 and a retry time while it is gone, by every call that needs it', async () => {
    const ann = kith.as('ann');
    await ann.me();
    await postgres.stop();
    for (const call of [() => ann.putContacts({ numbers }), () => ann.allPeople(), () => ann.budget()]) {
      const error = await call().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(KithError);
      expect(error).toMatchObject({ status: 503, code: 'database_unavailable' });
      expect((error as KithError).retryAfterSecs).toBeGreaterThan(0);
    }
  });

  it('leaves the process alive and says that it is not ready', async () => {
    const statusOf = async (path: string) => (await fetch(kith.origin + path)).status;
    expect(await statusOf('/healthz')).toBe(200);
    expect(await statusOf('/readyz')).toBe(503);
  });

  it('is used again as soon as it is back, without a restart, and has lost nothing', async () => {
    postgres = await startPostgres();
    const answer = await kith.as('ann').putContacts({ numbers });
    expect(answer).toMatchObject({ accepted: 2, new: 1 });
    const { lookups } = await kith.as('ann').budget();
    expect(lookups.left).toBe(lookups.capacity - 2);
    expect((await fetch(`${kith.origin}/readyz`)).status).toBe(200);
  });
});
