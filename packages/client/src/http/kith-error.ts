import type { ProblemCode, ProblemDocument } from '@kith/protocol';

/** What can go wrong before or after the service had its say. */
type ClientCode =
  /** No answer: the connection failed, or the device is offline. */
  | 'network'
  /** No answer within `timeoutMs`. */
  | 'timeout'
  /** An answer that is not Kith's: no JSON, or an error without a problem document (a proxy's page, say). */
  | 'answer_invalid'
  /** An option of the client cannot be used; `at` names it. */
  | 'option_invalid'
  /** This device lacks something that the private way needs, such as a source of randomness. */
  | 'environment_unsupported'
  /** The service now names other issuers than before, or than the app expects: nothing was sent. */
  | 'issuers_changed'
  /** The service now names another key for the same version than before: nothing was sent. */
  | 'oprf_key_changed'
  /** The issuers' public keys, or the keys they made for this number, do not hold. Is `number` the verified one? */
  | 'keys_invalid'
  /** Too few of the issuers outside the service answer. */
  | 'issuers_unavailable'
  /** The service did not use the key that it publishes. */
  | 'proof_invalid'
  /** A bucket is not the one that was asked for. */
  | 'bucket_invalid'
  /** The app closed the client while it was at work. */
  | 'closed';

/** A code to branch on. Newer services may send codes that this client does not know yet. */
export type KithErrorCode = ProblemCode | ClientCode | (string & {});

/** What a `KithError` is made of. */
export interface KithErrorFacts {
  code: KithErrorCode;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  message: string;
  /** Seconds after which the same call is worth repeating, from the document or `Retry-After`. */
  retryAfterSecs?: number | undefined;
  /** Where the input is wrong, as a JSON pointer. */
  at?: string | undefined;
  cause?: unknown;
}

/** Every failure of a call, except that a caller's own abort is rethrown as the signal's reason. */
export class KithError extends Error {
  override readonly name = 'KithError';
  readonly code: KithErrorCode;
  readonly status: number;
  readonly retryAfterSecs: number | undefined;
  readonly at: string | undefined;

  constructor(facts: KithErrorFacts) {
    super(facts.message, { cause: facts.cause });
    this.code = facts.code;
    this.status = facts.status;
    this.retryAfterSecs = facts.retryAfterSecs;
    this.at = facts.at;
  }
}

/** The error that an answer outside 2xx stands for; `now` in ms, to read a `Retry-After` that is a date. */
export async function errorOf(response: Response, now: number): Promise<KithError> {
  const document = await problemOf(response);
  const retryAfterSecs = document?.retryAfterSecs ?? retryAfterOf(response.headers.get('retry-after'), now);
  if (!document) {
    const message = `The answer (${response.status}) is not one of Kith's`;
    return new KithError({ code: 'answer_invalid', status: response.status, message, retryAfterSecs });
  }
  const { code, detail, title, at } = document;
  return new KithError({
    code,
    status: response.status,
    message: detail ?? title ?? code,
    retryAfterSecs,
    at,
  });
}

/** Seconds to wait by `Retry-After` (RFC 9110 10.2.3): a count of seconds or a date; undefined when absent or unreadable. */
export function retryAfterOf(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}

type Loose = Partial<ProblemDocument> & { code: string };

async function problemOf(response: Response): Promise<Loose | undefined> {
  try {
    const body: unknown = await response.json();
    return isProblem(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isProblem(body: unknown): body is Loose {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';
}
