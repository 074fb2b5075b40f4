import { KithError } from '../http/kith-error.ts';

export function bucketInvalid(): KithError {
  return new KithError({
    code: 'bucket_invalid',
    status: 200,
    message: 'The bucket is another than asked for',
  });
}
