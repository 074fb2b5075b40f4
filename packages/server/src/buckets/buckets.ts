import { createHash } from 'node:crypto';
import { Problem } from '@kith/protocol';
import {
  Bucket,
  type BucketPart,
  BucketPartsAnswer,
  BucketPartsRequest,
  CryptoError,
  FIRST_TICKET_PART,
  itemAt,
  REST_OF_HINTS_PART,
  restOfHints,
  SEALED_TICKET_BYTES,
  SHORT_HINTS_PART,
  shortenHints,
} from '@kith/protocol/crypto';
import type { Context } from '../context.ts';
import { type Day, today } from './days.ts';
import { bucketBits, insertBucket, readBucket, readEntries } from './store.ts';

/** Buckets kept in memory; a day of a million open members has about 4,000 of 20 KB. */
const keptMax = 4_096;

/** Buckets that are loaded or built at once for one request. */
const loadedAtOnce = 8;

/** What goes out for an address. */
interface Part {
  body: Buffer;
  /** Quoted, as in the header. */
  etag: string;
}

/** A bucket as it goes out: as messages of its own, and in parts among those of others. */
export interface BucketParts {
  whole: Part;
  hints: Part;
  shortHints: Uint8Array;
  restOfHints: Uint8Array;
  sealedTickets: Uint8Array;
}

/** Today's buckets: built when first asked for, kept for all servers, the same all day. */
export class Buckets {
  readonly #context: Context;
  readonly #kept = new Map<string, Promise<BucketParts>>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** @throws Problem `bucket_unknown` for another day than today, another key, or a prefix that is none */
  async get(asked: {
    prefix: number;
    day?: number;
    keyVersion?: number;
  }): Promise<{ parts: BucketParts; day: Day }> {
    const day = await today(this.#context);
    const other =
      (asked.day ?? day.day) !== day.day || (asked.keyVersion ?? day.keyVersion) !== day.keyVersion;
    if (other || asked.prefix >= 2 ** day.prefixBits) throw new Problem('bucket_unknown');
    return { parts: await this.#keep(day, asked.prefix), day };
  }

  /**
   * Parts of many buckets in one answer.
   *
   * @param message a `BucketPartsRequest`
   * @returns a `BucketPartsAnswer`
   * @throws Problem `bucket_unknown` for other buckets than today's; CryptoError `wire_invalid`
   */
  async getParts(message: Uint8Array): Promise<Uint8Array> {
    const { header, parts } = BucketPartsRequest.deserialize(message);
    const day = await today(this.#context);
    if (
      header.day !== day.day ||
      header.keyVersion !== day.keyVersion ||
      header.prefixBits !== day.prefixBits
    )
      throw new Problem('bucket_unknown');
    const buckets = await this.#keepAll(
      day,
      parts.map(({ prefix }) => prefix),
    );
    const bodies = parts.map((part) => bytesOfPart(buckets.get(part.prefix)!, part));
    return new BucketPartsAnswer(header, bodies).serialize();
  }

  /** Few at a time: others need the database and the threads too. */
  async #keepAll(day: Day, prefixes: readonly number[]): Promise<Map<number, BucketParts>> {
    const distinct = [...new Set(prefixes)];
    const buckets = new Map<number, BucketParts>();
    const load = async (prefix: number) => buckets.set(prefix, await this.#keep(day, prefix));
    for (let from = 0; from < distinct.length; from += loadedAtOnce)
      await Promise.all(distinct.slice(from, from + loadedAtOnce).map(load));
    return buckets;
  }

  #keep(day: Day, prefix: number): Promise<BucketParts> {
    const key = `${day.day} ${day.keyVersion} ${prefix}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    if (this.#kept.size >= keptMax) this.#kept.clear();
    const made = this.#load(day, prefix);
    this.#kept.set(key, made);
    made.catch(() => this.#kept.delete(key));
    return made;
  }

  async #load(day: Day, prefix: number): Promise<BucketParts> {
    const { database } = this.#context;
    const key = { prefix, day: day.day, keyVersion: day.keyVersion };
    const stored = await readBucket(database, key);
    if (stored) return partsOf(stored);
    await insertBucket(database, key, await this.#build(day, prefix));
    // Another server may have been faster; its bucket is the bucket.
    return partsOf((await readBucket(database, key))!);
  }

  /** In a thread: 256 entries are some 20 ms of hashing. */
  async #build(day: Day, prefix: number): Promise<Uint8Array> {
    const width = 2 ** (bucketBits - day.prefixBits);
    const range = { from: prefix * width, below: (prefix + 1) * width };
    const rows = await readEntries(this.#context.database, day.keyVersion, range);
    const ticketKey = this.#context.keyring.key('ticket');
    const entries = rows.map(({ secret, handle }) => ({ secret, handle }));
    return this.#context.compute.run('buckets', 'bucket', { header: { ...day, prefix }, entries, ticketKey });
  }
}

function partsOf(whole: Buffer): BucketParts {
  const bucket = Bucket.deserialize(whole);
  return {
    whole: partOf(whole),
    hints: partOf(Buffer.from(bucket.serializeHints())),
    shortHints: shortenHints(bucket.hints),
    restOfHints: restOfHints(bucket.hints),
    sealedTickets: bucket.sealedTickets,
  };
}

function bytesOfPart(bucket: BucketParts, { part }: BucketPart): Uint8Array {
  if (part === SHORT_HINTS_PART) return bucket.shortHints;
  if (part === REST_OF_HINTS_PART) return bucket.restOfHints;
  const ticket = itemAt(bucket.sealedTickets, part - FIRST_TICKET_PART, SEALED_TICKET_BYTES);
  if (ticket.length === 0) throw new CryptoError('wire_invalid');
  return ticket;
}

function partOf(body: Buffer): Part {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, etag };
}
