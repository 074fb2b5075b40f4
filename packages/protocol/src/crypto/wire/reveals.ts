import { countItems, itemAt } from '../bytes.ts';
import { TICKET_BYTES } from '../open/ticket.ts';
import { expectWire, FrameReader, FrameWriter } from './frame.ts';

/*
 * POST /v1/me/reveals, request
 * struct { uint8 version = 1; uint8 kind = 8; uint16 count; uint8 tickets[count][36]; }
 * with 1 <= count.
 */
export class Reveals {
  /** Packed, 36 bytes each. */
  readonly tickets: Uint8Array;

  constructor(tickets: Uint8Array) {
    this.tickets = tickets;
  }

  /** 36 bytes each. */
  list(): Uint8Array[] {
    const count = countItems(this.tickets, TICKET_BYTES);
    return Array.from({ length: count }, (_, i) => itemAt(this.tickets, i, TICKET_BYTES));
  }

  serialize(): Uint8Array {
    const count = countItems(this.tickets, TICKET_BYTES);
    expectWire(count > 0);
    return new FrameWriter('reveals').uint(count, 2).bytes(this.tickets).finish();
  }

  static deserialize(message: Uint8Array): Reveals {
    const reader = new FrameReader('reveals', message);
    const count = reader.uint(2);
    expectWire(count > 0);
    return reader.finish(new Reveals(reader.bytes(count * TICKET_BYTES)));
  }
}
