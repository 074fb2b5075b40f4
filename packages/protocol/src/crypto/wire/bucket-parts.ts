import type { BucketHeader } from './bucket.ts';
import { expectWire, FrameReader, FrameWriter, type WireKind } from './frame.ts';

/** The day and key whose buckets are meant, and how many bits name one. */
export type BucketsHeader = Omit<BucketHeader, 'prefix'>;

/** The part of a bucket that holds its short hints. */
export const SHORT_HINTS_PART = 0;
/** The part that holds the rest of its hints. */
export const REST_OF_HINTS_PART = 1;
/** The part that holds its first sealed ticket; the others follow. */
export const FIRST_TICKET_PART = 2;

/** One part of one bucket. */
export interface BucketPart {
  prefix: number;
  /** 0 the short hints, 1 the rest of the hints, 2 and more a sealed ticket each. */
  part: number;
}

/*
 * POST /v1/buckets, request
 * struct { uint8 version = 1; uint8 kind = 16; uint16 keyVersion; uint32 day; uint8 prefixBits; uint16 count;
 *          struct { uint32 prefix; uint16 part; } parts[count]; }
 * with 1 <= count.
 */
export class BucketPartsRequest {
  readonly header: BucketsHeader;
  readonly parts: readonly BucketPart[];

  constructor(header: BucketsHeader, parts: readonly BucketPart[]) {
    this.header = header;
    this.parts = parts;
  }

  serialize(): Uint8Array {
    expectWire(this.parts.length > 0);
    const writer = start('bucketPartsRequest', this.header, this.parts.length);
    for (const { prefix, part } of this.parts)
      writer.uint(expectPrefix(prefix, this.header), 4).uint(part, 2);
    return writer.finish();
  }

  static deserialize(message: Uint8Array): BucketPartsRequest {
    const reader = new FrameReader('bucketPartsRequest', message);
    const { header, count } = readStart(reader);
    expectWire(count > 0);
    const parts = Array.from({ length: count }, () => ({
      prefix: expectPrefix(reader.uint(4), header),
      part: reader.uint(2),
    }));
    return reader.finish(new BucketPartsRequest(header, parts));
  }
}

/*
 * POST /v1/buckets, response: the parts in the order in which they were asked for
 * struct { uint8 version = 1; uint8 kind = 17; uint16 keyVersion; uint32 day; uint8 prefixBits; uint16 count;
 *          struct { uint16 length; uint8 bytes[length]; } parts[count]; }
 */
export class BucketPartsAnswer {
  readonly header: BucketsHeader;
  readonly parts: readonly Uint8Array[];

  constructor(header: BucketsHeader, parts: readonly Uint8Array[]) {
    this.header = header;
    this.parts = parts;
  }

  serialize(): Uint8Array {
    const writer = start('bucketPartsAnswer', this.header, this.parts.length);
    for (const bytes of this.parts) writer.uint(bytes.length, 2).bytes(bytes);
    return writer.finish();
  }

  static deserialize(message: Uint8Array): BucketPartsAnswer {
    const reader = new FrameReader('bucketPartsAnswer', message);
    const { header, count } = readStart(reader);
    const parts = Array.from({ length: count }, () => reader.bytes(reader.uint(2)));
    return reader.finish(new BucketPartsAnswer(header, parts));
  }
}

function start(kind: WireKind, { keyVersion, day, prefixBits }: BucketsHeader, count: number): FrameWriter {
  return new FrameWriter(kind).uint(keyVersion, 2).uint(day, 4).uint(prefixBits, 1).uint(count, 2);
}

function readStart(reader: FrameReader): { header: BucketsHeader; count: number } {
  const header = { keyVersion: reader.uint(2), day: reader.uint(4), prefixBits: reader.uint(1) };
  return { header, count: reader.uint(2) };
}

function expectPrefix(prefix: number, { prefixBits }: BucketsHeader): number {
  expectWire(prefix < 2 ** prefixBits);
  return prefix;
}
