import { Type } from 'typebox';
import type { HallApp, HallServices } from '../../app.ts';
import type { DemoAttack } from './attack.ts';

/** The button of the guided demo. These routes exist only under `kith dev`. */
export function attackRoutes(
  app: HallApp,
  { requireAnalyst }: Pick<HallServices, 'requireAnalyst'>,
  attack: DemoAttack,
): void {
  const schema = { hide: true };
  app.get('/v1/dev/attack', { onRequest: requireAnalyst('viewer'), schema }, async () => attack.status());
  app.post('/v1/dev/attack', { onRequest: requireAnalyst('analyst'), schema }, async () => {
    attack.start();
    return { started: true };
  });
  app.delete(
    '/v1/dev/attack',
    { onRequest: requireAnalyst('analyst'), schema: { ...schema, response: { 204: Type.Null() } } },
    async (_request, reply) => {
      await attack.reset();
      return reply.status(204).send(null);
    },
  );
}
