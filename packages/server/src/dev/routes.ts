import { Problem } from '@kith/protocol';
import { Type } from 'typebox';
import type { HallApp, HallServices } from '../app.ts';
import { getMe } from '../members/members.ts';
import { DemoAttack } from './attack/attack.ts';
import { attackRoutes } from './attack/routes.ts';
import type { DemoRegion } from './region.ts';
import { vcardOf } from './seed.ts';

/** Sign-in without a password, for the demo members alone. These routes exist only under `kith dev`. */
export function demoRoutes(region: DemoRegion, onAttack?: (attack: DemoAttack) => void) {
  const { town } = region;
  const byId = new Map(town.signIns.map((person) => [person.member.id, person]));
  const known = (id: string) => {
    const person = byId.get(id);
    if (!person) throw new Problem('member_unknown');
    return person;
  };
  const Params = Type.Object({ id: Type.String() });

  return (app: HallApp, services: HallServices): void => {
    const { context, tokens } = services;
    const attack = new DemoAttack(context, services.events, region);
    onAttack?.(attack);
    attackRoutes(app, services, attack);
    app.addHook('preClose', () => attack.close());
    app.get('/demo/members', { schema: { hide: true } }, async () => ({
      members: await Promise.all(town.signIns.map(({ member }) => getMe(context, member.id))),
    }));
    app.post(
      '/demo/members/:id/token',
      { schema: { hide: true, params: Params } },
      // A host's app knows its member's number and hands it to the device; Kith itself does not say it to anyone.
      async (request) => {
        const { id, phone } = known(request.params.id).member;
        return { ...(await tokens.issue(id)), number: phone };
      },
    );
    app.get('/demo/address-book/:id', { schema: { hide: true, params: Params } }, async (request, reply) =>
      reply.type('text/vcard; charset=utf-8').send(vcardOf(known(request.params.id))),
    );
  };
}
