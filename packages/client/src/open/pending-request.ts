import { concatBytes, ELEMENT_BYTES, itemAt, OprfRequest, SCALAR_BYTES, utf8 } from '@kith/protocol/crypto';
import { MARK_BYTES } from '../store/vault.ts';

/** Bytes that a number takes in a kept request: its ASCII filled up with zeros. */
const NUMBER_BYTES = 16;
const WIDTH = MARK_BYTES + NUMBER_BYTES + SCALAR_BYTES + ELEMENT_BYTES;

/** A request for evaluations that may have been sent: sent again byte for byte it costs nothing again. Secret. */
export interface PendingRequest {
  keyVersion: number;
  /** In the order of the elements. */
  contacts: readonly { mark: Uint8Array; number: string }[];
  /** Packed, 32 bytes each. */
  blinds: Uint8Array;
  /** Packed, 32 bytes each. */
  elements: Uint8Array;
}

/** The message that goes out, the same whenever it is made. */
export function messageOf({ keyVersion, elements }: PendingRequest): Uint8Array {
  return new OprfRequest(keyVersion, elements).serialize();
}

/** struct { uint16 keyVersion; struct { uint8 mark[16]; uint8 number[16]; uint8 blind[32]; uint8 element[32]; } all[...]; } */
export function pack({ keyVersion, contacts, blinds, elements }: PendingRequest): Uint8Array {
  const rows = contacts.flatMap(({ mark, number }, at) => {
    const ascii = new Uint8Array(NUMBER_BYTES);
    ascii.set(utf8(number));
    return [mark, ascii, itemAt(blinds, at, SCALAR_BYTES), itemAt(elements, at, ELEMENT_BYTES)];
  });
  return concatBytes(Uint8Array.of(keyVersion >> 8, keyVersion & 0xff), ...rows);
}

/** What was packed; undefined where this is something else. */
export function unpack(packed: Uint8Array): PendingRequest | undefined {
  const count = (packed.length - 2) / WIDTH;
  if (!Number.isInteger(count) || count < 1) return undefined;
  const rows = Array.from({ length: count }, (_, at) => itemAt(packed.subarray(2), at, WIDTH));
  const from = (start: number, length: number) =>
    concatBytes(...rows.map((row) => row.subarray(start, start + length)));
  const blindsAt = MARK_BYTES + NUMBER_BYTES;
  return {
    keyVersion: packed[0]! * 256 + packed[1]!,
    contacts: rows.map((row) => ({
      mark: row.slice(0, MARK_BYTES),
      number: String.fromCharCode(...row.subarray(MARK_BYTES, blindsAt)).replace(/\0+$/, ''),
    })),
    blinds: from(blindsAt, SCALAR_BYTES),
    elements: from(blindsAt + SCALAR_BYTES, ELEMENT_BYTES),
  };
}
