import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { listWebhooks, setWebhook } from './webhooks.ts';

const tags = ['host'];
const security = [{ serviceKey: [] }];

/** Where the host is told what happens to its members (Standard Webhooks). */
export function webhookRoutes(app: HallApp, { context, requireHost }: HallServices): void {
  app.get(
    '/v1/webhooks',
    {
      onRequest: requireHost,
      schema: { tags, security, summary: 'Where events go, and deliveries that were given up' },
    },
    async () => listWebhooks(context),
  );

  app.put(
    '/v1/webhooks',
    {
      onRequest: requireHost,
      schema: {
        tags,
        security,
        summary: 'Set where events go; the answer shows the signing secret, this once',
        body: Type.Object(
          { url: Type.String({ maxLength: 2_000 }) },
          { additionalProperties: false, examples: [{ url: 'https://app.example/hooks/kith' }] },
        ),
      },
    },
    async (request) => setWebhook(context, request.body.url),
  );
}
