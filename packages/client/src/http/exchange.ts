import { errorOf, KithError } from './kith-error.ts';

/** One request, before it is sent. */
export interface Exchange {
  url: string;
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  headers: Record<string, string>;
  /** Bytes are sent as they are, anything else as JSON. */
  body?: unknown;
  /** What the answer is read as; default JSON. */
  answer?: 'json' | 'bytes' | undefined;
  /** Default `no-store`. */
  cache?: RequestCache | undefined;
  signal?: AbortSignal | undefined;
  timeoutMs: number;
}

/**
 * Sends one request and reads its answer: bytes, or JSON (undefined for an empty one).
 * Throws `KithError`, or the reason of the caller's own signal.
 */
export async function exchange(send: typeof fetch, request: Exchange): Promise<unknown> {
  const limit = deadline(request.timeoutMs, request.signal);
  try {
    const response = await send(request.url, initOf(request, limit.signal));
    if (!response.ok) throw await errorOf(response, Date.now());
    return request.answer === 'bytes' ? await bytesOf(response) : await jsonOf(response);
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason;
    if (error instanceof KithError) throw error;
    throw noAnswer(limit.passed(), error);
  } finally {
    limit.end();
  }
}

function initOf({ method, headers, body, cache }: Exchange, signal: AbortSignal): RequestInit {
  // Cookies have no part in this, nor caches unless asked for: the token says who asks, and answers change.
  const common = { method, signal, credentials: 'omit', cache: cache ?? 'no-store' } as const;
  if (body === undefined) return { ...common, headers };
  const binary = body instanceof Uint8Array;
  return {
    ...common,
    headers: { ...headers, 'content-type': binary ? 'application/octet-stream' : 'application/json' },
    body: binary ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
  };
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = 'The answer is not JSON';
    throw new KithError({ code: 'answer_invalid', status: response.status, message, cause });
  }
}

function noAnswer(timedOut: boolean, cause: unknown): KithError {
  return timedOut
    ? new KithError({ code: 'timeout', status: 0, message: 'The service did not answer in time', cause })
    : new KithError({ code: 'network', status: 0, message: 'The service cannot be reached', cause });
}

/** `AbortSignal.any` and `.timeout` by hand: React Native has neither. */
function deadline(timeoutMs: number, outer?: AbortSignal) {
  const inner = new AbortController();
  let passed = false;
  const stop = () => inner.abort();
  const timer = setTimeout(() => {
    passed = true;
    inner.abort();
  }, timeoutMs);
  if (outer?.aborted) inner.abort();
  outer?.addEventListener('abort', stop, { once: true });
  return {
    signal: inner.signal,
    passed: () => passed,
    end: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', stop);
    },
  };
}
