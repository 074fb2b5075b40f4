import { describe, expect, it } from 'vitest';
import { newDeviceId } from './device-id.ts';
import { KithError } from './kith-error.ts';
import { KithHttp, type KithHttpOptions } from './kith-http.ts';

const me = { id: 'ada', card: { name: 'Ada', handle: 'ada' }, discoverable: 'mutual', hasPhone: true };
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const problem = (code: string, status: number, more: object = {}, headers: Record<string, string> = {}) =>
  json(
    { type: `/docs/errors#${code}`, title: code, status, code, detail: `about ${code}`, ...more },
    status,
    headers,
  );

/** A service that gives these answers in turn, and remembers what it was asked. */
function scripted(...answers: (Response | Error)[]) {
  const asked: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: unknown, init: RequestInit = {}) => {
    asked.push({ url: String(url), init });
    const answer = answers.shift();
    if (!answer) throw new Error('asked more often than scripted');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, fetch: fetch as typeof globalThis.fetch };
}

function client(service: { fetch: typeof fetch }, options: Partial<KithHttpOptions> = {}) {
  const retry = { baseMs: 1, pauseMsMax: 2 };
  return new KithHttp({
    origin: 'https://kith.example/',
    token: 't0k',
    fetch: service.fetch,
    retry,
    ...options,
  });
}

const failure = async (promise: Promise<unknown>): Promise<KithError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof KithError)) throw new Error(`expected a KithError, got ${String(error)}`);
  return error;
};

describe('requests', () => {
  it('carry the token and the device, and no cookies', async () => {
    const service = scripted(json(me));
    expect(await client(service, { deviceId: 'd1' }).me()).toEqual(me);
    const { url, init } = service.asked[0]!;
    expect(url).toBe('https://kith.example/v1/me');
    expect(init.headers).toMatchObject({ authorization: 'Bearer t0k', 'kith-device': 'd1' });
    expect(init.credentials).toBe('omit');
  });

  it('send each verb to its documented call', async () => {
    const service = scripted(
      json(me),
      json({}),
      json({}),
      new Response(null, { status: 204 }),
      json({}),
      json({}),
    );
    const kith = client(service);
    await kith.setDiscoverable('anyone');
    await kith.putContacts({ numbers: ['+14155550123'], region: 'US' });
    await kith.patchContacts({ add: ['1'], remove: ['2'] });
    expect(await kith.deleteContacts()).toBeUndefined();
    await kith.exposure();
    await kith.budget();
    expect(service.asked.map(({ url, init }) => [init.method, new URL(url).pathname, init.body])).toEqual([
      ['PATCH', '/v1/me', '{"discoverable":"anyone"}'],
      ['PUT', '/v1/me/contacts', '{"numbers":["+14155550123"],"region":"US"}'],
      ['PATCH', '/v1/me/contacts', '{"add":["1"],"remove":["2"]}'],
      ['DELETE', '/v1/me/contacts', undefined],
      ['GET', '/v1/me/exposure', undefined],
      ['GET', '/v1/me/budget', undefined],
    ]);
  });

  it('carry bytes as they are, and give bytes back', async () => {
    const service = scripted(new Response(Uint8Array.of(1, 2, 3)));
    const call = { method: 'POST', path: '/v1/me/oprf', body: Uint8Array.of(9), answer: 'bytes' } as const;
    expect(await client(service).request(call)).toEqual(Uint8Array.of(1, 2, 3));
    const { init } = service.asked[0]!;
    expect(init.headers).toMatchObject({ 'content-type': 'application/octet-stream' });
    expect(init.body).toEqual(Uint8Array.of(9));
  });

  it('without a name carry neither token nor device, and may be answered by a cache', async () => {
    const service = scripted(json({}));
    const call = { method: 'GET', path: '/v1/parameters', anonymous: true, cache: 'default' } as const;
    await client(service, { deviceId: 'd1' }).request(call);
    const { init } = service.asked[0]!;
    expect(Object.keys(init.headers as object)).toEqual(['accept']);
    expect(init.cache).toBe('default');
  });

  it('work from a page of the same origin', async () => {
    const service = scripted(json(me));
    await client(service, { origin: '' }).me();
    expect(service.asked[0]!.url).toBe('/v1/me');
  });
});

describe('people', () => {
  it('come page after page until there is no next', async () => {
    const person = (id: string) => ({
      id,
      card: { name: id, handle: id },
      how: 'mutual',
      since: '2026-01-01T00:00:00Z',
    });
    const service = scripted(json({ people: [person('a')], next: 'x/1' }), json({ people: [person('b')] }));
    expect((await client(service).allPeople()).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(service.asked.map(({ url }) => new URL(url).search)).toEqual(['', '?after=x%2F1']);
  });
});

describe('problems', () => {
  it('become typed errors with code, status and where', async () => {
    const service = scripted(problem('body_invalid', 400, { at: '/numbers/3' }));
    const error = await failure(client(service).putContacts({ numbers: [] }));
    expect(error).toMatchObject({
      code: 'body_invalid',
      status: 400,
      at: '/numbers/3',
      message: 'about body_invalid',
    });
    expect(service.asked).toHaveLength(1);
  });

  it('are told apart from the error page of a proxy', async () => {
    const service = scripted(new Response('<h1>Bad Request</h1>', { status: 400 }));
    expect(await failure(client(service).me())).toMatchObject({ code: 'answer_invalid', status: 400 });
  });

  it('include a success that is not JSON', async () => {
    const service = scripted(new Response('<h1>Welcome to the hotel</h1>'));
    expect(await failure(client(service).me())).toMatchObject({ code: 'answer_invalid', status: 200 });
  });
});

describe('retries', () => {
  it('follow 503, 429 and a lost connection, until an answer comes', async () => {
    const service = scripted(
      problem('database_unavailable', 503),
      problem('too_many_requests', 429),
      new TypeError('fetch failed'),
      json(me),
    );
    expect(await client(service).me()).toEqual(me);
  });

  it('give up after attemptsMax tries with the last error', async () => {
    const service = scripted(...Array.from({ length: 3 }, () => problem('shutting_down', 503)));
    const kith = client(service, { retry: { baseMs: 1, pauseMsMax: 1, attemptsMax: 3 } });
    expect(await failure(kith.me())).toMatchObject({ code: 'shutting_down', status: 503 });
    expect(service.asked).toHaveLength(3);
  });

  it('do not wait out a Retry-After beyond the limit, but hand it over', async () => {
    const service = scripted(problem('too_many_requests', 429, {}, { 'retry-after': '3600' }));
    expect(await failure(client(service).me())).toMatchObject({
      code: 'too_many_requests',
      retryAfterSecs: 3600,
    });
    expect(service.asked).toHaveLength(1);
  });

  it('wait at least as long as the service asked', async () => {
    const service = scripted(problem('too_many_requests', 429, { retryAfterSecs: 1 }), json(me));
    const before = performance.now();
    await client(service).me();
    expect(performance.now() - before).toBeGreaterThanOrEqual(990);
  });

  it('end at once when the caller aborts during the pause, with its reason', async () => {
    const service = scripted(problem('database_unavailable', 503, { retryAfterSecs: 20 }));
    const abort = new AbortController();
    const call = client(service).me({ signal: abort.signal });
    setTimeout(() => abort.abort(new Error('left the page')), 20);
    await expect(call).rejects.toThrow('left the page');
  });

  it('are not made for a caller that has aborted already', async () => {
    const service = scripted();
    await expect(client(service).me({ signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow(
      'gone',
    );
    expect(service.asked).toHaveLength(0);
  });
});

describe('a service that never answers', () => {
  const silent: { fetch: typeof fetch } = {
    fetch: (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      }),
  };

  it('is a timeout', async () => {
    const kith = client(silent, { timeoutMs: 10, retry: { attemptsMax: 1 } });
    expect(await failure(kith.me())).toMatchObject({ code: 'timeout', status: 0 });
  });

  it('is left at once when the caller aborts', async () => {
    const abort = new AbortController();
    const call = client(silent).me({ signal: abort.signal });
    setTimeout(() => abort.abort(new Error('left the page')), 10);
    await expect(call).rejects.toThrow('left the page');
  });
});

describe('a token from a function', () => {
  it('is fetched once for calls made at the same time', async () => {
    let fetched = 0;
    const token = async () => `t${++fetched}`;
    const kith = client(scripted(json(me), json(me)), { token });
    await Promise.all([kith.me(), kith.me()]);
    expect(fetched).toBe(1);
  });

  it('is fetched again once when it was refused', async () => {
    let fetched = 0;
    const token = async () => `t${++fetched}`;
    const service = scripted(problem('token_expired', 401), json(me));
    await client(service, { token }).me();
    expect(service.asked.map(({ init }) => new Headers(init.headers).get('authorization'))).toEqual([
      'Bearer t1',
      'Bearer t2',
    ]);
  });

  it('is given up when the second is refused as well', async () => {
    const service = scripted(problem('token_expired', 401), problem('token_invalid', 401));
    expect((await failure(client(service, { token: async () => 't' }).me())).code).toBe('token_invalid');
  });

  it('is not asked for again when the token was a string', async () => {
    const service = scripted(problem('token_expired', 401));
    expect((await failure(client(service).me())).status).toBe(401);
    expect(service.asked).toHaveLength(1);
  });
});

describe('device ids', () => {
  it('are 32 hexadecimal digits, each time others', () => {
    expect(newDeviceId()).toMatch(/^[0-9a-f]{32}$/);
    expect(newDeviceId()).not.toBe(newDeviceId());
  });
});
