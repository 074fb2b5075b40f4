/** A call that did not succeed. `code` is the service's, or `network` or `answer_invalid` where none answered. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: string;
  readonly status: number;
  readonly retryAfterSecs: number | undefined;

  constructor(code: string, status: number, retryAfterSecs?: number) {
    super(code);
    this.code = code;
    this.status = status;
    this.retryAfterSecs = retryAfterSecs;
  }
}

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  signal?: AbortSignal;
}

/** Makes calls as whoever is signed in. */
export type Call = <Answer>(path: string, options?: CallOptions) => Promise<Answer>;

/** What calls need to know of the session. */
export interface CallSession {
  csrf: () => string | undefined;
  /** Asks who is signed in now; true where it is the same analyst, with another token. */
  renew?: () => Promise<boolean>;
}

/**
 * Calls go with the session's cookie; those that change something carry the session's own token as well, which a page of
 * another origin cannot know. Where somebody has signed in anew in another tab, that token is fetched once more.
 *
 * @throws CallError
 */
export function createCall({ csrf, renew }: CallSession): Call {
  return async <Answer>(path: string, options: CallOptions = {}) => {
    try {
      return (await callOnce(path, options, csrf())) as Answer;
    } catch (error) {
      const isOutdated = error instanceof CallError && error.code === 'csrf_invalid';
      if (!isOutdated || !renew || !(await renew())) throw error;
      return (await callOnce(path, options, csrf())) as Answer;
    }
  };
}

async function callOnce(path: string, options: CallOptions, csrf: string | undefined): Promise<unknown> {
  const response = await answerOf(path, options, csrf);
  return response.status === 204 ? undefined : contentOf(response);
}

async function answerOf(path: string, options: CallOptions, csrf: string | undefined): Promise<Response> {
  const { method = 'GET', body, query, signal } = options;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrf !== undefined) headers['kith-csrf'] = csrf;
  try {
    return await fetch(path + queryOf(query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new CallError('network', 0);
  }
}

async function contentOf(response: Response): Promise<unknown> {
  const content: unknown = await response.json().catch(() => undefined);
  if (response.ok && content !== undefined) return content;
  const code = isProblem(content) ? content.code : 'answer_invalid';
  throw new CallError(code, response.status, retryAfterOf(response));
}

function isProblem(content: unknown): content is { code: string } {
  return (
    typeof content === 'object' && content !== null && 'code' in content && typeof content.code === 'string'
  );
}

function retryAfterOf(response: Response): number | undefined {
  const secs = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(secs) ? secs : undefined;
}

function queryOf(query: CallOptions['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}
