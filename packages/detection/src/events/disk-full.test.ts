import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chdbReason, syncEvent, withChdb } from '../testing/events.ts';
import { type EventStore, openEventStore } from './store.ts';

const mayMount = withChdb && canMount();

describe.skipIf(!mayMount)(
  `an event store whose disk fills up (needs the right to mount a small disk)${chdbReason}`,
  () => {
    let disk: string;
    let store: EventStore;
    beforeAll(async () => {
      disk = await mkdtemp(join(tmpdir(), 'kith-full-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', disk]);
      store = await openEventStore({ folder: join(disk, 'events') });
    });
    afterAll(async () => {
      await store?.close();
      execFileSync('umount', [disk]);
      await rm(disk, { recursive: true, force: true });
    });

    const batch = (from: number) =>
      Array.from({ length: 500 }, (_, i) =>
        syncEvent({ member: `m${from + i}`, device: `phone ${from + i}` }),
      );

    it('fails with a code, stays up, and holds every event once when there is room again', async () => {
      const before = batch(0);
      await store.insert(before);
      const { bavail, bsize } = await statfs(disk);
      const filler = join(disk, 'filler');
      await writeFile(filler, Buffer.alloc(Math.max(bavail * bsize, bsize)));
      const during = batch(1_000);
      await expect(store.insert(during)).rejects.toMatchObject({
        code: expect.stringMatching(/^event_store_(query_failed|unavailable)$/),
      });
      await rm(filler);
      // A feed gives again what it could not deliver, and some of what it had delivered.
      await store.insert([...before.slice(250), ...during]);
      expect(await store.count()).toBe(1_000);
    });
  },
);

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
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
