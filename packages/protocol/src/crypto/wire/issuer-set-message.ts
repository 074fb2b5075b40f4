import { expectLength } from '../bytes.ts';
import { G1_BYTES, G2_BYTES } from '../pairing/pairing.ts';
import { expectWire, FrameReader, FrameWriter } from './frame.ts';

/** A public key in both groups, encoded: 48 and 96 bytes. */
export interface EncodedKey {
  g1: Uint8Array;
  g2: Uint8Array;
}

/*
 * The public side of an issuer set, as clients pin it
 * struct { uint8 version = 1; uint8 kind = 10; uint8 threshold; uint8 count; Key whole; Key shares[count]; }
 * with Key = struct { uint8 g1[48]; uint8 g2[96]; } and 1 <= threshold <= count. Issuer i has shares[i - 1].
 */
export class IssuerSetMessage {
  readonly threshold: number;
  readonly whole: EncodedKey;
  readonly shares: readonly EncodedKey[];

  constructor(threshold: number, whole: EncodedKey, shares: readonly EncodedKey[]) {
    this.threshold = threshold;
    this.whole = whole;
    this.shares = shares;
  }

  serialize(): Uint8Array {
    expectWire(1 <= this.threshold && this.threshold <= this.shares.length);
    const writer = new FrameWriter('issuerSet').uint(this.threshold, 1).uint(this.shares.length, 1);
    for (const { g1, g2 } of [this.whole, ...this.shares])
      writer.bytes(expectLength(g1, G1_BYTES)).bytes(expectLength(g2, G2_BYTES));
    return writer.finish();
  }

  static deserialize(message: Uint8Array): IssuerSetMessage {
    const reader = new FrameReader('issuerSet', message);
    const threshold = reader.uint(1);
    const count = reader.uint(1);
    expectWire(1 <= threshold && threshold <= count);
    const key = () => ({ g1: reader.bytes(G1_BYTES), g2: reader.bytes(G2_BYTES) });
    const whole = key();
    return reader.finish(new IssuerSetMessage(threshold, whole, Array.from({ length: count }, key)));
  }
}
