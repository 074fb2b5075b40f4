import { CryptoError, type CryptoErrorCode } from '@kith/protocol/crypto';
import { KithError, type KithErrorCode } from '../http/kith-error.ts';

/** What a fault that the cryptography found says about the service. */
const meanings: Partial<Record<CryptoErrorCode, { code: KithErrorCode; message: string }>> = {
  issuers_invalid: { code: 'keys_invalid', message: "The issuers' public keys do not hang together" },
  issuers_too_few: {
    code: 'keys_invalid',
    message: 'The keys are not for this number, or not by the issuers',
  },
  member_key_invalid: {
    code: 'keys_invalid',
    message: 'The keys are not for this number, or not by the issuers',
  },
  point_invalid: { code: 'keys_invalid', message: 'A key is not a point of its group' },
  proof_invalid: { code: 'proof_invalid', message: 'The service did not use the key that it publishes' },
  element_invalid: { code: 'proof_invalid', message: 'The service answered with what is no element' },
};

/** What a call rejects with: the signal's reason where the app has stopped it, otherwise a `KithError`. */
export function asKithError(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (!(error instanceof CryptoError)) return error;
  const meaning = meanings[error.code] ?? {
    code: 'answer_invalid' as const,
    message: 'The answer does not have the documented layout',
  };
  return new KithError({ ...meaning, status: 200, cause: error });
}
