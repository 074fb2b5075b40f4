import type { BucketsHeader } from '@kith/protocol/crypto';
import { KithError } from '../http/kith-error.ts';

export function bucketInvalid(): KithError {
  return new KithError({
    code: 'bucket_invalid',
    status: 200,
    message: 'The bucket is another than asked for',
  });
}

/** @throws KithError `bucket_invalid` for buckets of another day or key, or named by other prefixes. */
export function expectBuckets(got: BucketsHeader, asked: BucketsHeader): void {
  const isSame =
    got.day === asked.day && got.keyVersion === asked.keyVersion && got.prefixBits === asked.prefixBits;
  if (!isSame) throw bucketInvalid();
}
