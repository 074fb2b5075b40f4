import { expectLength } from '../bytes.ts';
import { G1_BYTES, G2_BYTES } from '../pairing/pairing.ts';
import { FrameReader, FrameWriter } from './frame.ts';

/*
 * POST /v1/me/keys, response of one issuer
 * struct { uint8 version = 1; uint8 kind = 9; uint32 epoch; uint8 issuer; uint8 d1[48]; uint8 d2[96]; }
 * `issuer` counts from 1; where there is but one it is 1. The points are decoded by the pairing, not here.
 */
export class MemberKeysAnswer {
  readonly epoch: number;
  readonly issuer: number;
  readonly d1: Uint8Array;
  readonly d2: Uint8Array;

  constructor(epoch: number, issuer: number, d1: Uint8Array, d2: Uint8Array) {
    this.epoch = epoch;
    this.issuer = issuer;
    this.d1 = d1;
    this.d2 = d2;
  }

  serialize(): Uint8Array {
    return new FrameWriter('memberKeys')
      .uint(this.epoch, 4)
      .uint(this.issuer, 1)
      .bytes(expectLength(this.d1, G1_BYTES))
      .bytes(expectLength(this.d2, G2_BYTES))
      .finish();
  }

  static deserialize(message: Uint8Array): MemberKeysAnswer {
    const reader = new FrameReader('memberKeys', message);
    const epoch = reader.uint(4);
    const issuer = reader.uint(1);
    return reader.finish(new MemberKeysAnswer(epoch, issuer, reader.bytes(G1_BYTES), reader.bytes(G2_BYTES)));
  }
}
