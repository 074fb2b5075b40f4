import { countItems, expectLength, isZero } from '../bytes.ts';
import { ELEMENT_BYTES } from '../group/group.ts';
import { PROOF_BYTES } from '../voprf/dleq.ts';
import type { Evaluation } from '../voprf/voprf.ts';
import { expectWire, FrameReader, FrameWriter } from './frame.ts';

/*
 * POST /v1/me/oprf, response
 * struct { uint8 version = 1; uint8 kind = 2; uint16 keyVersion; uint16 count; uint16 waiting; uint64 retryAtMs;
 *          Element elements[count]; uint8 proof[64]; }
 * The first `count` elements of the request are answered and proved together; the `waiting` others were over budget and
 * are worth sending again from `retryAtMs` on (0 where none wait). With count = 0 the proof is all zero.
 */
export class OprfResponse implements Evaluation {
  readonly keyVersion: number;
  readonly elements: Uint8Array;
  readonly proof: Uint8Array;
  readonly waiting: number;
  readonly retryAtMs: number;

  constructor(
    keyVersion: number,
    evaluation: Evaluation,
    budget: { waiting: number; retryAtMs: number } = { waiting: 0, retryAtMs: 0 },
  ) {
    this.keyVersion = keyVersion;
    this.elements = evaluation.elements;
    this.proof = evaluation.proof;
    this.waiting = budget.waiting;
    this.retryAtMs = budget.retryAtMs;
  }

  serialize(): Uint8Array {
    return new FrameWriter('oprfResponse')
      .uint(this.keyVersion, 2)
      .uint(countItems(this.elements, ELEMENT_BYTES), 2)
      .uint(this.waiting, 2)
      .time(this.retryAtMs)
      .bytes(this.elements)
      .bytes(expectLength(this.proof, PROOF_BYTES))
      .finish();
  }

  static deserialize(message: Uint8Array): OprfResponse {
    const reader = new FrameReader('oprfResponse', message);
    const keyVersion = reader.uint(2);
    const count = reader.uint(2);
    const waiting = reader.uint(2);
    const retryAtMs = reader.time();
    const elements = reader.bytes(count * ELEMENT_BYTES);
    const proof = reader.bytes(PROOF_BYTES);
    expectWire(count > 0 || isZero(proof));
    return reader.finish(new OprfResponse(keyVersion, { elements, proof }, { waiting, retryAtMs }));
  }
}
