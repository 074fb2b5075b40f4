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
  ...(stoppedAt !== undefined && { now: () => Number(stoppedAt) }),
});
process.stdout.write(`${JSON.stringify({ origin: hall.origin })}\n`);
process.once('SIGTERM', async () => {
  await hall.stop();
  process.exit(0);
});
