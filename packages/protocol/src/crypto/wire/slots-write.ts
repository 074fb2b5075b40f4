import { expectLength } from '../bytes.ts';
import { SEALED_CARD_BYTES } from '../mutual/card.ts';
import { SIDE_TAG_BYTES, SLOT_BYTES } from '../mutual/meeting.ts';
import { expectWire, FrameReader, FrameWriter } from './frame.ts';

/** One side of a slot, as its member writes it. */
export interface SlotWrite {
  /** 16 bytes. */
  slot: Uint8Array;
  /** 16 bytes; its first bit says which side. */
  sideTag: Uint8Array;
  /** 512 bytes. */
  sealedCard: Uint8Array;
}

/*
 * POST /v1/me/slots, request that writes (and reads what lies opposite)
 * struct { uint8 version = 1; uint8 kind = 3; uint32 epoch; uint16 count;
 *          struct { uint8 slot[16]; uint8 sideTag[16]; uint8 sealedCard[512]; } sides[count]; }
 * with 1 <= count.
 */
export class SlotsWrite {
  readonly epoch: number;
  readonly sides: readonly SlotWrite[];

  constructor(epoch: number, sides: readonly SlotWrite[]) {
    this.epoch = epoch;
    this.sides = sides;
  }

  serialize(): Uint8Array {
    expectWire(this.sides.length > 0);
    const writer = new FrameWriter('slotsWrite').uint(this.epoch, 4).uint(this.sides.length, 2);
    for (const { slot, sideTag, sealedCard } of this.sides)
      writer
        .bytes(expectLength(slot, SLOT_BYTES))
        .bytes(expectLength(sideTag, SIDE_TAG_BYTES))
        .bytes(expectLength(sealedCard, SEALED_CARD_BYTES));
    return writer.finish();
  }

  static deserialize(message: Uint8Array): SlotsWrite {
    const reader = new FrameReader('slotsWrite', message);
    const epoch = reader.uint(4);
    const count = reader.uint(2);
    expectWire(count > 0);
    const sides = Array.from({ length: count }, () => ({
      slot: reader.bytes(SLOT_BYTES),
      sideTag: reader.bytes(SIDE_TAG_BYTES),
      sealedCard: reader.bytes(SEALED_CARD_BYTES),
    }));
    return reader.finish(new SlotsWrite(epoch, sides));
  }
}
