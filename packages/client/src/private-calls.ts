import type { PrivateParameters, RevealsAnswer } from '@kith/protocol';
import type { CallOptions, KithHttp } from './http/kith-http.ts';

/** Which bucket of which day, and how much of it. */
export interface BucketAddress {
  prefix: number;
  day: number;
  keyVersion: number;
  part: 'hints' | 'whole';
  /** The first byte wanted and the last; the answer may be the whole nevertheless. */
  range?: readonly [from: number, to: number];
}

/**
 * The calls of the private way. Those whose answers are everyone's go without token and device id.
 *
 * @param issuerAt gives the calls to an issuer outside the service, which knows the member by an attestation alone
 */
export function privateCalls(
  http: KithHttp,
  issuerAt: (url: string, attestation: string) => KithHttp,
  { signal }: CallOptions,
) {
  const given = signal ? { signal } : {};
  const post = (path: string, body?: Uint8Array) =>
    http.request<Uint8Array>({ ...given, method: 'POST', path, body, answer: 'bytes' });
  return {
    /** @param fresh passes by every cache: what was cached has proved to be of yesterday */
    parameters: (fresh: boolean): Promise<PrivateParameters> =>
      http.request({
        ...given,
        method: 'GET',
        path: '/v1/parameters',
        anonymous: true,
        cache: fresh ? 'reload' : 'default',
      }),
    /** A `MemberKeysAnswer`, or a `KeysReferral` as JSON. */
    memberKeys: (epoch: number): Promise<Uint8Array> => post(`/v1/me/keys?epoch=${epoch}`),
    /** The `MemberKeysAnswer` of an issuer outside the service. */
    issue: (url: string, attestation: string, epoch: number): Promise<Uint8Array> =>
      issuerAt(url, attestation).request({
        ...given,
        method: 'POST',
        path: `/v1/issue?epoch=${epoch}`,
        answer: 'bytes',
      }),
    slots: (message: Uint8Array): Promise<Uint8Array> => post('/v1/me/slots', message),
    /** Takes sides back; a `SlotsRead` names them. */
    withdraw: async (message: Uint8Array): Promise<void> => {
      await http.request({ ...given, method: 'POST', path: '/v1/me/slots/withdraw', body: message });
    },
    oprf: (message: Uint8Array): Promise<Uint8Array> => post('/v1/me/oprf', message),
    bucket: ({ prefix, day, keyVersion, part, range }: BucketAddress): Promise<Uint8Array> =>
      http.request({
        ...given,
        method: 'GET',
        path: `/v1/buckets/${prefix}?day=${day}&key=${keyVersion}&part=${part}`,
        anonymous: true,
        answer: 'bytes',
        cache: 'default',
        ...(range && { headers: { range: `bytes=${range.join('-')}` } }),
      }),
    /** A `BucketPartsAnswer` to a `BucketPartsRequest`. */
    bucketParts: (message: Uint8Array): Promise<Uint8Array> =>
      http.request({
        ...given,
        method: 'POST',
        path: '/v1/buckets',
        anonymous: true,
        body: message,
        answer: 'bytes',
      }),
    reveals: (message: Uint8Array): Promise<RevealsAnswer> =>
      http.request({ ...given, method: 'POST', path: '/v1/me/reveals', body: message }),
  };
}

export type PrivateCalls = ReturnType<typeof privateCalls>;
