import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { catalogue, Problem } from '@kith/protocol';
import type { FastifySchema } from 'fastify';
import { Type } from 'typebox';

type SwaggerDocument = Parameters<NonNullable<FastifyDynamicSwaggerOptions['transformObject']>>[0];

/** Calls whose bodies are no JSON: what they take and give is described by its type alone. */
export function withStreams(schema: FastifySchema): FastifySchema {
  const { consumes, produces } = schema as { consumes?: string[]; produces?: string[] };
  const content = (types: string[]) => ({ content: Object.fromEntries(types.map((type) => [type, {}])) });
  return {
    ...schema,
    ...(consumes && !schema.body && { body: content(consumes) }),
    ...(produces && !schema.response && { response: { 200: content(produces) } }),
  };
}

const descriptions: Record<string, string> = { 200: 'Done', 201: 'Created', 204: 'Done; nothing to say' };

/** Whatever goes wrong is the same document everywhere, so it is described once. */
export function withProblems(document: SwaggerDocument): Record<string, unknown> {
  if (!('openapiObject' in document)) return {};
  const { openapiObject } = document;
  for (const operation of Object.values(openapiObject.paths ?? {}).flatMap((path) =>
    Object.values(path ?? {}),
  )) {
    const { responses } = operation as { responses: Record<string, { description: string }> };
    for (const [status, response] of Object.entries(responses))
      response.description = descriptions[status] ?? response.description;
    Object.assign(responses, { default: { $ref: '#/components/responses/Problem' } });
  }
  const problem = {
    description: 'What went wrong',
    content: { 'application/problem+json': { schema: ProblemSchema } },
  };
  return { ...openapiObject, components: { ...openapiObject.components, responses: { Problem: problem } } };
}

const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ enum: Object.keys(catalogue), description: 'Branch on this' }),
    detail: Type.String(),
    retryAfterSecs: Type.Optional(Type.Number({ description: 'Also sent as `Retry-After`' })),
    at: Type.Optional(Type.String({ description: 'Where the input is wrong' })),
  },
  { examples: [new Problem('database_unavailable', undefined, { retryAfterSecs: 2 }).toDocument()] },
);
