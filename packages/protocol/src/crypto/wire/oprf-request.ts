import { countItems } from '../bytes.ts';
import { ELEMENT_BYTES } from '../group/group.ts';
import { expectWire, FrameReader, FrameWriter } from './frame.ts';

/*
 * POST /v1/me/oprf, request
 * struct { uint8 version = 1; uint8 kind = 1; uint16 keyVersion; uint16 count; Element elements[count]; }
 * with 1 <= count. Elements are decoded by the group, not here.
 */
export class OprfRequest {
  readonly keyVersion: number;
  /** Packed, 32 bytes each. */
  readonly elements: Uint8Array;

  constructor(keyVersion: number, elements: Uint8Array) {
    this.keyVersion = keyVersion;
    this.elements = elements;
  }

  serialize(): Uint8Array {
    const count = countItems(this.elements, ELEMENT_BYTES);
    expectWire(count > 0);
    return new FrameWriter('oprfRequest')
      .uint(this.keyVersion, 2)
      .uint(count, 2)
      .bytes(this.elements)
      .finish();
  }

  static deserialize(message: Uint8Array): OprfRequest {
    const reader = new FrameReader('oprfRequest', message);
    const keyVersion = reader.uint(2);
    const count = reader.uint(2);
    expectWire(count > 0);
    return reader.finish(new OprfRequest(keyVersion, reader.bytes(count * ELEMENT_BYTES)));
  }
}
