import { Bucket, deriveDayKeys, findHint, openTicket } from '@kith/protocol/crypto';
import { Database } from '@kith/server';
import { dayMs } from '../harness/clock.ts';
import type { PrivateWorld } from './private-world.ts';

/** The ticket of an open member for today, as one learns it who has looked its number up; 36 bytes. */
export async function ticketOf(world: PrivateWorld, openId: string): Promise<Uint8Array> {
  const today = Math.floor(world.kith.clock.now() / dayMs);
  const { hint, sealingKey } = deriveDayKeys(await secretOf(world, openId), today);
  const { bytes } = await world.send(openId, 'GET', `/v1/buckets/0?day=${today}&part=whole`);
  const bucket = Bucket.deserialize(bytes);
  const [at] = findHint(bucket.hints, hint);
  return openTicket(sealingKey, bucket.sealedTicketAt(at!)).slice();
}

async function secretOf({ kith }: PrivateWorld, id: string): Promise<Buffer> {
  const database = new Database({ url: kith.databaseUrl });
  try {
    const [row] = await database.query<{ secret: Buffer }>(
      'select secret from open_entries where member_id = $1',
      [id],
    );
    return row!.secret;
  } finally {
    await database.close();
  }
}
