import {
  Bucket,
  type BucketHeader,
  compareBytes,
  findHint,
  HINT_BYTES,
  SEALED_TICKET_BYTES,
} from '@kith/protocol/crypto';
import { inParallel } from '../find-people/in-parallel.ts';
import { type Run, stopIfAborted } from '../find-people/run.ts';
import type { Parameters } from '../parameters/parameters.ts';
import type { BucketAddress } from '../private-calls.ts';
import { bucketInvalid, expectBuckets } from './bucket-invalid.ts';
import type { BucketSource, Candidate, SoughtBucket } from './bucket-source.ts';

/** Buckets fetched at once: what browsers allow to one host. */
const bucketsAtOnce = 6;
/** Sealed tickets that are fetched together. */
const ticketsPerRange = 16;
/** Bytes of a bucket's message before its hints. */
const BUCKET_START_BYTES = 15;

/** Fetches each bucket by an address of its own, the same for everyone all day: a cache in front may have it. */
export function bucketsCacheable(
  run: Pick<Run, 'calls' | 'signal'>,
  asked: Parameters['buckets'],
): BucketSource {
  const { day, keyVersion } = asked;
  const fetchPart = (address: Pick<BucketAddress, 'prefix' | 'part' | 'range'>): Promise<Uint8Array> =>
    run.calls.bucket({ day, keyVersion, ...address });

  function expectAsked(header: BucketHeader, prefix: number): void {
    expectBuckets(header, asked);
    if (header.prefix !== prefix) throw bucketInvalid();
  }

  async function look([prefix, sought]: SoughtBucket): Promise<Candidate[]> {
    const { header, hints } = Bucket.deserializeHints(await fetchPart({ prefix, part: 'hints' }));
    expectAsked(header, prefix);
    const candidates: Candidate[] = [];
    for (const { keys } of sought) {
      for (const at of findHint(hints, keys.hint))
        candidates.push({ keys, sealedTicket: await sealedTicket(prefix, hints, at) });
    }
    return candidates;
  }

  /** One sealed ticket, fetched among its neighbours: a cache on the way need not know which it was. */
  async function sealedTicket(prefix: number, hints: Uint8Array, at: number): Promise<Uint8Array> {
    const count = hints.length / HINT_BYTES;
    const first = at - (at % ticketsPerRange);
    const wanted = Math.min(ticketsPerRange, count - first);
    const from = BUCKET_START_BYTES + hints.length + first * SEALED_TICKET_BYTES;
    const range = [from, from + wanted * SEALED_TICKET_BYTES - 1] as const;
    const part = await fetchPart({ prefix, part: 'whole', range });
    if (part.length === wanted * SEALED_TICKET_BYTES)
      return part.subarray((at - first) * SEALED_TICKET_BYTES, (at - first + 1) * SEALED_TICKET_BYTES);
    const bucket = Bucket.deserialize(part);
    expectAsked(bucket.header, prefix);
    if (compareBytes(bucket.hints, hints) !== 0) throw bucketInvalid();
    return bucket.sealedTicketAt(at);
  }

  return {
    bucketsPerStep: 128,
    stepsAtOnce: 1,
    candidates: async (buckets) => {
      const found: Candidate[] = [];
      await inParallel(buckets, bucketsAtOnce, async (bucket) => {
        stopIfAborted(run);
        found.push(...(await look(bucket)));
      });
      return found;
    },
  };
}
