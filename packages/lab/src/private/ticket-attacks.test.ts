import { Reveals } from '@kith/protocol/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, minuteMs } from '../harness/clock.ts';
import { type PrivateMember, type PrivateWorld, startPrivateWorld } from './private-world.ts';
import { ticketOf } from './ticket-of.ts';

let world: PrivateWorld;
let open: PrivateMember;
let thief = 0;
beforeAll(async () => {
  world = await startPrivateWorld();
  open = await world.join('open', { discoverable: 'anyone' });
  await world.kith.elapse(dayMs);
});
afterAll(() => world?.stop());

const nextBatch = () => world.kith.elapse(20 * minuteMs, 10 * minuteMs);
const redeem = (id: string, ...tickets: Uint8Array[]) =>
  world.send(id, 'POST', '/v1/me/reveals', new Reveals(Buffer.concat(tickets)).serialize());
const join = () => world.join(`thief-${thief++}`);

const ticketOfToday = () => ticketOf(world, open.id);

describe('a ticket', () => {
  it('shows a card once, however often it is redeemed', async () => {
    const { id } = await join();
    const ticket = await ticketOfToday();
    const before = (await world.kith.as(open.id).exposure()).times;
    for (let times = 0; times < 3; times += 1) {
      expect((await redeem(id, ticket, ticket)).status).toBe(200);
      await nextBatch();
    }
    expect((await world.kith.as(open.id).exposure()).times).toBe(before + 1);
    expect((await world.kith.as(id).budget()).reveals.left).toBe(49);
  });

  it('that was stolen costs the thief a reveal, and its owner sees that it was shown', async () => {
    const { id } = await join();
    const before = (await world.kith.as(open.id).exposure()).revealedTo;
    await redeem(id, await ticketOfToday());
    await nextBatch();
    expect((await world.kith.as(id).allPeople()).map((person) => person.id)).toEqual([open.id]);
    expect((await world.kith.as(open.id).exposure()).revealedTo).toBe(before + 1);
    expect((await world.kith.as(id).budget()).reveals.left).toBe(49);
  });

  it('is worth nothing once its owner has chosen otherwise', async () => {
    const { id } = await join();
    const ticket = await ticketOfToday();
    await world.kith.as(open.id).setDiscoverable('mutual');
    expect((await redeem(id, ticket)).status).toBe(200);
    await world.kith.as(open.id).setDiscoverable('anyone');
    await nextBatch();
    expect(await world.kith.as(id).allPeople()).toEqual([]);
    await world.kith.elapse(dayMs);
  });

  it('of yesterday is refused, with all that came along', async () => {
    const { id } = await join();
    const old = await ticketOfToday();
    await world.kith.elapse(dayMs);
    const fresh = await ticketOfToday();
    expect(await redeem(id, fresh, old)).toMatchObject({ status: 400, code: 'ticket_invalid' });
    await nextBatch();
    expect(await world.kith.as(id).allPeople()).toEqual([]);
  });

  it('of one day cannot be told from that of another, nor be made into it', async () => {
    const { id } = await join();
    const old = await ticketOfToday();
    await world.kith.elapse(dayMs);
    const fresh = await ticketOfToday();
    const same = old.subarray(4).filter((byte, at) => byte === fresh[at + 4]).length;
    expect(same).toBeLessThan(8);
    const mended = old.slice();
    mended.set(fresh.subarray(0, 4));
    expect(await redeem(id, mended)).toMatchObject({ status: 400, code: 'ticket_invalid' });
  });

  it('with any byte changed is refused', async () => {
    const { id } = await join();
    const ticket = await ticketOfToday();
    for (let at = 0; at < ticket.length; at += 1) {
      const changed = ticket.slice();
      changed[at]! ^= 1;
      expect(await redeem(id, changed), `byte ${at}`).toMatchObject({ status: 400, code: 'ticket_invalid' });
    }
  });
});
