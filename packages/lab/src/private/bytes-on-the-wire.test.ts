import { createHash } from 'node:crypto';
import { type BucketRequests, KithHttp } from '@kith/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '../harness/clock.ts';
import { formsIn } from './number-forms.ts';
import { type PrivateMember, type PrivateWorld, startPrivateWorld } from './private-world.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';

let world: PrivateWorld;
let proxy: RecordingProxy;
let [friend, open] = [] as unknown as PrivateMember[];
beforeAll(async () => {
  world = await startPrivateWorld();
  proxy = await startRecordingProxy(world.kith.origin);
  friend = await world.join('friend');
  open = await world.join('open', { discoverable: 'anyone' });
  await world.kith.elapse(dayMs);
});
afterAll(async () => {
  await proxy?.stop();
  await world?.stop();
});
afterEach(() => proxy.forget());

describe('every byte that the private way sends', () => {
  it.each<BucketRequests>(['together', 'cacheable'])(
    'is free of the numbers in the book and of the member’s own, in whatever form: buckets %s',
    async (buckets) => {
      const ada = await world.join(`ada ${buckets}`);
      await friend!.finds([ada.number]);
      const device = () => ada.device({ origin: proxy.origin, deviceId: 'device-1', buckets });
      const book = [friend!.number, open!.number, ...Array.from({ length: 6 }, world.newNumber)];
      const first = await device().findPeople(book);
      expect(first.people).toMatchObject([{ id: 'friend', contacts: [friend!.number] }]);
      await world.kith.elapse(dayMs);
      const numbers = [...book, world.newNumber(), ada.number];
      const second = await device().findPeople(numbers);
      expect(second.people.map(({ how }) => how).sort()).toEqual(['mutual', 'number']);
      await device().forget();

      const sent = proxy.sent();
      const bucketCall = buckets === 'together' ? 'POST /v1/buckets ' : 'GET /v1/buckets/';
      for (const call of ['/v1/me/keys', '/v1/me/slots', '/v1/me/oprf', bucketCall, '/v1/me/reveals'])
        expect(sent.includes(call), call).toBe(true);
      expect(formsIn(sent, numbers, 2)).toEqual([]);
      expect(formsIn(proxy.answered(), numbers, 2)).toEqual([]);
    },
  );
});

describe('what is kept on the device', () => {
  it.each([
    ['without a key', undefined],
    ['sealed', new Uint8Array(32).fill(3)],
  ])('names no number and nobody met, and serves the next run: %s', async (name, storeKey) => {
    const [cem, dia] = [await world.join(`cem, ${name}`), await world.join(`dia, ${name}`)];
    await dia.finds([cem.number]);
    const options = { origin: proxy.origin, ...(storeKey && { storeKey }) };
    const book = [dia.number, open!.number, world.newNumber()];
    await cem.device(options).findPeople(book);
    const names = await cem.store.keys('');
    const kept = Buffer.concat(
      await Promise.all(names.map(async (each) => Buffer.from((await cem.store.get(each))!))),
    );
    const all = Buffer.concat([Buffer.from(names.join('\n')), kept]);
    expect(formsIn(all, [...book, cem.number], 2)).toEqual([]);
    expect(all.includes(dia.id)).toBe(false);
    proxy.forget();
    const again = await cem.device(options).findPeople(book);
    expect(again.people).toMatchObject([{ id: dia.id, contacts: [dia.number] }]);
    expect(/me.(slots|oprf|keys)|buckets/.test(proxy.sent().toString('latin1'))).toBe(false);
  });
});

describe('the search itself', () => {
  it('finds numbers that the plain way sends', async () => {
    const number = world.newNumber();
    const plain = new KithHttp({ origin: proxy.origin, token: () => world.kith.host.memberToken('friend') });
    await plain.putContacts({ numbers: [number] });
    expect(formsIn(proxy.sent(), [number], 2)).toContain('number 0: E.164');
  });

  it.each([
    [
      'half of sha256 of E.164',
      (number: string) => createHash('sha256').update(number).digest().subarray(0, 16),
    ],
    [
      'half of md5 of digits, hex',
      (number: string) => createHash('md5').update(number.slice(1)).digest('hex'),
    ],
    ['E.164, base64 at 1', (number: string) => Buffer.from(`x${number}`).toString('base64')],
    ['decimal-coded binary', (number: string) => Buffer.from(number.slice(1), 'hex')],
  ])('finds %s', async (name, leak) => {
    // Twelve digits, so that they pack into whole bytes.
    const number = '+491512345678';
    await fetch(`${proxy.origin}/v1/me/contacts`, { method: 'PUT', body: leak(number) });
    expect(formsIn(proxy.sent(), [number], 2)).toContain(`number 0: ${name}`);
  });
});
