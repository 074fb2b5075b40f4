import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { chmod, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KithError } from '@kith/client';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@kith/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKith, type TestKith } from '../harness/start-kith.ts';
import { numberingPlan } from '../population/numbering-plan.ts';

const diskMb = 160;
const mayMount = canMount();
const plan = numberingPlan('GB');
const numbersFrom = (first: number) => Array.from({ length: 500 }, (_, n) => plan.numberAt(first + n));

describe.skipIf(!mayMount)('a disk that fills up (needs the right to mount a small disk)', () => {
  let disk: string;
  let postgres: EmbeddedPostgres;
  let kith: TestKith;
  let acknowledged = 0;
  beforeAll(async () => {
    disk = await mkdtemp(join(tmpdir(), 'kith-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m`, 'tmpfs', disk]);
    await chmod(disk, 0o755);
    postgres = await startEmbeddedPostgres({
      dataDir: join(disk, 'data'),
      // Durable: a full disk ends the database, and what it acknowledged must have been written before.
      settings: { max_wal_size: '32MB', min_wal_size: '32MB' },
    });
    kith = await startKith({ databaseUrl: postgres.url });
    await kith.host.putMember('ann', {
      card: { name: 'Ann', handle: 'ann' },
      phone: plan.numberAt(9_999_999),
    });
  });
  afterAll(async () => {
    await kith.stop();
    await postgres.stop();
    execFileSync('umount', [disk]);
    await rm(disk, { recursive: true, force: true });
  });

  it('is answered with 503 and a retry time, never with half a sync', async () => {
    const error = await fillUp();
    expect(error).toBeInstanceOf(KithError);
    expect(error).toMatchObject({ status: 503, code: 'database_unavailable' });
  });

  it('is used again once there is room, and every acknowledged number is there, charged once', async () => {
    await rm(join(disk, 'filler'));
    await eventually(() => kith.as('ann').me());
    for (let batch = 0; batch < acknowledged; batch += 1) {
      expect(await kith.as('ann').patchContacts({ add: numbersFrom(batch * 500) })).toMatchObject({ new: 0 });
    }
    const { slots } = await kith.as('ann').budget();
    expect(slots.capacity - slots.left).toBe(acknowledged * 500);
  });

  /** Syncs until the disk has no room, with the rest of it taken by a file. */
  async function fillUp(): Promise<unknown> {
    const { bavail, bsize } = await statfs(disk);
    await writeFile(join(disk, 'filler'), Buffer.alloc(bavail * bsize - 2 * 1024 * 1024));
    for (; acknowledged < 30; acknowledged += 1) {
      try {
        await kith.as('ann').patchContacts({ add: numbersFrom(acknowledged * 500) });
      } catch (error) {
        return error;
      }
    }
    return undefined;
  }
});

async function eventually<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 60) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** Mounting takes the right to do so: root on most machines, nobody in many containers. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'kith-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
