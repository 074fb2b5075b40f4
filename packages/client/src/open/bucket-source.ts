import type { DayKeys } from '@kith/protocol/crypto';
import type { KnownContact } from '../find-people/contacts.ts';

/** A contact whose number has been looked up, in the bucket that its tag names. */
export interface Sought {
  contact: KnownContact;
  keys: DayKeys;
}

/** A bucket, and who is sought in it. */
export type SoughtBucket = readonly [prefix: number, sought: readonly Sought[]];

/** A sealed ticket that bears a contact's hint. */
export interface Candidate {
  keys: DayKeys;
  sealedTicket: Uint8Array;
}

/** A way to get at what is in today's buckets. */
export interface BucketSource {
  /** Buckets that are looked through before what was found is redeemed and kept. */
  readonly bucketsPerStep: number;
  /** Steps under way at a time. */
  readonly stepsAtOnce: number;
  /** What bears the hints of those sought. @throws KithError `bucket_invalid` */
  candidates(buckets: readonly SoughtBucket[]): Promise<Candidate[]>;
}

/**
 * Where buckets come from: `together` asks the service for those of many contacts at once, in a tenth of the bytes;
 * `cacheable` fetches each by an address of its own, which any cache in front may answer and so hide who asks.
 */
export type BucketRequests = 'together' | 'cacheable';
