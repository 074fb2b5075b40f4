import { expectLength } from '../bytes.ts';
import { SEALED_CARD_BYTES } from '../mutual/card.ts';
import { expectWire, FrameReader, FrameWriter } from './frame.ts';

/** What lies opposite one of the sides asked for. */
export interface SlotFound {
  /** Position in the request. */
  at: number;
  /** 512 bytes. */
  sealedCard: Uint8Array;
}

/*
 * POST /v1/me/slots, response to both requests
 * struct { uint8 version = 1; uint8 kind = 5; uint16 accepted; uint16 waiting; uint64 retryAtMs; uint16 count;
 *          struct { uint16 at; uint8 sealedCard[512]; } found[count]; }
 * `accepted` sides are written (or were, for a read), the `waiting` last ones were over budget and are worth sending again
 * from `retryAtMs` on (0 where none wait). Positions ascend and are below `accepted`.
 */
export class SlotsAnswer {
  readonly accepted: number;
  readonly found: readonly SlotFound[];
  readonly waiting: number;
  readonly retryAtMs: number;

  constructor(
    accepted: number,
    found: readonly SlotFound[],
    budget: { waiting: number; retryAtMs: number } = { waiting: 0, retryAtMs: 0 },
  ) {
    this.accepted = accepted;
    this.found = found;
    this.waiting = budget.waiting;
    this.retryAtMs = budget.retryAtMs;
  }

  serialize(): Uint8Array {
    const writer = new FrameWriter('slotsAnswer')
      .uint(this.accepted, 2)
      .uint(this.waiting, 2)
      .time(this.retryAtMs)
      .uint(this.found.length, 2);
    for (const { at, sealedCard } of this.found)
      writer.uint(at, 2).bytes(expectLength(sealedCard, SEALED_CARD_BYTES));
    return writer.finish();
  }

  static deserialize(message: Uint8Array): SlotsAnswer {
    const reader = new FrameReader('slotsAnswer', message);
    const accepted = reader.uint(2);
    const waiting = reader.uint(2);
    const retryAtMs = reader.time();
    let previous = -1;
    const found = Array.from({ length: reader.uint(2) }, () => {
      const at = reader.uint(2);
      expectWire(at > previous && at < accepted);
      previous = at;
      return { at, sealedCard: reader.bytes(SEALED_CARD_BYTES) };
    });
    return reader.finish(new SlotsAnswer(accepted, found, { waiting, retryAtMs }));
  }
}
