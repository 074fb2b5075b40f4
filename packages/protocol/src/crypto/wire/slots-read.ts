import { expectLength } from '../bytes.ts';
import { SIDE_TAG_BYTES, SLOT_BYTES } from '../mutual/meeting.ts';
import { expectWire, FrameReader, FrameWriter } from './frame.ts';

/** A side that the member has written before. */
export interface SlotRead {
  /** 16 bytes. */
  slot: Uint8Array;
  /** 16 bytes. */
  sideTag: Uint8Array;
}

/*
 * POST /v1/me/slots, request that only reads what lies opposite sides written before
 * struct { uint8 version = 1; uint8 kind = 4; uint32 epoch; uint16 count;
 *          struct { uint8 slot[16]; uint8 sideTag[16]; } sides[count]; }
 * with 1 <= count.
 */
export class SlotsRead {
  readonly epoch: number;
  readonly sides: readonly SlotRead[];

  constructor(epoch: number, sides: readonly SlotRead[]) {
    this.epoch = epoch;
    this.sides = sides;
  }

  serialize(): Uint8Array {
    expectWire(this.sides.length > 0);
    const writer = new FrameWriter('slotsRead').uint(this.epoch, 4).uint(this.sides.length, 2);
    for (const { slot, sideTag } of this.sides)
      writer.bytes(expectLength(slot, SLOT_BYTES)).bytes(expectLength(sideTag, SIDE_TAG_BYTES));
    return writer.finish();
  }

  static deserialize(message: Uint8Array): SlotsRead {
    const reader = new FrameReader('slotsRead', message);
    const epoch = reader.uint(4);
    const count = reader.uint(2);
    expectWire(count > 0);
    const sides = Array.from({ length: count }, () => ({
      slot: reader.bytes(SLOT_BYTES),
      sideTag: reader.bytes(SIDE_TAG_BYTES),
    }));
    return reader.finish(new SlotsRead(epoch, sides));
  }
}
