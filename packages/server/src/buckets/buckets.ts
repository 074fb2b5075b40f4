import { createHash } from 'node:crypto';
import { Problem } from '@kith/protocol';
import { Bucket } from '@kith/protocol/crypto';
import type { Context } from '../context.ts';
import { type Day, today } from './days.ts';
import { bucketBits, insertBucket, readBucket, readEntries } from './store.ts';

/** Buckets kept in memory; a day of a million open members has about 4,000 of 20 KB. */
const keptMax = 4_096;

/** What goes out for an address. */
interface Part {
  body: Buffer;
  /** Quoted, as in the header. */
  etag: string;
}

/** A bucket as it goes out, in both its parts. */
export interface BucketParts {
  whole: Part;
  hints: Part;
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
  const hints = Buffer.from(Bucket.deserialize(whole).serializeHints());
  return { whole: partOf(whole), hints: partOf(hints) };
}

function partOf(body: Buffer): Part {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, etag };
}
