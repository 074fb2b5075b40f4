import { errorOf, KithError } from './kith-error.ts';

/** One request, before it is sent. */
export interface Exchange {
  url: string;
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  headers: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal | undefined;
  timeoutMs: number;
}

/**
 * Sends one request and reads its JSON answer (undefined for an empty one).
 * Throws `KithError`, or the reason of the caller's own signal.
 */
export async function exchange(send: typeof fetch, request: Exchange): Promise<unknown> {
  const limit = deadline(request.timeoutMs, request.signal);
  try {
    const response = await send(request.url, initOf(request, limit.signal));
    if (!response.ok) throw await errorOf(response, Date.now());
    return await answerOf(response);
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason;
    if (error instanceof KithError) throw error;
    throw noAnswer(limit.passed(), error);
  } finally {
    limit.end();
  }
}

function initOf({ method, headers, body }: Exchange, signal: AbortSignal): RequestInit {
  // Cookies and caches have no part in this: the token says who asks, and answers change from call to call.
  const common = { method, signal, credentials: 'omit', cache: 'no-store' } as const;
  if (body === undefined) return { ...common, headers };
  return {
    ...common,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

async function answerOf(response: Response): Promise<unknown> {
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
