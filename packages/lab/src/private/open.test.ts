import {
  Bucket,
  type BucketPart,
  BucketPartsAnswer,
  BucketPartsRequest,
  restOfHints,
  shortenHints,
  toHex,
} from '@kith/protocol/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, minuteMs } from '../harness/clock.ts';
import { type PrivateWorld, shown, startPrivateWorld } from './private-world.ts';

let world: PrivateWorld;
beforeAll(async () => {
  world = await startPrivateWorld();
});
afterAll(() => world?.stop());

/** Long enough for a batch of reveals to begin and to be worked off. */
const nextBatch = () => world.kith.elapse(20 * minuteMs, 10 * minuteMs);
/** Buckets are fixed for a day once asked for: whoever joins is in those of the next. */
const nextDay = () => world.kith.elapse(dayMs);

/** A fetch that remembers what was asked, without numbers of buckets. */
function recording() {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = (url, init) => {
    asked.push(new URL(String(url)).pathname.replace(/\d+$/, ''));
    return globalThis.fetch(url, init);
  };
  return { asked, fetch };
}

describe('a member whom anyone may find', () => {
  it('appears in the next batch, without saying which number led there', async () => {
    const opal = await world.join('opal', { discoverable: 'anyone' });
    const pia = await world.join('pia');
    await nextDay();
    expect(shown(await pia.finds([world.newNumber(), opal.number]))).toEqual({});
    await nextBatch();
    const { people } = await pia.finds([opal.number]);
    expect(people).toMatchObject([{ id: 'opal', how: 'number', contacts: [] }]);
  });

  it('is found by a member who has no number', async () => {
    const quin = await world.join('quin', { discoverable: 'anyone' });
    const { kith } = world;
    await kith.host.putMember('ray', { card: { name: 'Ray', handle: 'ray' } });
    await nextDay();
    const ray = quin.device({ number: null, token: () => kith.host.memberToken('ray') });
    await ray.findPeople([quin.number]);
    await nextBatch();
    expect(shown(await ray.findPeople([quin.number]))).toEqual({ quin: 'number' });
  });

  it('is not shown any more once the choice is another', async () => {
    const rosa = await world.join('rosa', { discoverable: 'anyone' });
    const sam = await world.join('sam');
    await nextDay();
    await sam.finds([rosa.number]);
    await world.kith.as('rosa').setDiscoverable('mutual');
    await nextBatch();
    expect(shown(await sam.finds([rosa.number]))).toEqual({});
  });
});

describe('a second run', () => {
  it('asks for and pays for the new contact alone', async () => {
    const tom = await world.join('tom');
    const book = Array.from({ length: 20 }, world.newNumber);
    await tom.finds(book);
    const { slots, lookups } = await world.kith.as('tom').budget();
    const { asked, fetch } = recording();
    await tom.device({ fetch }).findPeople([...book, world.newNumber()]);
    const after = await world.kith.as('tom').budget();
    expect([slots.left - after.slots.left, lookups.left - after.lookups.left]).toEqual([1, 1]);
    expect(asked.sort()).toEqual([
      '/v1/buckets',
      '/v1/me',
      '/v1/me/oprf',
      '/v1/me/people',
      '/v1/me/slots',
      '/v1/parameters',
    ]);
  });

  it('looks in the buckets of a new day without paying for lookups again', async () => {
    const uma = await world.join('uma');
    const vera = await world.join('vera');
    await uma.finds([vera.number]);
    await world.kith.as('vera').setDiscoverable('anyone');
    await nextDay();
    const { asked, fetch } = recording();
    await uma.device({ fetch }).findPeople([vera.number], { ways: ['open'] });
    // Three times: short hints, the rest of the hints where they say "maybe", and the ticket of the one.
    expect(asked).toEqual([
      '/v1/parameters',
      '/v1/buckets',
      '/v1/buckets',
      '/v1/buckets',
      '/v1/me/reveals',
      '/v1/me/people',
    ]);
    await nextBatch();
    expect(shown(await uma.finds([vera.number]))).toEqual({ vera: 'number' });
  });
});

describe('a cache that still has the parameters of yesterday', () => {
  it('is passed by as soon as the service has refused them', async () => {
    const [wim, xara] = [await world.join('wim'), await world.join('xara', { discoverable: 'anyone' })];
    const yesterday = await (await fetch(`${world.kith.origin}/v1/parameters`)).text();
    await nextDay();
    const modes: unknown[] = [];
    const stale: typeof globalThis.fetch = async (url, init) => {
      if (!String(url).includes('/v1/parameters')) return globalThis.fetch(url, init);
      modes.push(init?.cache);
      return init?.cache === 'reload' ? globalThis.fetch(url, init) : new Response(yesterday);
    };
    await wim.device({ fetch: stale }).findPeople([xara.number], { ways: ['open'] });
    expect(modes).toEqual(['default', 'reload']);
    await nextBatch();
    expect(shown(await wim.finds([xara.number]))).toEqual({ xara: 'number' });
  });
});

describe('a contact that has been met', () => {
  it('costs no lookup', async () => {
    const [will, xena] = [await world.join('will'), await world.join('xena', { discoverable: 'anyone' })];
    await xena.finds([will.number]);
    const before = (await world.kith.as('will').budget()).lookups.left;
    await will.finds([xena.number]);
    // Meeting an established member adds to what may be looked up.
    expect((await world.kith.as('will').budget()).lookups.left).toBeGreaterThanOrEqual(before);
  });
});

describe('buckets by addresses of their own', () => {
  const buckets = 'cacheable';

  it('lead to the same people, and every request is one that a cache may answer', async () => {
    const [abe, bea] = [await world.join('abe', { discoverable: 'anyone' }), await world.join('bea')];
    await nextDay();
    const { asked, fetch } = recording();
    await bea.device({ fetch, buckets }).findPeople([abe.number, world.newNumber()], { ways: ['open'] });
    expect(asked.filter((path) => path.startsWith('/v1/buckets'))).toEqual(['/v1/buckets/', '/v1/buckets/']);
    await nextBatch();
    expect(shown(await bea.finds([abe.number]))).toEqual({ abe: 'number' });
  });

  it('do no harm where a cache knows no ranges: the whole bucket comes, and the ticket is in it', async () => {
    const [yves, zoe] = [await world.join('yves', { discoverable: 'anyone' }), await world.join('zoe')];
    await nextDay();
    const lengths: number[] = [];
    const fetch: typeof globalThis.fetch = async (url, init) => {
      const headers = new Headers(init?.headers);
      headers.delete('range');
      const response = await globalThis.fetch(url, { ...init, headers });
      if (String(url).includes('part=whole')) lengths.push((await response.clone().arrayBuffer()).byteLength);
      return response;
    };
    await zoe.device({ fetch, buckets }).findPeople([yves.number], { ways: ['open'] });
    expect(lengths).toEqual([15 + 64 * 68]);
    await nextBatch();
    expect(shown(await zoe.finds([yves.number]))).toEqual({ yves: 'number' });
  });
});

describe('parts of buckets, many in one answer', () => {
  const day = () => Math.floor(world.kith.clock.now() / dayMs);
  const ask = async (parts: readonly BucketPart[], header = { keyVersion: 1, day: day(), prefixBits: 0 }) => {
    const body = new BucketPartsRequest(header, parts).serialize() as Uint8Array<ArrayBuffer>;
    const headers = { 'content-type': 'application/octet-stream' };
    return fetch(`${world.kith.origin}/v1/buckets`, { method: 'POST', headers, body });
  };

  it('are those of the bucket that everyone gets', async () => {
    const whole = new Uint8Array(await (await fetch(`${world.kith.origin}/v1/buckets/0`)).arrayBuffer());
    const bucket = Bucket.deserialize(whole);
    const response = await ask([0, 1, 2, 65, 2].map((part) => ({ prefix: 0, part })));
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { header, parts } = BucketPartsAnswer.deserialize(new Uint8Array(await response.arrayBuffer()));
    expect(header).toEqual({ keyVersion: 1, day: day(), prefixBits: 0 });
    const tickets = [0, 63, 0].map((at) => bucket.sealedTicketAt(at));
    const expected = [shortenHints(bucket.hints), restOfHints(bucket.hints), ...tickets];
    expect(parts.map((bytes) => toHex(bytes))).toEqual(expected.map(toHex));
    // As many as there are entries, fillers included, and nothing that says how many are members.
    expect(parts[0]).toHaveLength(2 + 64 + 16);
  });

  it.each<[string, () => Promise<Response>, number, string]>([
    [
      'of yesterday',
      () => ask([{ prefix: 0, part: 0 }], { keyVersion: 1, day: day() - 1, prefixBits: 0 }),
      404,
      'bucket_unknown',
    ],
    [
      'of another key',
      () => ask([{ prefix: 0, part: 0 }], { keyVersion: 2, day: day(), prefixBits: 0 }),
      404,
      'bucket_unknown',
    ],
    [
      'of other prefixes',
      () => ask([{ prefix: 1, part: 0 }], { keyVersion: 1, day: day(), prefixBits: 1 }),
      404,
      'bucket_unknown',
    ],
    ['beyond the last ticket', () => ask([{ prefix: 0, part: 66 }]), 400, 'message_invalid'],
    [
      'more than a thousand',
      () => ask(Array.from({ length: 1_025 }, () => ({ prefix: 0, part: 0 }))),
      413,
      'body_too_large',
    ],
  ])('are refused by name: %s', async (_name, asked, status, code) => {
    const response = await asked();
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });
});

describe('the address of a bucket', () => {
  it('is one that any cache may keep until the day ends, and that its tag confirms', async () => {
    const now = world.kith.clock.now();
    const url = `${world.kith.origin}/v1/buckets/0?day=${Math.floor(now / dayMs)}`;
    const whole = await fetch(url);
    const secsLeft = Math.floor((dayMs - (now % dayMs)) / 1_000);
    expect(whole.headers.get('cache-control')).toBe(`public, max-age=${secsLeft}, immutable`);
    expect(['set-cookie', 'vary'].filter((name) => whole.headers.has(name))).toEqual([]);
    const etag = whole.headers.get('etag')!;
    const confirmed = await fetch(url, { headers: { 'if-none-match': etag } });
    expect(confirmed.status).toBe(304);
    expect((await confirmed.arrayBuffer()).byteLength).toBe(0);
    const hints = await fetch(`${url}&part=hints`, { headers: { 'if-none-match': etag } });
    expect(hints.status).toBe(200);
    expect(hints.headers.get('etag')).not.toBe(etag);
  });

  it('without its day is of whichever day it is, and no cache may take that for granted', async () => {
    const { headers } = await fetch(`${world.kith.origin}/v1/buckets/0`);
    expect(headers.get('cache-control')).toBe('no-cache');
  });
});

describe('a range of a bucket', () => {
  const get = (range: string) =>
    fetch(`${world.kith.origin}/v1/buckets/0?part=whole`, { headers: { range } });

  it('is those bytes of the whole, and says so', async () => {
    const whole = new Uint8Array(await (await fetch(`${world.kith.origin}/v1/buckets/0`)).arrayBuffer());
    const part = await get('bytes=271-334');
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 271-334/${whole.length}`);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.subarray(271, 335));
    expect((await (await get('bytes=0-99999999')).arrayBuffer()).byteLength).toBe(whole.length);
  });

  it.each([
    'bytes=9-3',
    'bytes=-5',
    'bytes=5-',
    'bytes=1-2,4-5',
    'lines=1-2',
    'bytes=99999999-99999999',
    'x',
  ])('that is unusual or empty brings the whole: %s', async (range) => {
    expect((await get(range)).status).toBe(200);
  });
});
