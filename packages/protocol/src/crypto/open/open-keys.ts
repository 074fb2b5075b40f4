import { expectLength, utf8 } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { epochBytes, versionBytes } from '../integers.ts';
import { context, expandKey, extractKey } from '../kdf.ts';
import { expectNumber } from '../mutual/identity.ts';
import { OUTPUT_BYTES } from '../voprf/voprf.ts';

/** Bytes of a tag, whose first bits name the bucket. */
export const OPEN_TAG_BYTES = 16;
/** Bytes of a hint: a stranger's entry bears it by chance once in 2^32. */
export const HINT_BYTES = 4;
/** The longest prefix, in bits. */
export const PREFIX_BITS_MAX = 24;

/** What follows from F(number): where its entry lies, and the secret that its daily keys come from. */
export interface OpenKeys {
  /** 16 bytes, the same every day of a key version. */
  tag: Uint8Array;
  /** 32 bytes. */
  secret: Uint8Array;
}

/** Of one day: how the entry is recognised in its bucket, and what opens it. */
export interface DayKeys {
  /** 4 bytes. */
  hint: Uint8Array;
  /** 32 bytes. */
  sealingKey: Uint8Array;
}

/** The input of the VOPRF for a number: its E.164 form as ASCII. `number_invalid` if it has another form. */
export function openInput(number: string): Uint8Array {
  return utf8(expectNumber(number));
}

/** From the 64 bytes of F(number) under the key of this version (0 to 65,535). */
export function deriveOpenKeys(output: Uint8Array, keyVersion: number): OpenKeys {
  const root = extractKey('open', expectLength(output, OUTPUT_BYTES));
  const version = versionBytes(keyVersion);
  return {
    tag: expandKey(root, context('open tag', version), OPEN_TAG_BYTES),
    secret: expandKey(root, context('open secret', version), 32),
  };
}

/** The keys of a day, counted from 1970 in UTC. */
export function deriveDayKeys(secret: Uint8Array, day: number): DayKeys {
  const block = expandKey(expectLength(secret, 32), context('open day', epochBytes(day)), 32 + HINT_BYTES);
  return { sealingKey: block.subarray(0, 32), hint: block.subarray(32) };
}

/** The first `prefixBits` (0 to 24) bits of a tag, as an integer: the name of its bucket. */
export function bucketOf(tag: Uint8Array, prefixBits: number): number {
  expectLength(tag, OPEN_TAG_BYTES);
  if (!Number.isInteger(prefixBits) || prefixBits < 0 || prefixBits > PREFIX_BITS_MAX)
    throw new CryptoError('wire_invalid');
  const first = tag.subarray(0, 4).reduce((value, byte) => value * 256 + byte, 0);
  return Math.floor(first / 2 ** (32 - prefixBits));
}
