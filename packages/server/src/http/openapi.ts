import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import type { HallApp } from '../app.ts';
import { withProblems, withStreams } from './openapi-document.ts';

const description = `Contact discovery that cannot be turned into a phone book.
Hosts call with a service key, members with a token. Errors are RFC 9457 documents with a stable \`code\`;
[all codes](/problems).`;

/** OpenAPI 3.1 at `/openapi.json`, to be browsed at `/docs`. */
export async function useOpenApi(app: HallApp): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kith',
        version: '1',
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'kith_session',
            description: 'An analyst who has signed in; what changes something needs `Kith-CSRF` as well',
          },
          serviceKey: {
            type: 'http',
            scheme: 'bearer',
            description: "The host's key, made with `kith keys create`",
          },
          memberToken: {
            type: 'http',
            scheme: 'bearer',
            description: "A member's token, from Kith or from the host",
          },
        },
      },
      tags: [
        { name: 'host', description: 'What the app that runs Kith does' },
        { name: 'member', description: 'What a member does, through the app' },
        { name: 'private', description: 'The private way: binary messages, see the protocol specification' },
        { name: 'session', description: 'How analysts sign in and out' },
        { name: 'analyst', description: 'Rings, and what is done about them' },
        { name: 'cases', description: 'Investigations: who was exposed, and what is told to whom' },
        { name: 'operations', description: 'For those who run the service' },
      ],
    },
    transform: ({ schema, url }) => ({ schema: withStreams(schema), url }),
    transformObject: (document) => withProblems(document),
  });
  // Without a validator badge, which would be fetched from somebody else's server.
  await app.register(fastifySwaggerUi, {
    routePrefix: '/docs',
    theme: { title: 'Kith: the calls' },
    uiConfig: { validatorUrl: null, layout: 'BaseLayout' },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
