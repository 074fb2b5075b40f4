import { concatBytes, uintBytes } from '../bytes.ts';
import { CryptoError } from '../errors.ts';

/** Every binary message starts with this version and its kind, one byte each. */
const WIRE_VERSION = 1;

/** The second byte of each message. */
export const wireKinds = {
  oprfRequest: 1,
  oprfResponse: 2,
  slotsWrite: 3,
  slotsRead: 4,
  slotsAnswer: 5,
  hints: 6,
  bucket: 7,
  reveals: 8,
  memberKeys: 9,
  issuerSet: 10,
  announcement: 11,
  dealing: 12,
  verdict: 13,
  answer: 14,
  ceremonyState: 15,
  bucketPartsRequest: 16,
  bucketPartsAnswer: 17,
} as const;
export type WireKind = keyof typeof wireKinds;

/** Puts a message together: big-endian integers and raw bytes, after the two bytes of the frame. */
export class FrameWriter {
  private readonly parts: Uint8Array[];

  constructor(kind: WireKind) {
    this.parts = [Uint8Array.of(WIRE_VERSION, wireKinds[kind])];
  }

  /** An integer below 2^(8 * length); `wire_invalid` for any other. */
  uint(value: number, length: 1 | 2 | 4): this {
    if (!Number.isInteger(value) || value < 0 || value >= 256 ** length)
      throw new CryptoError('wire_invalid');
    this.parts.push(uintBytes(value, length));
    return this;
  }

  /** Milliseconds since 1970 as 8 bytes. */
  time(ms: number): this {
    if (!Number.isSafeInteger(ms) || ms < 0) throw new CryptoError('wire_invalid');
    return this.uint(Math.floor(ms / 2 ** 32), 4).uint(ms % 2 ** 32, 4);
  }

  bytes(value: Uint8Array): this {
    this.parts.push(value);
    return this;
  }

  finish(): Uint8Array {
    return concatBytes(...this.parts);
  }
}

/** Takes a message apart; anything missing, left over or out of range throws `wire_invalid`. */
export class FrameReader {
  private readonly message: Uint8Array;
  private at = 2;

  constructor(kind: WireKind, message: Uint8Array) {
    if (message[0] !== WIRE_VERSION || message[1] !== wireKinds[kind]) throw new CryptoError('wire_invalid');
    this.message = message;
  }

  uint(length: 1 | 2 | 4): number {
    return this.bytes(length).reduce((value, byte) => value * 256 + byte, 0);
  }

  time(): number {
    const ms = this.uint(4) * 2 ** 32 + this.uint(4);
    if (!Number.isSafeInteger(ms)) throw new CryptoError('wire_invalid');
    return ms;
  }

  /** The next `length` bytes, not copied. */
  bytes(length: number): Uint8Array {
    if (this.at + length > this.message.length) throw new CryptoError('wire_invalid');
    this.at += length;
    return this.message.subarray(this.at - length, this.at);
  }

  /** `value`, once nothing is left over. */
  finish<T>(value: T): T {
    if (this.at !== this.message.length) throw new CryptoError('wire_invalid');
    return value;
  }
}

/** Throws `wire_invalid` unless `holds`. */
export function expectWire(holds: boolean): void {
  if (!holds) throw new CryptoError('wire_invalid');
}
