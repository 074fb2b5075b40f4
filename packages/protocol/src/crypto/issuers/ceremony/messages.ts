import { SEAL_OVERHEAD_BYTES } from '../../aead.ts';
import { expectLength } from '../../bytes.ts';
import { G1_BYTES, G2_BYTES, PAIRING_SCALAR_BYTES } from '../../pairing/pairing.ts';
import { expectWire, FrameReader, FrameWriter } from '../../wire/frame.ts';
import type { EncodedKey } from '../../wire/issuer-set-message.ts';

/** Bytes of a ceremony's name, of a commitment and of a transcript. */
export const CEREMONY_ID_BYTES = 16;
export const DIGEST_BYTES = 32;
/** Bytes of a share sealed to one issuer. */
export const SEALED_SHARE_BYTES = PAIRING_SCALAR_BYTES + SEAL_OVERHEAD_BYTES;

/** Who sends, and in which ceremony: the start of each message. */
export interface Sender {
  /** 16 bytes. */
  ceremony: Uint8Array;
  /** From 1. */
  index: number;
}

/*
 * Round 1
 * struct { uint8 version = 1; uint8 kind = 11; uint8 ceremony[16]; uint8 index; uint8 transportKey[48]; uint8 commitment[32]; }
 */
export interface Announcement extends Sender {
  transportKey: Uint8Array;
  commitment: Uint8Array;
}

/*
 * Round 2
 * struct { uint8 version = 1; uint8 kind = 12; uint8 ceremony[16]; uint8 index; uint8 threshold; Key coefficients[threshold];
 *          uint8 count; uint8 sealedShares[count][60]; }
 */
export interface Dealing extends Sender {
  /** The secret polynomial's coefficients times both generators, the constant first. */
  coefficients: readonly EncodedKey[];
  /** For issuer i at i - 1. */
  sealedShares: readonly Uint8Array[];
}

/*
 * Round 3
 * struct { uint8 version = 1; uint8 kind = 13; uint8 ceremony[16]; uint8 index; uint8 transcript[32]; uint8 count; uint8 accused[count]; }
 */
export interface Verdict extends Sender {
  transcript: Uint8Array;
  accused: readonly number[];
}

/*
 * Round 4, from the accused only
 * struct { uint8 version = 1; uint8 kind = 14; uint8 ceremony[16]; uint8 index; uint8 count;
 *          struct { uint8 to; uint8 share[32]; } shares[count]; }
 */
export interface Answer extends Sender {
  shares: readonly { to: number; share: Uint8Array }[];
}

export function encodeAnnouncement(message: Announcement): Uint8Array {
  return start('announcement', message)
    .bytes(expectLength(message.transportKey, G1_BYTES))
    .bytes(expectLength(message.commitment, DIGEST_BYTES))
    .finish();
}

export function decodeAnnouncement(bytes: Uint8Array): Announcement {
  const reader = new FrameReader('announcement', bytes);
  const sender = readSender(reader);
  const [transportKey, commitment] = [reader.bytes(G1_BYTES), reader.bytes(DIGEST_BYTES)];
  return reader.finish({ ...sender, transportKey, commitment });
}

export function encodeDealing(message: Dealing): Uint8Array {
  const writer = start('dealing', message).uint(message.coefficients.length, 1);
  for (const { g1, g2 } of message.coefficients)
    writer.bytes(expectLength(g1, G1_BYTES)).bytes(expectLength(g2, G2_BYTES));
  writer.uint(message.sealedShares.length, 1);
  for (const sealed of message.sealedShares) writer.bytes(expectLength(sealed, SEALED_SHARE_BYTES));
  return writer.finish();
}

export function decodeDealing(bytes: Uint8Array): Dealing {
  const reader = new FrameReader('dealing', bytes);
  const sender = readSender(reader);
  const key = () => ({ g1: reader.bytes(G1_BYTES), g2: reader.bytes(G2_BYTES) });
  const coefficients = Array.from({ length: reader.uint(1) }, key);
  const sealedShares = Array.from({ length: reader.uint(1) }, () => reader.bytes(SEALED_SHARE_BYTES));
  return reader.finish({ ...sender, coefficients, sealedShares });
}

export function encodeVerdict(message: Verdict): Uint8Array {
  return start('verdict', message)
    .bytes(expectLength(message.transcript, DIGEST_BYTES))
    .uint(message.accused.length, 1)
    .bytes(Uint8Array.from(message.accused))
    .finish();
}

export function decodeVerdict(bytes: Uint8Array): Verdict {
  const reader = new FrameReader('verdict', bytes);
  const sender = readSender(reader);
  const transcript = reader.bytes(DIGEST_BYTES);
  const accused = [...reader.bytes(reader.uint(1))];
  expectWire(accused.every((index, i) => index > (accused[i - 1] ?? 0)));
  return reader.finish({ ...sender, transcript, accused });
}

export function encodeAnswer(message: Answer): Uint8Array {
  const writer = start('answer', message).uint(message.shares.length, 1);
  for (const { to, share } of message.shares)
    writer.uint(to, 1).bytes(expectLength(share, PAIRING_SCALAR_BYTES));
  return writer.finish();
}

export function decodeAnswer(bytes: Uint8Array): Answer {
  const reader = new FrameReader('answer', bytes);
  const sender = readSender(reader);
  const share = () => ({ to: reader.uint(1), share: reader.bytes(PAIRING_SCALAR_BYTES) });
  return reader.finish({ ...sender, shares: Array.from({ length: reader.uint(1) }, share) });
}

function start(
  kind: 'announcement' | 'dealing' | 'verdict' | 'answer',
  { ceremony, index }: Sender,
): FrameWriter {
  return new FrameWriter(kind).bytes(expectLength(ceremony, CEREMONY_ID_BYTES)).uint(index, 1);
}

function readSender(reader: FrameReader): Sender {
  const ceremony = reader.bytes(CEREMONY_ID_BYTES);
  const index = reader.uint(1);
  expectWire(index >= 1);
  return { ceremony, index };
}
