import { blind, loadFastGroup, OprfRequest, openInput, Reveals, SlotsWrite } from '@kith/protocol/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '../harness/clock.ts';
import { type PrivateWorld, startPrivateWorld } from './private-world.ts';
import { ticketOf } from './ticket-of.ts';

const samples = 100;
/** |t| that chance exceeds once in 150,000 tests: the usual bar of timing tests (Gilbert Goodwill et al., 2011). */
const tMax = 4.5;

let world: PrivateWorld;
beforeAll(async () => {
  world = await startPrivateWorld();
});
afterAll(() => world?.stop());

/** Welch's t of two samples, each freed of its slowest tenth: those are the machine's, not the service's. */
function welch(a: readonly number[], b: readonly number[]): number {
  const [left, right] = [a, b].map((times) =>
    moments(times.toSorted((x, y) => x - y).slice(0, times.length * 0.9)),
  );
  return (
    (left!.mean - right!.mean) / Math.sqrt(left!.variance / left!.count + right!.variance / right!.count)
  );
}

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance, count: values.length };
}

/** Times of two kinds of call, taken in turns; what comes `between` them is not timed. */
async function times(
  hit: () => Promise<unknown>,
  miss: () => Promise<unknown>,
  between: (kind: 'hit' | 'miss') => Promise<unknown> = async () => undefined,
): Promise<[number[], number[]]> {
  const taken: [number[], number[]] = [[], []];
  for (let at = 0; at < 2 * samples; at += 1) {
    // Neither kind always goes first.
    const kind = (at + (at >> 1)) % 2;
    const before = performance.now();
    await (kind === 0 ? hit() : miss());
    taken[kind]!.push(performance.now() - before);
    await between(kind === 0 ? 'hit' : 'miss');
  }
  return taken;
}

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** Posts messages as a member, and reads the whole answer. */
async function poster(id: string, path: string) {
  const token = await world.kith.host.memberToken(id);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
  return async (message: Uint8Array) => {
    const body = message as Uint8Array<ArrayBuffer>;
    const response = await fetch(world.kith.origin + path, { method: 'POST', headers, body });
    await response.arrayBuffer();
    expect(response.status).toBe(200);
  };
}

describe(`the time of an answer tells no hit from a miss: Welch's t of ${samples} answers each is below ${tMax}`, () => {
  it('for lookups of a number whose owner anyone may find, against one that nobody has', async () => {
    const open = await world.join('open', { discoverable: 'anyone' });
    await world.join('asker');
    await world.kith.work();
    const group = await loadFastGroup();
    const post = await poster('asker', '/v1/me/oprf');
    const evaluate = (number: string) =>
      post(new OprfRequest(1, blind(group, [openInput(number)], random).elements).serialize());
    const [hits, misses] = await times(
      () => evaluate(open.number),
      () => evaluate('+4915199999999'),
    );
    expect(Math.abs(welch(hits, misses))).toBeLessThan(tMax);
  });

  it('for a slot opposite which a member who takes no part has written, against an empty one', async () => {
    await world.join('hidden', { discoverable: 'nobody' });
    await world.join('feeler');
    const side = (slot: Uint8Array, bit: number) =>
      new SlotsWrite(227, [
        { slot, sideTag: new Uint8Array(16).fill(bit), sealedCard: random(512) },
      ]).serialize();
    const [taken, empty] = [random(16), random(16)];
    await (await poster('hidden', '/v1/me/slots'))(side(taken, 0xff));
    const post = await poster('feeler', '/v1/me/slots');
    const [hits, misses] = await times(
      () => post(side(taken, 0)),
      () => post(side(empty, 0)),
    );
    expect(Math.abs(welch(hits, misses))).toBeLessThan(tMax);
  });

  it('for a ticket of somebody who may still be shown, against one of somebody who has chosen otherwise since', async () => {
    const [stays, leaves] = [
      await world.join('stays', { discoverable: 'anyone' }),
      await world.join('leaves', { discoverable: 'anyone' }),
    ];
    await world.join('viewer');
    await world.kith.elapse(dayMs);
    const tickets = [await ticketOf(world, stays.id), await ticketOf(world, leaves.id)] as const;
    await world.kith.as(leaves.id).setDiscoverable('nobody');
    const post = await poster('viewer', '/v1/me/reveals');
    const redeem = (ticket: Uint8Array) => post(new Reveals(ticket).serialize());
    for (const ticket of tickets) await redeem(ticket);
    const [hits, misses] = await times(
      () => redeem(tickets[0]),
      () => redeem(tickets[1]),
    );
    expect(Math.abs(welch(hits, misses))).toBeLessThan(tMax);
  });

  it('for a number sent plainly whose owner anyone may find, against one that nobody has', async () => {
    const listed = await world.join('listed', { discoverable: 'anyone' });
    await world.join('sender');
    await world.kith.work();
    const numbers = { hit: listed.number, miss: '+4915199999998' };
    const sender = world.kith.as('sender');
    const [hits, misses] = await times(
      () => sender.patchContacts({ add: [numbers.hit] }),
      () => sender.patchContacts({ add: [numbers.miss] }),
      // Forgotten at once, so that each is a new number, looked up anew.
      (kind) => sender.patchContacts({ remove: [numbers[kind]] }),
    );
    expect(Math.abs(welch(hits, misses))).toBeLessThan(tMax);
  });
});

describe('the statistic', () => {
  it('shows a difference of three quarters of a standard deviation in samples of this size', () => {
    // A sawtooth has a standard deviation of its height over the root of 12.
    const saw = Array.from({ length: samples }, (_, at) => (at * 0.618) % 1);
    const late = saw.map((time) => time + 0.75 / Math.sqrt(12));
    expect(Math.abs(welch(saw, late))).toBeGreaterThan(tMax);
    expect(welch(saw, [...saw].reverse())).toBe(0);
  });
});
