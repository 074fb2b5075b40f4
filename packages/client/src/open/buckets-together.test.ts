import {
  BucketPartsAnswer,
  BucketPartsRequest,
  REST_OF_HINTS_PART,
  restOfHints,
  SHORT_HINTS_PART,
  shortenHints,
} from '@kith/protocol/crypto';
import { describe, expect, it } from 'vitest';
import type { PrivateCalls } from '../private-calls.ts';
import type { Sought } from './bucket-source.ts';
import { bucketsTogether } from './buckets-together.ts';

const buckets = { day: 20_779, keyVersion: 3, prefixBits: 12 };

/** 256 hints, ascending: the first byte is the place, and the last two are of it. */
const hintAt = (place: number) => Uint8Array.of(place, 0x80, place, 7);
const hints = Uint8Array.from(Array.from({ length: 256 }, (_, place) => [...hintAt(place)]).flat());
const ticketAt = (part: number) => new Uint8Array(64).fill(part);

const sought = (hint: Uint8Array): Sought => ({
  contact: { number: '+14155550100', mark: new Uint8Array(16) },
  keys: { hint, sealingKey: new Uint8Array(32) },
});

/** A service with the same bucket everywhere, which may answer otherwise; and the parts that it was asked for. */
function serving(change: (bytes: Uint8Array, part: number) => Uint8Array = (bytes) => bytes) {
  const asked: [prefix: number, part: number][] = [];
  const requests: number[] = [];
  const calls = {
    bucketParts: async (message: Uint8Array) => {
      const { header, parts } = BucketPartsRequest.deserialize(message);
      requests.push(parts.length);
      const answers = parts.map(({ prefix, part }) => {
        asked.push([prefix, part]);
        if (part === SHORT_HINTS_PART) return change(shortenHints(hints), part);
        return change(part === REST_OF_HINTS_PART ? restOfHints(hints) : ticketAt(part), part);
      });
      return new BucketPartsAnswer(header, answers).serialize();
    },
  };
  return { asked, requests, source: bucketsTogether({ calls: calls as unknown as PrivateCalls }, buckets) };
}

describe('buckets asked for together', () => {
  it('give the one ticket of whoever is listed, and ask for nothing more of anyone else', async () => {
    const { asked, source } = serving();
    const found = await source.candidates([
      [5, [sought(hintAt(9))]],
      [8, [sought(Uint8Array.of(9, 0x40, 9, 7))]],
    ]);
    expect(found.map(({ sealedTicket }) => sealedTicket)).toEqual([ticketAt(2 + 9)]);
    expect(asked).toEqual([
      [5, SHORT_HINTS_PART],
      [8, SHORT_HINTS_PART],
      [5, REST_OF_HINTS_PART],
      [5, 2 + 9],
    ]);
  });

  it('ask for the rest of the hints, and for no ticket, where a stranger has the same short hint', async () => {
    const { asked, source } = serving();
    expect(await source.candidates([[5, [sought(Uint8Array.of(9, 0x80, 9, 8))]]])).toEqual([]);
    expect(asked).toEqual([
      [5, SHORT_HINTS_PART],
      [5, REST_OF_HINTS_PART],
    ]);
  });

  it('ask for more parts than one request may carry in several, and put them together in order', async () => {
    const { requests, source } = serving();
    const many = Array.from(
      { length: 5 },
      (_, prefix) => [prefix, Array.from({ length: 256 }, (_, at) => sought(hintAt(at)))] as const,
    );
    const found = await source.candidates(many);
    expect(requests).toEqual([5, 5, 1_024, 256]);
    expect(found.map(({ sealedTicket }) => sealedTicket[0])).toEqual(
      many.flatMap(([, contacts]) => contacts.map((_, at) => (2 + at) % 256)),
    );
  });

  it('ask once for the rest of a bucket in which two may be', async () => {
    const { asked, source } = serving();
    const found = await source.candidates([[5, [sought(hintAt(1)), sought(hintAt(2))]]]);
    expect(found).toHaveLength(2);
    expect(asked.filter(([, part]) => part === REST_OF_HINTS_PART)).toHaveLength(1);
  });

  it.each([SHORT_HINTS_PART, REST_OF_HINTS_PART, 2 + 9])(
    'are refused where part %i has another length',
    async (wrong) => {
      const { source } = serving((bytes, part) => (part === wrong ? bytes.subarray(1) : bytes));
      await expect(source.candidates([[5, [sought(hintAt(9))]]])).rejects.toMatchObject({
        code: wrong === SHORT_HINTS_PART ? 'wire_invalid' : 'bucket_invalid',
      });
    },
  );
});
