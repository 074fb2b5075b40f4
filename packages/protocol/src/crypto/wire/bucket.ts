import { compareBytes, countItems, expectLength, itemAt } from '../bytes.ts';
import { HINT_BYTES, PREFIX_BITS_MAX } from '../open/open-keys.ts';
import { SEALED_TICKET_BYTES } from '../open/sealed-ticket.ts';
import { expectWire, FrameReader, FrameWriter, type WireKind } from './frame.ts';

/** Which bucket, of which day and key. */
export interface BucketHeader {
  keyVersion: number;
  /** Counted from 1970 in UTC. */
  day: number;
  /** 0 to 24. */
  prefixBits: number;
  /** The first `prefixBits` bits of the tags in it, as an integer. */
  prefix: number;
}

/*
 * GET /v1/buckets/{prefix}, the whole of it or its hints alone
 * struct { uint8 version = 1; uint8 kind = 7; uint16 keyVersion; uint32 day; uint8 prefixBits; uint32 prefix; uint16 count;
 *          uint8 hints[count][4]; uint8 sealedTickets[count][64]; }
 * and with kind = 6 the same without sealedTickets. Hints never descend; the ticket of a hint has its position.
 */
export class Bucket {
  readonly header: BucketHeader;
  /** Packed, 4 bytes each. */
  readonly hints: Uint8Array;
  /** Packed, 64 bytes each. */
  readonly sealedTickets: Uint8Array;

  constructor(header: BucketHeader, hints: Uint8Array, sealedTickets: Uint8Array) {
    this.header = header;
    this.hints = hints;
    this.sealedTickets = sealedTickets;
  }

  /** 64 bytes. */
  sealedTicketAt(index: number): Uint8Array {
    return itemAt(this.sealedTickets, index, SEALED_TICKET_BYTES);
  }

  serialize(): Uint8Array {
    const count = countItems(this.hints, HINT_BYTES);
    return startBucket('bucket', this.header, this.hints)
      .bytes(expectLength(this.sealedTickets, count * SEALED_TICKET_BYTES))
      .finish();
  }

  /** Kind 6: what a client needs to learn whether it has to fetch the rest. */
  serializeHints(): Uint8Array {
    return startBucket('hints', this.header, this.hints).finish();
  }

  static deserialize(message: Uint8Array): Bucket {
    const reader = new FrameReader('bucket', message);
    const { header, hints } = readStart(reader);
    const sealedTickets = reader.bytes((hints.length / HINT_BYTES) * SEALED_TICKET_BYTES);
    return reader.finish(new Bucket(header, hints, sealedTickets));
  }

  static deserializeHints(message: Uint8Array): { header: BucketHeader; hints: Uint8Array } {
    const reader = new FrameReader('hints', message);
    return reader.finish(readStart(reader));
  }
}

function startBucket(kind: WireKind, header: BucketHeader, hints: Uint8Array): FrameWriter {
  expectHeader(header, hints);
  return new FrameWriter(kind)
    .uint(header.keyVersion, 2)
    .uint(header.day, 4)
    .uint(header.prefixBits, 1)
    .uint(header.prefix, 4)
    .uint(countItems(hints, HINT_BYTES), 2)
    .bytes(hints);
}

function readStart(reader: FrameReader): { header: BucketHeader; hints: Uint8Array } {
  const header = {
    keyVersion: reader.uint(2),
    day: reader.uint(4),
    prefixBits: reader.uint(1),
    prefix: reader.uint(4),
  };
  const hints = reader.bytes(reader.uint(2) * HINT_BYTES);
  expectHeader(header, hints);
  return { header, hints };
}

function expectHeader({ prefixBits, prefix }: BucketHeader, hints: Uint8Array): void {
  expectWire(prefixBits <= PREFIX_BITS_MAX && prefix < 2 ** prefixBits);
  for (let i = 1; i < countItems(hints, HINT_BYTES); i++)
    expectWire(compareBytes(itemAt(hints, i - 1, HINT_BYTES), itemAt(hints, i, HINT_BYTES)) <= 0);
}
