import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { addressIn, isPublicAddress } from './addresses.ts';

export interface PostOptions {
  headers: Record<string, string>;
  body: string;
  /** From the first question for its address to the head of the answer. */
  answerMsMax: number;
  /** Whether addresses that are not of the public internet may be asked. */
  toPrivate: boolean;
}

/** Its host has, or its name leads to, an address that is not of the public internet. */
export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError';
}

/**
 * Posts, and follows no redirect. What a name leads to is judged where the connection is made, not before: between two
 * questions a name may change its answer.
 *
 * @returns the status; nothing else of the answer is read.
 * @throws PrivateAddressError, or whatever kept it from being answered (`TimeoutError` where that took too long).
 */
export function post(to: string, { headers, body, answerMsMax, toPrivate }: PostOptions): Promise<number> {
  const url = new URL(to);
  const address = addressIn(url);
  if (!toPrivate && address !== undefined && !isPublicAddress(address))
    return Promise.reject(new PrivateAddressError());
  const signal = AbortSignal.timeout(answerMsMax);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: false,
      signal,
      ...(!toPrivate && { lookup: lookupPublic }),
    });
    request.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.end(body);
  });
}

/** Answers like `dns.lookup`, except that one private address among all spoils the name. */
const lookupPublic: LookupFunction = (host, options, answer) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    if (error || !first) return answer(error ?? new Error('no address'), []);
    if (!found.every(({ address }) => isPublicAddress(address))) return answer(new PrivateAddressError(), []);
    if (options.all) return answer(null, found);
    return answer(null, first.address, first.family);
  });
};
