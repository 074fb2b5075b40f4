import {
  BucketPartsAnswer,
  BucketPartsRequest,
  compareBytes,
  FIRST_TICKET_PART,
  itemAt,
  REST_BYTES,
  REST_OF_HINTS_PART,
  restOf,
  SEALED_TICKET_BYTES,
  SHORT_HINTS_PART,
  ShortHints,
} from '@kith/protocol/crypto';
import { inBatches } from '../find-people/in-parallel.ts';
import type { Run } from '../find-people/run.ts';
import type { Parameters } from '../parameters/parameters.ts';
import { bucketInvalid, expectBuckets } from './bucket-invalid.ts';
import type { BucketSource, Candidate, Sought, SoughtBucket } from './bucket-source.ts';

/** A contact that is perhaps in a bucket. */
interface Maybe extends Sought {
  prefix: number;
  /** How many entries the bucket has. */
  count: number;
  /** Where those are that may be the contact's. */
  places: readonly number[];
}

/** As many as the service takes. */
const partsPerRequest = 1_024;

type Part = { prefix: number; part: number };

/**
 * Asks the service itself for parts of many buckets at once: short hints of all, which say "maybe" to one stranger in 256;
 * the rest of the hints where they do; and the one sealed ticket where that agrees.
 */
export function bucketsTogether({ calls }: Pick<Run, 'calls'>, asked: Parameters['buckets']): BucketSource {
  /** The parts in the order in which they were asked for. */
  async function fetchParts(parts: readonly Part[]): Promise<Uint8Array[]> {
    const answers: Uint8Array[] = [];
    for (const some of inBatches(parts, partsPerRequest)) answers.push(...(await fetchSome(some)));
    return answers;
  }

  async function fetchSome(parts: readonly Part[]): Promise<readonly Uint8Array[]> {
    const message = await calls.bucketParts(new BucketPartsRequest(asked, parts).serialize());
    const answer = BucketPartsAnswer.deserialize(message);
    expectBuckets(answer.header, asked);
    if (answer.parts.length !== parts.length) throw bucketInvalid();
    return answer.parts;
  }

  async function maybes(buckets: readonly SoughtBucket[]): Promise<Maybe[]> {
    const parts = await fetchParts(buckets.map(([prefix]) => ({ prefix, part: SHORT_HINTS_PART })));
    return buckets.flatMap(([prefix, sought], at) => {
      const hints = ShortHints.read(parts[at]!);
      return sought
        .map((one) => ({ ...one, prefix, count: hints.count, places: hints.find(one.keys.hint) }))
        .filter(({ places }) => places.length > 0);
    });
  }

  /** What is left of each contact's places once all of the hint is compared. */
  async function places(found: readonly Maybe[]): Promise<(Part & Sought)[]> {
    const prefixes = [...new Set(found.map(({ prefix }) => prefix))];
    const parts = await fetchParts(prefixes.map((prefix) => ({ prefix, part: REST_OF_HINTS_PART })));
    return found.flatMap(({ prefix, count, places, contact, keys }) => {
      const rest = parts[prefixes.indexOf(prefix)]!;
      if (rest.length !== count * REST_BYTES) throw bucketInvalid();
      return places
        .filter((at) => compareBytes(itemAt(rest, at, REST_BYTES), restOf(keys.hint)) === 0)
        .map((at) => ({ prefix, part: FIRST_TICKET_PART + at, contact, keys }));
    });
  }

  return {
    // Few enough that whoever asks first in a day does not wait long until they are built.
    bucketsPerStep: 128,
    stepsAtOnce: 2,
    candidates: async (buckets): Promise<Candidate[]> => {
      const found = await places(await maybes(buckets));
      const sealed = await fetchParts(found.map(({ prefix, part }) => ({ prefix, part })));
      return found.map(({ keys }, at) => {
        const sealedTicket = sealed[at]!;
        if (sealedTicket.length !== SEALED_TICKET_BYTES) throw bucketInvalid();
        return { keys, sealedTicket };
      });
    },
  };
}
