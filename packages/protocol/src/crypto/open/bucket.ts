import { compareBytes, expectLength, itemAt, type RandomBytes } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { Bucket, type BucketHeader } from '../wire/bucket.ts';
import { HINT_BYTES } from './open-keys.ts';
import { SEALED_TICKET_BYTES } from './sealed-ticket.ts';

/** One member in a bucket. */
export interface BucketEntry {
  /** 4 bytes. */
  hint: Uint8Array;
  /** 64 bytes. */
  sealedTicket: Uint8Array;
}

/**
 * The bucket that everyone whose tag begins with the prefix finds: entries sorted by hint among fillers that nobody
 * can open, up to a multiple of `padTo`, at least one multiple. 68 random bytes are drawn for each filler; the same
 * randomness gives the same bucket.
 */
export function buildBucket(
  header: BucketHeader,
  entries: readonly BucketEntry[],
  padTo: number,
  random: RandomBytes,
): Bucket {
  if (!Number.isInteger(padTo) || padTo < 1) throw new CryptoError('wire_invalid');
  const size = Math.max(1, Math.ceil(entries.length / padTo)) * padTo;
  const fillers = Array.from({ length: size - entries.length }, () => filler(random));
  const sorted = [...entries, ...fillers].sort(
    (a, b) => compareBytes(a.hint, b.hint) || compareBytes(a.sealedTicket, b.sealedTicket),
  );
  const hints = new Uint8Array(size * HINT_BYTES);
  const sealedTickets = new Uint8Array(size * SEALED_TICKET_BYTES);
  for (const [i, entry] of sorted.entries()) {
    hints.set(expectLength(entry.hint, HINT_BYTES), i * HINT_BYTES);
    sealedTickets.set(expectLength(entry.sealedTicket, SEALED_TICKET_BYTES), i * SEALED_TICKET_BYTES);
  }
  return new Bucket(header, hints, sealedTickets);
}

/** Positions in a bucket's packed hints that bear `hint`, by binary search; nearly always none or one. */
export function findHint(hints: Uint8Array, hint: Uint8Array): number[] {
  const count = hints.length / HINT_BYTES;
  let low = 0;
  for (let high = count; low < high; ) {
    const middle = (low + high) >> 1;
    if (compareBytes(itemAt(hints, middle, HINT_BYTES), hint) < 0) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let i = low; i < count && compareBytes(itemAt(hints, i, HINT_BYTES), hint) === 0; i++) found.push(i);
  return found;
}

function filler(random: RandomBytes): BucketEntry {
  return { hint: random(HINT_BYTES), sealedTicket: random(SEALED_TICKET_BYTES) };
}
