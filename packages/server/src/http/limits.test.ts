import { connect } from 'node:net';
import { ReadableStream } from 'node:stream/web';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { number, startTestHall, type TestHall } from '../testing.ts';

const bodyMs = 300;

let hall: TestHall;
let token: string;
beforeAll(async () => {
  hall = await startTestHall({ limits: { bodyMs, bodyBytesMax: 100_000 } });
  await hall.member('ann');
  ({ token } = await hall.tokens.issue('ann'));
});
afterAll(() => hall.stop());

/** Sends bytes as they are; everything that came back until the service closed the connection, or `undefined`. */
function speak(text: string, waitMs = 5_000): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(hall.origin).port), '127.0.0.1', () => socket.write(text));
    const timer = setTimeout(() => {
      socket.destroy();
      resolve(undefined);
    }, waitMs);
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}

/** The head of a request whose body is announced and, but for one byte, never comes. */
function unfinished(method: string, path: string, headers: Record<string, string> = {}): string {
  const all = { host: 'x', 'content-type': 'application/json', 'content-length': '100', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n{`;
}

const asAnn = () => ({ authorization: `Bearer ${token}` });

describe('a body that never comes whole', () => {
  it('is given up in time, with a problem that says so', async () => {
    const answer = await speak(unfinished('PUT', '/v1/me/contacts', asAnn()));
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"body_timeout"');
  });

  it.each([
    ['a call that reads none', 'GET', '/healthz', {}],
    ['a call that needs a token', 'PUT', '/v1/me/contacts', {}],
    ['an unknown call', 'POST', '/nowhere', {}],
    ['a content type nobody reads', 'PUT', '/v1/me/contacts', { 'content-type': 'application/x-ndjson' }],
    ['a body that is too large anyway', 'PUT', '/v1/me/contacts', { 'content-length': '1000000' }],
  ])(
    'holds a connection no longer where it belongs to %s, and harms nobody',
    async (_, method, path, headers) => {
      const bearer = path.startsWith('/v1/me') && 'content-type' in headers ? asAnn() : {};
      const answer = await speak(unfinished(method, path, { ...bearer, ...headers }));
      expect(answer).toMatch(/^HTTP\/1\.1 \d{3} /);
      expect((await fetch(`${hall.origin}/healthz`)).status).toBe(200);
    },
  );

  it('is measured whole, not by its pieces: a byte at a time does not help', async () => {
    const started = performance.now();
    const socket = connect(Number(new URL(hall.origin).port), '127.0.0.1');
    socket.write(unfinished('PUT', '/v1/me/contacts', asAnn()));
    const dribble = setInterval(() => socket.writable && socket.write(' '), 20);
    socket.on('error', () => {});
    await new Promise((resolve) => socket.on('close', resolve));
    clearInterval(dribble);
    expect(performance.now() - started).toBeLessThan(5 * bodyMs);
  });

  it('may take its time in a stream that goes on', async () => {
    const key = await hall.createServiceKey('slow');
    async function* lines() {
      for (let index = 0; index < 5; index += 1) {
        yield Buffer.from(`${JSON.stringify({ id: `slow${index}`, card: { name: 'A', handle: 'a' } })}\n`);
        await new Promise((resolve) => setTimeout(resolve, bodyMs / 2));
      }
    }
    const response = await fetch(`${hall.origin}/v1/members/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body: ReadableStream.from(lines()),
      duplex: 'half',
    } as RequestInit);
    expect(await response.text()).toContain('"imported":5');
  });

  it('ends a stream that stands still', async () => {
    const key = await hall.createServiceKey('still');
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' };
    const answer = await speak(unfinished('POST', '/v1/members/import', headers));
    expect(answer).toContain('"code":"body_timeout"');
    expect(answer).not.toContain('"done"');
  });
});

describe('a body that is too large', () => {
  it('is refused by its announced length and by its actual one', async () => {
    const numbers = Array.from({ length: 10_000 }, () => number(0));
    const put = hall.as('ann');
    expect(await put('PUT', '/v1/me/contacts', { numbers })).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    });
    const chunked = await fetch(`${hall.origin}/v1/me/contacts`, {
      method: 'PUT',
      headers: { ...asAnn(), 'content-type': 'application/json' },
      body: ReadableStream.from([Buffer.from(JSON.stringify({ numbers }))]),
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(413);
    expect(await chunked.json()).toMatchObject({ code: 'body_too_large' });
  });
});

describe('requests at once', () => {
  it('are held to a few for each member, with a time to retry; others do not notice', async () => {
    await hall.member('bob');
    const held = Array.from({ length: 4 }, () => speak(unfinished('PUT', '/v1/me/contacts', asAnn())));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const refused = await hall.as('ann')('PUT', '/v1/me/contacts', { numbers: [] });
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests', retryAfterSecs: 1 } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await hall.as('bob')('PUT', '/v1/me/contacts', { numbers: [] })).status).toBe(200);
    await Promise.all(held);
    expect((await hall.as('ann')('PUT', '/v1/me/contacts', { numbers: [] })).status).toBe(200);
  });
});

describe('what is not HTTP', () => {
  it.each([
    ['garbage', 'garbage\r\n\r\n', 400, 'request_invalid'],
    [
      'a length that is none',
      'PUT /v1/me HTTP/1.1\r\nhost: x\r\ncontent-length: x\r\n\r\n',
      400,
      'request_invalid',
    ],
    [
      'endless headers',
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
  ])('is answered with a problem: %s', async (_, text, status, code) => {
    const answer = await speak(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain('application/problem+json');
    expect(JSON.parse(answer!.split('\r\n\r\n')[1]!)).toMatchObject({ status, code });
  });
});
