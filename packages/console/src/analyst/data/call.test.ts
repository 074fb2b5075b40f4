import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallError, createCall } from './call.ts';

interface Asked {
  url: string;
  method: string | undefined;
  headers: Record<string, string>;
  body: unknown;
}

/** Answers with each of these in turn, and keeps what was asked. */
function hall(...answers: (() => Response)[]): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    asked.push({ url, method: init.method, headers, body: init.body });
    return answers[Math.min(asked.length, answers.length) - 1]!();
  });
  return asked;
}

const json =
  (body: unknown, status = 200, headers = {}) =>
  () =>
    Response.json(body, { status, headers });

afterEach(() => vi.unstubAllGlobals());

describe('a call of the study', () => {
  it('carries the token of the session where it changes something, and only there', async () => {
    const asked = hall(json({}));
    const call = createCall({ csrf: () => 'secret' });
    await call('/v1/rings', { query: { state: 'open', q: '', after: undefined, limit: 5 } });
    await call('/v1/rings/r1', { method: 'PATCH', body: { state: 'dismissed' } });
    expect(asked[0]).toMatchObject({
      url: '/v1/rings?state=open&limit=5',
      headers: { accept: 'application/json' },
    });
    expect(asked[0]!.headers).not.toHaveProperty('kith-csrf');
    expect(asked[1]).toMatchObject({ headers: { 'kith-csrf': 'secret' }, body: '{"state":"dismissed"}' });
  });

  it('fails with the code of the service and the time to wait', async () => {
    hall(json({ code: 'sign_in_locked' }, 429, { 'retry-after': '540' }));
    const failure = await createCall({ csrf: () => undefined })('/v1/session').catch((error) => error);
    expect(failure).toBeInstanceOf(CallError);
    expect(failure).toMatchObject({ code: 'sign_in_locked', status: 429, retryAfterSecs: 540 });
  });

  it('tells what nobody answered from what something else answered', async () => {
    hall(() => {
      throw new TypeError('failed to fetch');
    });
    const call = createCall({ csrf: () => undefined });
    await expect(call('/v1/rings')).rejects.toMatchObject({ code: 'network' });
    hall(() => new Response('<html>Hotel Wi-Fi</html>'));
    await expect(call('/v1/rings')).rejects.toMatchObject({ code: 'answer_invalid' });
  });

  it('goes on under a session that the same analyst has begun in another tab, once', async () => {
    const refused = json({ code: 'csrf_invalid' }, 403);
    const asked = hall(refused, json({ ok: true }));
    let csrf = 'old';
    const renew = vi.fn(async () => {
      csrf = 'new';
      return true;
    });
    expect(await createCall({ csrf: () => csrf, renew })('/v1/x', { method: 'POST' })).toEqual({ ok: true });
    expect(asked.map(({ headers }) => headers['kith-csrf'])).toEqual(['old', 'new']);
    hall(refused);
    await expect(createCall({ csrf: () => csrf, renew })('/v1/x', { method: 'POST' })).rejects.toMatchObject({
      code: 'csrf_invalid',
    });
    expect(renew).toHaveBeenCalledTimes(2);
  });
});
