import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CryptoError } from '../errors.ts';
import { streamOf } from '../random.testing.ts';
import { Bucket } from './bucket.ts';
import { BucketPartsAnswer, BucketPartsRequest } from './bucket-parts.ts';
import { IssuerSetMessage } from './issuer-set-message.ts';
import { MemberKeysAnswer } from './member-keys-answer.ts';
import { OprfRequest } from './oprf-request.ts';
import { OprfResponse } from './oprf-response.ts';
import { Reveals } from './reveals.ts';
import { SlotsAnswer } from './slots-answer.ts';
import { SlotsRead } from './slots-read.ts';
import { SlotsWrite } from './slots-write.ts';

const random = streamOf('wire');
const key = () => ({ g1: random(48), g2: random(96) });
const side = () => ({ slot: random(16), sideTag: random(16), sealedCard: random(512) });
const sortedHints = Uint8Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 2, 0, 255, 0, 0, 0]);
const buckets = { keyVersion: 3, day: 20_779, prefixBits: 12 };
const header = { keyVersion: 3, day: 20_779, prefixBits: 12, prefix: 0xabc };

interface Message {
  serialize(): Uint8Array;
}
interface Format {
  name: string;
  read(bytes: Uint8Array): Message;
  examples: readonly Message[];
  /** Bytes of each example, as docs/protocol.md counts them. */
  sizes: readonly number[];
}

const formats: readonly Format[] = [
  {
    name: 'OprfRequest',
    read: (bytes) => OprfRequest.deserialize(bytes),
    examples: [new OprfRequest(1, random(32)), new OprfRequest(65_535, random(32 * 300))],
    sizes: [6 + 32, 6 + 32 * 300],
  },
  {
    name: 'OprfResponse',
    read: (bytes) => OprfResponse.deserialize(bytes),
    examples: [
      new OprfResponse(1, { elements: random(64), proof: random(64) }),
      new OprfResponse(
        2,
        { elements: random(32), proof: random(64) },
        { waiting: 9, retryAtMs: 1_795_000_000_123 },
      ),
      new OprfResponse(2, { elements: random(0), proof: new Uint8Array(64) }, { waiting: 9, retryAtMs: 1 }),
    ],
    sizes: [16 + 64 + 64, 16 + 32 + 64, 16 + 64],
  },
  {
    name: 'SlotsWrite',
    read: (bytes) => SlotsWrite.deserialize(bytes),
    examples: [new SlotsWrite(226, [side()]), new SlotsWrite(0xffffffff, [side(), side(), side()])],
    sizes: [8 + 544, 8 + 3 * 544],
  },
  {
    name: 'SlotsRead',
    read: (bytes) => SlotsRead.deserialize(bytes),
    examples: [
      new SlotsRead(
        226,
        [side()].map(({ slot, sideTag }) => ({ slot, sideTag })),
      ),
    ],
    sizes: [8 + 32],
  },
  {
    name: 'SlotsAnswer',
    read: (bytes) => SlotsAnswer.deserialize(bytes),
    examples: [
      new SlotsAnswer(0, []),
      new SlotsAnswer(9, [
        { at: 0, sealedCard: random(512) },
        { at: 8, sealedCard: random(512) },
      ]),
      new SlotsAnswer(9, [{ at: 3, sealedCard: random(512) }], {
        waiting: 4,
        retryAtMs: Number.MAX_SAFE_INTEGER,
      }),
    ],
    sizes: [16, 16 + 2 * 514, 16 + 514],
  },
  {
    name: 'Bucket',
    read: (bytes) => Bucket.deserialize(bytes),
    examples: [
      new Bucket(header, sortedHints, random(64 * 4)),
      new Bucket({ ...header, prefixBits: 0, prefix: 0 }, random(0), random(0)),
    ],
    sizes: [15 + 4 * 68, 15],
  },
  {
    name: 'BucketPartsRequest',
    read: (bytes) => BucketPartsRequest.deserialize(bytes),
    examples: [
      new BucketPartsRequest(buckets, [{ prefix: 0xabc, part: 0 }]),
      new BucketPartsRequest(
        buckets,
        [0, 1, 65_535].map((part) => ({ prefix: part & 0xfff, part })),
      ),
    ],
    sizes: [11 + 6, 11 + 6 * 3],
  },
  {
    name: 'BucketPartsAnswer',
    read: (bytes) => BucketPartsAnswer.deserialize(bytes),
    examples: [
      new BucketPartsAnswer(buckets, [random(300), random(0), random(64)]),
      new BucketPartsAnswer({ ...buckets, prefixBits: 0 }, [random(1)]),
    ],
    sizes: [11 + 3 * 2 + 364, 11 + 2 + 1],
  },
  {
    name: 'Reveals',
    read: (bytes) => Reveals.deserialize(bytes),
    examples: [new Reveals(random(36)), new Reveals(random(36 * 5))],
    sizes: [4 + 36, 4 + 36 * 5],
  },
  {
    name: 'MemberKeysAnswer',
    read: (bytes) => MemberKeysAnswer.deserialize(bytes),
    examples: [new MemberKeysAnswer(226, 3, random(48), random(96))],
    sizes: [7 + 144],
  },
  {
    name: 'IssuerSetMessage',
    read: (bytes) => IssuerSetMessage.deserialize(bytes),
    examples: [
      new IssuerSetMessage(1, key(), [key()]),
      new IssuerSetMessage(2, key(), [key(), key(), key()]),
    ],
    sizes: [4 + 2 * 144, 4 + 4 * 144],
  },
];

describe.each(formats)('$name', ({ read, examples, sizes }) => {
  it('comes back as it was written, with the documented size', () => {
    expect(examples.map((message) => message.serialize().length)).toEqual(sizes);
    for (const message of examples) {
      expect(read(message.serialize())).toEqual(message);
      expect(read(message.serialize()).serialize()).toEqual(message.serialize());
    }
  });

  it('is refused when cut short, lengthened, or of another version or kind', () => {
    for (const message of examples) {
      const bytes = message.serialize();
      for (const length of [0, 1, 2, 3, 5, bytes.length - 1])
        expect(() => read(bytes.subarray(0, length))).toThrow(CryptoError);
      expect(() => read(new Uint8Array([...bytes, 0]))).toThrow(CryptoError);
      expect(() => read(bytes.map((byte, i) => (i === 0 ? 2 : byte)))).toThrow(CryptoError);
      expect(() => read(bytes.map((byte, i) => (i === 1 ? byte + 1 : byte)))).toThrow(CryptoError);
    }
  });

  it('reads any bytes as a message that writes the same bytes, or refuses them by code', () => {
    const frame = (examples[0] as Message).serialize().subarray(0, 2);
    const noise = fc.uint8Array({ maxLength: 700 }).map((rest) => new Uint8Array([...frame, ...rest]));
    const mutated = fc
      .tuple(fc.constantFrom(...examples), fc.nat(), fc.nat({ max: 255 }))
      .map(([message, at, value]) => {
        const bytes = message.serialize();
        bytes[at % Math.min(bytes.length, 40)] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(noise, mutated, fc.uint8Array({ maxLength: 60 })), (bytes) => {
        try {
          expect(read(bytes).serialize()).toEqual(bytes);
        } catch (error) {
          if (!(error instanceof CryptoError)) throw error;
          expect(['wire_invalid', 'length_wrong']).toContain(error.code);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('messages that cannot be', () => {
  const invalid = (run: () => unknown) => expect(run).toThrow(CryptoError);

  it('are not written', () => {
    invalid(() => new OprfRequest(1, random(0)).serialize());
    invalid(() => new OprfRequest(65_536, random(32)).serialize());
    invalid(() => new OprfRequest(1, random(33)).serialize());
    invalid(() => new OprfRequest(1, new Uint8Array(32 * 65_536)).serialize());
    invalid(() => new SlotsWrite(1, []).serialize());
    invalid(() => new SlotsWrite(-1, [side()]).serialize());
    invalid(() => new SlotsWrite(1, [{ ...side(), sealedCard: random(511) }]).serialize());
    invalid(() => new SlotsRead(1, []).serialize());
    invalid(() => new SlotsAnswer(1, [], { waiting: 0, retryAtMs: 1.5 }).serialize());
    invalid(() => new Bucket(header, Uint8Array.of(2, 0, 0, 0, 1, 9, 9, 9), random(64 * 2)).serialize());
    invalid(() => new Bucket(header, sortedHints, random(64 * 3)).serialize());
    invalid(() => new Bucket({ ...header, prefix: 0x1000 }, sortedHints, random(64 * 4)).serialize());
    invalid(() => new BucketPartsRequest(buckets, []).serialize());
    invalid(() => new BucketPartsRequest(buckets, [{ prefix: 0x1000, part: 0 }]).serialize());
    invalid(() => new BucketPartsRequest(buckets, [{ prefix: 0, part: 65_536 }]).serialize());
    invalid(() => new BucketPartsAnswer(buckets, [random(65_536)]).serialize());
    invalid(() => new Reveals(random(0)).serialize());
    invalid(() => new IssuerSetMessage(2, key(), [key()]).serialize());
  });

  it('are not read: found positions out of order or beyond what was accepted', () => {
    const found = (at: number) => ({ at, sealedCard: random(512) });
    invalid(() => SlotsAnswer.deserialize(new SlotsAnswer(9, [found(3), found(3)]).serialize()));
    invalid(() => SlotsAnswer.deserialize(new SlotsAnswer(9, [found(3), found(2)]).serialize()));
    invalid(() => SlotsAnswer.deserialize(new SlotsAnswer(3, [found(3)]).serialize()));
  });

  it('are not read: a proof without elements', () => {
    const bytes = new OprfResponse(1, { elements: random(0), proof: random(64) }).serialize();
    invalid(() => OprfResponse.deserialize(bytes));
  });

  it('give the hints of a bucket alone', () => {
    const bucket = new Bucket(header, sortedHints, random(64 * 4));
    const bytes = bucket.serializeHints();
    expect(bytes.length).toBe(15 + 4 * 4);
    expect(Bucket.deserializeHints(bytes)).toEqual({ header, hints: sortedHints });
    invalid(() => Bucket.deserialize(bytes));
    invalid(() => Bucket.deserializeHints(bucket.serialize()));
  });
});
