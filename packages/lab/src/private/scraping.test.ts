import { Bucket, findHint } from '@kith/protocol/crypto';
import { Database } from '@kith/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, dayMs } from '../harness/clock.ts';
import { midEpochMs, type PrivateWorld, startPrivateWorld } from './private-world.ts';

/** Open members, in buckets of about 256: enough for two bits of prefix. */
const openMembers = 1_200;

let world: PrivateWorld;
beforeAll(async () => {
  world = await startPrivateWorld({ clock: createClock(midEpochMs) });
  await world.kith.host.importMembers(members());
  await world.kith.work();
}, 60_000);
afterAll(() => world?.stop());

function* members() {
  for (let at = 0; at < openMembers; at += 1)
    yield {
      id: `open-${at}`,
      phone: world.newNumber(),
      discoverable: 'anyone' as const,
      card: { name: `Open ${at}`, handle: `open${at}` },
    };
}

interface Scraped {
  day: number;
  buckets: Bucket[];
  bytes: number;
}

/** Everything that anyone can fetch in a day, without a token. */
async function scrape(): Promise<Scraped> {
  const parameters = await fetch(`${world.kith.origin}/v1/parameters`);
  const { buckets } = (await parameters.json()) as { buckets: { day: number; prefixBits: number } };
  const messages: Uint8Array[] = [];
  for (let prefix = 0; prefix < 2 ** buckets.prefixBits; prefix += 1) {
    const response = await fetch(`${world.kith.origin}/v1/buckets/${prefix}?day=${buckets.day}&part=whole`);
    messages.push(new Uint8Array(await response.arrayBuffer()));
  }
  return {
    day: buckets.day,
    buckets: messages.map((message) => Bucket.deserialize(message)),
    bytes: messages.reduce((sum, message) => sum + message.length, 0),
  };
}

const entries = ({ buckets }: Scraped) => buckets.reduce((sum, { hints }) => sum + hints.length / 4, 0);

describe('scraping all buckets', () => {
  it('yields how many open members there are, to within a quarter, and no more', async () => {
    const scraped = await scrape();
    expect(scraped.buckets).toHaveLength(4);
    // Padded up to multiples of 64: 1,200 look like something between that and 1,200 + 4 * 63.
    expect(entries(scraped)).toBeGreaterThanOrEqual(openMembers);
    expect(entries(scraped)).toBeLessThan(openMembers * 1.25);
    for (const { hints } of scraped.buckets) expect((hints.length / 4) % 64).toBe(0);
  });

  it('of two days gives entries that cannot be told to be of one member', async () => {
    const first = await scrape();
    await world.kith.elapse(dayMs);
    const second = await scrape();
    expect(second.day).toBe(first.day + 1);
    const seals = new Set(first.buckets.flatMap(sealsOf));
    expect(second.buckets.flatMap(sealsOf).filter((seal) => seals.has(seal))).toEqual([]);
    const again = first.buckets.flatMap(({ hints }, at) => repeated(hints, second.buckets[at]!.hints));
    // By chance a hint of 32 bits comes again once in a thousand such days.
    expect(again.length).toBeLessThan(3);
  });

  it('of one day gives the same bytes to everyone, at any hour: nobody is served a bucket of its own', async () => {
    const morning = await scrape();
    await world.join('late', { discoverable: 'anyone' });
    await world.kith.elapse(dayMs / 3);
    const evening = await scrape();
    expect(evening.buckets.map((bucket) => bucket.serialize())).toEqual(
      morning.buckets.map((bucket) => bucket.serialize()),
    );
  });

  it('and having the database too does not open a ticket without the service’s key', async () => {
    const database = new Database({ url: world.kith.databaseUrl });
    const [row] = await database.query<{ handle: Buffer; secret: Buffer }>(
      'select handle, secret from open_entries limit 1',
    );
    await database.close();
    // Sealing secrets lie beside the entries: the thief reads tickets, and can redeem them only as a member.
    expect(row!.secret).toHaveLength(32);
    const { status, code } = await world.send('open-0', 'POST', '/v1/me/reveals', forged(row!.handle));
    expect({ status, code }).toEqual({ status: 400, code: 'ticket_invalid' });
  });
});

const sealsOf = (bucket: Bucket): string[] =>
  Array.from({ length: bucket.hints.length / 4 }, (_, at) =>
    Buffer.from(bucket.sealedTicketAt(at)).toString('hex'),
  );

function repeated(before: Uint8Array, after: Uint8Array): number[] {
  const hints = Array.from({ length: before.length / 4 }, (_, at) => before.subarray(at * 4, at * 4 + 4));
  return hints.flatMap((hint) => findHint(after, hint));
}

/** A ticket as it would look to whoever knows the handle but not the key. */
function forged(handle: Buffer): Uint8Array {
  const day = Buffer.alloc(4);
  day.writeUInt32BE(Math.floor(world.kith.clock.now() / dayMs));
  return Buffer.concat([Buffer.from([1, 8, 0, 1]), day, Buffer.alloc(16, 7), handle]);
}

describe('lookups of generated numbers', () => {
  it('end with the budget, and reveal no more than the reveals budget however many there are', async () => {
    const scraper = await world.join('scraper');
    // The very numbers of all 1,200, bar 100: nearly every guess is right.
    const guesses = Array.from({ length: 1_100 }, (_, at) => `+49151${23_000_000 + 7_919 * at}`);
    const { waiting } = await scraper.finds(guesses, { ways: ['open'] });
    expect(waiting).toBe(100);
    await world.kith.elapse(1_200_000, 600_000);
    expect(await world.kith.as('scraper').allPeople()).toEqual([]);
    await world.kith.elapse(2 * dayMs, dayMs / 4);
    expect(await world.kith.as('scraper').allPeople()).toHaveLength(50);
    await world.kith.elapse(dayMs, dayMs / 4);
    expect((await world.kith.as('scraper').allPeople()).length).toBeLessThanOrEqual(71);
  });
});
