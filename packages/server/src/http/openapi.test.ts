import { catalogue } from '@kith/protocol';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHall, type TestHall } from '../testing.ts';

// biome-ignore lint/suspicious/noExplicitAny: the document is what the test is about
type Json = any;

let hall: TestHall;
let document: Json;
beforeAll(async () => {
  hall = await startTestHall();
  document = await (await fetch(`${hall.origin}/openapi.json`)).json();
});
afterAll(() => hall.stop());

/** The contract: independent clients are written against these calls. */
const contract = `
PUT /v1/members/{id}
GET /v1/members/{id}
DELETE /v1/members/{id}
POST /v1/members/{id}/token
GET /v1/members/{id}/setting
POST /v1/members/import
GET /v1/webhooks
PUT /v1/webhooks
GET /v1/me
PATCH /v1/me
PUT /v1/me/contacts
PATCH /v1/me/contacts
DELETE /v1/me/contacts
GET /v1/me/people
GET /v1/me/exposure
GET /v1/me/budget
GET /v1/parameters
POST /v1/me/keys
POST /v1/me/slots
POST /v1/me/slots/withdraw
POST /v1/me/oprf
GET /v1/buckets/{prefix}
POST /v1/buckets
POST /v1/me/reveals
GET /healthz
GET /readyz
GET /metrics`
  .trim()
  .split('\n');

function operations(): { name: string; path: string; operation: Json }[] {
  return Object.entries(document.paths as Record<string, Json>).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Json>).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );
}

/** Every JSON body that a call takes or gives: its schema, and its examples. */
function jsonBodies(operation: Json): { schema: Json; examples: Json[] }[] {
  const contents = [
    operation.requestBody?.content,
    ...Object.values(operation.responses as Json).map((one: Json) => one.content),
  ];
  return contents.flatMap((content) => {
    const body = content?.['application/json'];
    if (!body) return [];
    const named = Object.values(body.examples ?? {}).map((one: Json) => one.value);
    return [
      {
        schema: body.schema,
        examples: [...(body.example ? [body.example] : []), ...named, ...(body.schema.examples ?? [])],
      },
    ];
  });
}

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1, and its parts fit together', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({
      title: 'Kith',
      version: expect.any(String),
      license: { name: 'Apache-2.0' },
    });
    const tags = new Set(document.tags.map(({ name }: Json) => name));
    const ids = new Set<string>();
    for (const { name, path, operation } of operations()) {
      expect(path, name).toMatch(/^\//);
      expect(operation.summary?.length, name).toBeGreaterThan(5);
      for (const tag of operation.tags) expect(tags, name).toContain(tag);
      const named = (operation.parameters ?? [])
        .filter((one: Json) => one.in === 'path')
        .map((one: Json) => one.name);
      expect(named.sort(), name).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => one).sort());
      for (const parameter of operation.parameters ?? []) {
        expect(parameter.schema, name).toBeTypeOf('object');
        if (parameter.in === 'path') expect(parameter.required, name).toBe(true);
      }
      for (const scheme of (operation.security ?? []).flatMap(Object.keys))
        expect(document.components.securitySchemes, name).toHaveProperty(scheme);
      expect(Object.keys(operation.responses).length, name).toBeGreaterThan(1);
      for (const [status, response] of Object.entries(operation.responses as Json)) {
        expect(status).toMatch(/^(\d{3}|default)$/);
        if (status !== 'default') expect((response as Json).description.length, name).toBeGreaterThan(0);
      }
      if (operation.operationId) expect(ids.has(operation.operationId), name).toBe(false);
      ids.add(operation.operationId);
    }
  });

  it('refers to nothing that is not in it', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to!);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of new Set(references)) {
      expect(reference).toMatch(/^#\//);
      const target = reference
        .slice(2)
        .split('/')
        .reduce((at: Json, part) => at?.[part], document);
      expect(target, reference).toBeTypeOf('object');
    }
  });

  it('lists the calls of the contract, each with whose key opens it', () => {
    const names = operations().map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(contract));
    const others = operations().filter(
      ({ name, operation }) =>
        !contract.includes(name) &&
        !operation.tags.some((tag: string) => ['analyst', 'session', 'cases'].includes(tag)),
    );
    expect(others.map(({ name }) => name)).toEqual(['GET /v1/attestation-keys']);
    for (const { name, operation, path } of operations()) {
      const scheme =
        path.startsWith('/v1/me') && !path.startsWith('/v1/members') ? 'memberToken' : 'serviceKey';
      const isAnalyst = ['analyst', 'cases'].includes(operation.tags[0]);
      const open =
        /^\/(v1\/session\/(ways|oidc.*)|healthz|readyz|metrics|v1\/parameters|v1\/attestation-keys|v1\/buckets(\/\{prefix\})?)$/.test(
          path,
        );
      const keys = isAnalyst ? [{ session: [] }, { serviceKey: [] }] : [{ [scheme]: [] }];
      const isSession = operation.tags.includes('session');
      const expected = isSession && name !== 'POST /v1/session' ? [{ session: [] }] : keys;
      expect(operation.security, name).toEqual(open || name === 'POST /v1/session' ? undefined : expected);
    }
  });

  it('gives examples of every body, which are what their schemas say', () => {
    let checked = 0;
    for (const { name, operation } of operations()) {
      if (!contract.includes(name) && !['analyst', 'session'].includes(operation.tags[0])) continue;
      for (const { schema, examples } of jsonBodies(operation)) {
        expect(examples.length, `${name} has an example`).toBeGreaterThan(0);
        const validator = Compile(schema as TSchema);
        for (const example of examples) expect(validator.Errors(example), name).toEqual([]);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(18);
  });

  it('describes what goes wrong once, with every code', () => {
    const { schema } = document.components.responses.Problem.content['application/problem+json'];
    expect(schema.properties.code.enum).toEqual(Object.keys(catalogue));
    expect(Compile(schema as TSchema).Errors(schema.examples[0])).toEqual([]);
    for (const { operation } of operations())
      expect(operation.responses.default).toEqual({ $ref: '#/components/responses/Problem' });
  });

  it('is true: real answers are what it says', async () => {
    await hall.member('ann');
    const put = await hall.as('ann')('PUT', '/v1/me/contacts', { numbers: ['+12015550100', 'x'] });
    const bodyOf = (path: string, method: string, status: string) =>
      Compile(document.paths[path][method].responses[status].content['application/json'].schema as TSchema);
    expect(bodyOf('/v1/me/contacts', 'put', '200').Errors(put.body)).toEqual([]);
    const member = await hall.host('GET', '/v1/members/ann');
    expect(bodyOf('/v1/members/{id}', 'get', '200').Errors(member.body)).toEqual([]);
    const problem = document.components.responses.Problem.content['application/problem+json'].schema;
    const refused = await hall.host('PUT', '/v1/members/ann', { card: {} });
    expect(Compile(problem as TSchema).Errors(refused.body)).toEqual([]);
  });
});

describe('pages for people', () => {
  it('let one browse the calls, with everything from this service itself', async () => {
    const page = await fetch(`${hall.origin}/docs`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    const policy = page.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/'unsafe-|swagger/);
    const html = await page.text();
    const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, to]) => to!);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      expect(asset).toMatch(/^\/docs\//);
      expect((await fetch(hall.origin + asset)).status, asset).toBe(200);
    }
    const settings = await (await fetch(`${hall.origin}/docs/static/swagger-initializer.js`)).text();
    expect(settings).toContain('"validatorUrl":null');
  });

  it('list every code of every problem, where the problems themselves point', async () => {
    const page = await fetch(`${hall.origin}/problems`);
    expect(page.headers.get('content-type')).toContain('text/html');
    const html = await page.text();
    for (const [code, { status }] of Object.entries(catalogue)) {
      expect(html).toContain(`id="${code}"`);
      expect(html).toMatch(new RegExp(`${code}</code><td>${status}`));
    }
    const { body } = await hall.host('GET', '/v1/members/nobody');
    expect(body.type).toBe(`/problems#${body.code}`);
  });
});
