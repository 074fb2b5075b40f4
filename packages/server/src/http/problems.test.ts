import { catalogue, Problem, type ProblemCode } from '@kith/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHall, type TestHall } from '../testing.ts';

let hall: TestHall;
let token: string;
beforeAll(async () => {
  hall = await startTestHall({ limits: { bodyBytesMax: 50_000 } });
  await hall.member('ann');
  await hall.member('odd/id');
  ({ token } = await hall.tokens.issue('ann'));
});
afterAll(() => hall.stop());

const json = { 'content-type': 'application/json' };
const ann = () => ({ authorization: `Bearer ${token}` });

const call = (
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Uint8Array,
) => fetch(hall.origin + path, { method, headers, ...(body !== undefined && { body: body as string }) });

const put = (body: string | Uint8Array, headers: Record<string, string> = json) =>
  call('PUT', '/v1/me/contacts', { ...ann(), ...headers }, body);

/** Every kind of failure, and the code it is answered with. */
const failures: [string, () => Promise<Response>, ProblemCode][] = [
  ['an unknown call', () => call('GET', '/v1/nothing'), 'route_unknown'],
  ['an unknown page', () => call('GET', '/nothing', { accept: 'text/html' }), 'route_unknown'],
  ['a known call by another method', () => call('POST', '/v1/me'), 'method_not_allowed'],
  [
    'a known call by another method, with an id in its path',
    () => call('PATCH', '/v1/members/odd%2Fid'),
    'method_not_allowed',
  ],
  [
    'a preflight',
    () => call('OPTIONS', '/v1/me/contacts', { origin: 'https://evil.example' }),
    'method_not_allowed',
  ],
  ['a path that is not UTF-8', () => call('GET', '/v1/members/%ff'), 'query_invalid'],
  ['no token', () => call('GET', '/v1/me'), 'token_missing'],
  ['a bad token', () => call('GET', '/v1/me', { authorization: 'Bearer x' }), 'token_invalid'],
  ['a query that is wrong', () => call('GET', '/v1/me/people?limit=no', ann()), 'query_invalid'],
  ['JSON that is none', () => put('{"numbers":'), 'body_invalid'],
  ['nothing where JSON should be', () => put(''), 'body_invalid'],
  ['JSON of another shape', () => put('{"numbers":[1]}'), 'body_invalid'],
  ['a single number where a list should be', () => put('{"numbers":"+12015550100"}'), 'body_invalid'],
  ['null where a list should be', () => put('{"numbers":null}'), 'body_invalid'],
  ['a field that nobody knows', () => put('{"numbers":[],"hack":1}'), 'body_invalid'],
  ['a field twice, the last of them wrong', () => put('{"numbers":[],"numbers":7}'), 'body_invalid'],
  ['a key that poisons prototypes', () => put('{"numbers":[],"__proto__":{"admin":true}}'), 'body_invalid'],
  [
    'a constructor that does',
    () => put('{"numbers":[],"constructor":{"prototype":{"admin":true}}}'),
    'body_invalid',
  ],
  ['a list of the depth of a well', () => put(`${'['.repeat(20_000)}${']'.repeat(20_000)}`), 'body_invalid'],
  [
    'an object of the depth of a well',
    () => put(`${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`),
    'body_invalid',
  ],
  [
    'a body that is too large',
    () => put(JSON.stringify({ numbers: ['1'.repeat(60_000)] })),
    'body_too_large',
  ],
  ['plain text', () => put('{"numbers":[]}', { 'content-type': 'text/plain' }), 'media_type_unsupported'],
  ['XML', () => put('<numbers/>', { 'content-type': 'application/xml' }), 'media_type_unsupported'],
  [
    'a form',
    () => put('numbers=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    'media_type_unsupported',
  ],
  [
    'lines where one document should be',
    () => put('{"numbers":[]}', { 'content-type': 'application/x-ndjson' }),
    'media_type_unsupported',
  ],
  [
    'bytes where JSON should be',
    () => put(new Uint8Array([0xff]), { 'content-type': 'application/octet-stream' }),
    'body_invalid',
  ],
  [
    'bytes without a type',
    () => put(new Uint8Array([0xff, 0xfe]), { 'content-type': '' }),
    'media_type_unsupported',
  ],
];

describe('whatever goes wrong', () => {
  it.each(failures)('is an RFC 9457 document: %s', async (_, fail, code) => {
    const response = await fail();
    expect(response.status).toBe(catalogue[code].status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const document = await response.json();
    expect(document).toMatchObject({
      type: `/problems#${code}`,
      title: catalogue[code].title,
      status: catalogue[code].status,
      code,
      detail: expect.any(String),
    });
    // What it is about is said; nothing of how the service is made.
    expect(JSON.stringify(document)).not.toMatch(/fastify|FST_|ajv|typebox|node_modules|\.ts\b|at \//i);
  });

  it('does no more than be refused: the prototype of all objects is as it was', () => {
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it('says which methods there are, where it was the method', async () => {
    expect((await call('PATCH', '/v1/members/ann')).headers.get('allow')).toBe('GET, PUT, DELETE');
    expect((await call('POST', '/v1/me')).headers.get('allow')).toBe('GET, PATCH');
  });

  it('says where the input is wrong', async () => {
    const at = async (body: object) => (await (await put(JSON.stringify(body))).json()).at;
    expect(await at({ numbers: ['1', 2] })).toBe('/numbers/1');
    expect(await at({})).toBe('/');
    expect(await at({ numbers: [], region: 'USA' })).toBe('/region');
    expect(await at({ numbers: [], region: 'XX' })).toBe('/region');
  });

  it('inside says nothing of itself outside', async () => {
    const { database } = hall.context;
    const { transaction } = database;
    database.transaction = () => Promise.reject(new Error('relation "secrets" at 10.0.0.1'));
    const response = await put('{"numbers":[]}');
    database.transaction = transaction;
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual(new Problem('internal').toDocument());
  });
});

describe('every answer', () => {
  const answers: [string, () => Promise<Response>][] = [
    ['a good one', () => call('GET', '/v1/me', ann())],
    ['a page', () => call('GET', '/docs')],
    ['a refusal', () => call('GET', '/v1/me')],
    ['an unknown call', () => call('GET', '/v1/nothing')],
  ];

  it.each(answers)('keeps browsers careful: %s', async (_, ask) => {
    const { headers } = await ask();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBe(null);
    expect(headers.get('server')).toBe(null);
  });

  it('lets no other site’s scripts read it', async () => {
    for (const path of ['/v1/me', '/v1/me/people', '/metrics', '/openapi.json']) {
      const { headers } = await call('GET', path, { ...ann(), origin: 'https://evil.example' });
      const names = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
      expect(names).toEqual([]);
    }
  });

  it('takes no word of a caller’s for its own', async () => {
    const { headers } = await call('GET', '/v1/nothing', { 'x-request-id': 'evil', 'request-id': 'evil' });
    expect(JSON.stringify([...headers])).not.toContain('evil');
  });
});
