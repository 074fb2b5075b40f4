import { catalogue } from '@kith/protocol';
import {
  BucketPartsRequest,
  ELEMENT_BYTES,
  loadFastGroup,
  OprfRequest,
  Reveals,
  SlotsRead,
  SlotsWrite,
  TICKET_BYTES,
} from '@kith/protocol/crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, midEpochMs, type PrivateWorld, startPrivateWorld } from './private-world.ts';

const epoch = 227;
const day = midEpochMs / 86_400_000;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

let world: PrivateWorld;
/** `count` elements of the group, packed. */
let elements: (count: number) => Uint8Array;
beforeAll(async () => {
  world = await startPrivateWorld({ limits: { bodyMs: 5_000 } });
  await world.join('mallory');
  await world.kith.host.putMember('numberless', { card: { name: 'N', handle: 'n' } });
  const group = await loadFastGroup();
  elements = (count) =>
    Uint8Array.from(
      Array.from({ length: count }, () => [...group.multiplyBase(group.randomScalar(random))]).flat(),
    );
});
afterAll(() => world?.stop());

const post = (path: string, body: Uint8Array, id = 'mallory') => world.send(id, 'POST', path, body);
const side = () => ({ slot: random(16), sideTag: random(16), sealedCard: random(512) });

/** A refusal that a caller can branch on: never a fault of the service's own. */
function expectRefusal(answer: Answer): void {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(Object.keys(catalogue)).toContain(answer.code);
}

const messages: [string, string, () => Uint8Array][] = [
  ['evaluations', '/v1/me/oprf', () => new OprfRequest(1, elements(3)).serialize()],
  ['writing sides', '/v1/me/slots', () => new SlotsWrite(epoch, [side(), side()]).serialize()],
  ['reading sides', '/v1/me/slots', () => new SlotsRead(epoch, [side(), side()]).serialize()],
  [
    'parts of buckets',
    '/v1/buckets',
    () => new BucketPartsRequest({ keyVersion: 1, day, prefixBits: 0 }, [{ prefix: 0, part: 0 }]).serialize(),
  ],
  ['tickets', '/v1/me/reveals', () => new Reveals(random(2 * TICKET_BYTES)).serialize()],
];

/** Ways to break a message that leave no doubt that it is broken: another length, version, kind or count. */
const breaks = fc.oneof(
  fc.record({ how: fc.constant('cut' as const), at: fc.nat() }),
  fc.record({ how: fc.constant('add' as const), at: fc.integer({ min: 1, max: 70 }) }),
  fc.record({ how: fc.constant('version' as const), at: fc.integer({ min: 2, max: 255 }) }),
  fc.record({ how: fc.constant('kind' as const), at: fc.integer({ min: 9, max: 255 }) }),
  fc.record({ how: fc.constant('noise' as const), at: fc.integer({ min: 0, max: 300 }) }),
);

function broken(message: Uint8Array, { how, at }: { how: string; at: number }): Uint8Array {
  if (how === 'cut') return message.slice(0, at % message.length);
  if (how === 'add') return Uint8Array.from([...message, ...random(at)]);
  if (how === 'noise') return random(at);
  const changed = message.slice();
  changed[how === 'version' ? 0 : 1] = at;
  return changed;
}

describe.each(messages)('a broken message for %s', (_name, path, make) => {
  it('is refused with a stable code, whatever is broken, and costs nothing', async () => {
    const before = await world.kith.as('mallory').budget();
    await fc.assert(
      fc.asyncProperty(breaks, async (change) => {
        const message = make();
        // One of these kinds is this message's own.
        fc.pre(change.how !== 'kind' || change.at !== message[1]);
        expectRefusal(await post(path, broken(message, change)));
      }),
      { numRuns: 25 },
    );
    expect(await world.kith.as('mallory').budget()).toEqual(before);
  });

  it('never is a fault of the service: any bytes of a well-formed one may change', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (place, byte) => {
        const message = make();
        message[place % message.length]! ^= byte;
        const answer = await post(path, message);
        if (answer.status !== 200) expectRefusal(answer);
      }),
      { numRuns: 25 },
    );
  });
});

/** RFC 9496 A.3: encodings that must be refused; one of each kind. */
const badElements: [string, string][] = [
  ['the identity', '00'.repeat(32)],
  ['a non-canonical field element', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['a negative field element', '0100000000000000000000000000000000000000000000000000000000000000'],
  ['a non-square x^2', '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371'],
  ['a negative x * y', '3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e'],
  ['s = -1, which gives y = 0', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
];

describe('elements that are none', () => {
  it.each(badElements)('are refused, with their place, and cost nothing: %s', async (_name, hex) => {
    const before = (await world.kith.as('mallory').budget()).lookups.left;
    const packed = elements(5);
    packed.set(Buffer.from(hex, 'hex'), 3 * ELEMENT_BYTES);
    const answer = await post('/v1/me/oprf', new OprfRequest(1, packed).serialize());
    expect(answer).toMatchObject({ status: 400, code: 'element_invalid' });
    expect(JSON.parse(Buffer.from(answer.bytes).toString())).toMatchObject({ at: '3' });
    expect((await world.kith.as('mallory').budget()).lookups.left).toBe(before);
  });
});

describe('requests out of bounds', () => {
  it('are refused before any work: too many elements, too many sides, too long a body', async () => {
    const many = new OprfRequest(1, new Uint8Array(5_001 * ELEMENT_BYTES)).serialize();
    expect(await post('/v1/me/oprf', many)).toMatchObject({ status: 413, code: 'numbers_too_many' });
    const reads = new SlotsRead(epoch, Array.from({ length: 5_001 }, side)).serialize();
    expect(await post('/v1/me/slots', reads)).toMatchObject({ status: 413, code: 'numbers_too_many' });
    const long = await post('/v1/me/reveals', new Uint8Array(5 * 1024 * 1024));
    expect(long).toMatchObject({ status: 413, code: 'body_too_large' });
  });

  it('are refused for epochs other than this one and the next', async () => {
    for (const wrong of [epoch - 1, epoch + 1, 0, 0xffffffff]) {
      const write = new SlotsWrite(wrong, [side()]).serialize();
      expect(await post('/v1/me/slots', write)).toMatchObject({ status: 400, code: 'epoch_invalid' });
      const keys = await world.send('mallory', 'POST', `/v1/me/keys?epoch=${wrong}`);
      expect(keys).toMatchObject({ status: 400, code: 'epoch_invalid' });
    }
  });

  it('are refused for keys that are not in use', async () => {
    const other = new OprfRequest(7, elements(1)).serialize();
    expect(await post('/v1/me/oprf', other)).toMatchObject({ status: 409, code: 'key_version_unknown' });
  });

  it('are refused for a member without a number', async () => {
    const keys = await world.send('numberless', 'POST', '/v1/me/keys');
    expect(keys).toMatchObject({ status: 409, code: 'phone_missing' });
    const write = new SlotsWrite(epoch, [side()]).serialize();
    expect(await post('/v1/me/slots', write, 'numberless')).toMatchObject({ code: 'phone_missing' });
  });

  it.each([
    ['/v1/buckets/-1', 400, 'query_invalid'],
    ['/v1/buckets/abc', 400, 'query_invalid'],
    ['/v1/buckets/1', 404, 'bucket_unknown'],
    ['/v1/buckets/4294967296', 404, 'bucket_unknown'],
    [`/v1/buckets/0?day=${day - 1}`, 404, 'bucket_unknown'],
    [`/v1/buckets/0?day=${day + 1}`, 404, 'bucket_unknown'],
    [`/v1/buckets/0?day=${day}&key=2`, 404, 'bucket_unknown'],
    [`/v1/buckets/0?day=${day}&key=99999999999999999999`, 404, 'bucket_unknown'],
    ['/v1/buckets/0?part=all', 400, 'query_invalid'],
    ['/v1/me/keys?epoch=-1', 400, 'query_invalid'],
    ['/v1/me/keys?epoch=x', 400, 'query_invalid'],
  ])('are refused by name: %s', async (path, status, code) => {
    const method = path.startsWith('/v1/me') ? 'POST' : 'GET';
    expect(await world.send('mallory', method, path)).toMatchObject({ status, code });
  });

  it('are refused in another content type, without one, and without a token', async () => {
    for (const path of ['/v1/me/oprf', '/v1/me/slots', '/v1/me/reveals']) {
      const token = await world.kith.host.memberToken('mallory');
      const ask = async (headers: Record<string, string>, body?: string) => {
        const answer = await fetch(world.kith.origin + path, {
          method: 'POST',
          headers,
          ...(body && { body }),
        });
        return { status: answer.status, code: ((await answer.json()) as { code: string }).code };
      };
      const authorization = `Bearer ${token}`;
      const json = { authorization, 'content-type': 'application/json' };
      expect(await ask(json, '{"elements":[]}')).toMatchObject({ status: 415 });
      expect(await ask({ authorization })).toMatchObject({ status: 415 });
      expect(await ask({ 'content-type': 'application/octet-stream' }, 'x')).toMatchObject({ status: 401 });
    }
  });
});
