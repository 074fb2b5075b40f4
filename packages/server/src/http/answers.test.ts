import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { buildSerializer } from './answers.ts';

const person = { type: 'object', properties: { name: { type: 'string' } } };

async function answered(schema: object, answer: object) {
  const app = fastify({ schemaController: { compilersFactory: { buildSerializer } } });
  app.get('/', { schema: { response: { 200: schema } } }, () => answer);
  const responses = [await app.inject('/'), await app.inject('/')];
  await app.close();
  return responses.map(({ statusCode, body }) => [statusCode, body]);
}

describe('an answer', () => {
  it('says what its schema names and nothing else, the first time and later', async () => {
    const said = [200, '{"name":"Ann"}'];
    expect(await answered(person, { name: 'Ann', phone: '+14155550100' })).toEqual([said, said]);
  });

  it('is not sent at all where its schema is none', async () => {
    const [[status] = []] = await answered({ type: 'nothing that exists' }, { name: 'Ann' });
    expect(status).toBe(500);
  });
});
