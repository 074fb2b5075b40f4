import { startHall } from '@kith/server';
import { keyEncryptionKey } from './start-kith.ts';

/**
 * The hall as a process, for `spawnBareHall`: workers on real time, or `KITH_LAB_NOW` (ms) for a clock that stands
 * still, so that budgets do not refill while they are counted.
 */
const stoppedAt = process.env.KITH_LAB_NOW;
const hall = await startHall({
  databaseUrl: process.env.DATABASE_URL ?? '',
  keyEncryptionKey,
  workers: process.env.KITH_LAB_WORKERS !== 'off',
  ...(stoppedAt !== undefined && { now: () => Number(stoppedAt) }),
});
const serviceKey = process.env.KITH_LAB_SERVICE_KEY && (await hall.createServiceKey('lab'));
process.stdout.write(`${JSON.stringify({ serviceKey, origin: hall.origin })}\n`);
process.once('SIGTERM', async () => {
  await hall.stop();
  process.exit(0);
});
// The parent is gone: whoever was to look after this process cannot any more.
process.once('disconnect', () => process.exit(1));
