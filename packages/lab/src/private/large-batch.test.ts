import { loadFastGroup, OprfRequest, OprfResponse } from '@kith/protocol/crypto';
import { defaultPolicy } from '@kith/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PrivateWorld, startPrivateWorld } from './private-world.ts';

const elementsMax = 5_000;

let world: PrivateWorld;
let elements: (count: number) => Uint8Array;
beforeAll(async () => {
  const policy = structuredClone(defaultPolicy);
  policy.budgets.lookups.member = { capacity: elementsMax, perDay: 1 };
  policy.budgets.lookups.service = { capacity: 100 * elementsMax, perDay: 1 };
  world = await startPrivateWorld({ policy });
  const group = await loadFastGroup();
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  elements = (count) =>
    Buffer.concat(Array.from({ length: count }, () => group.multiplyBase(group.randomScalar(random))));
});
afterAll(() => world?.stop());

describe('a batch of 5,000 elements', () => {
  it('delays nobody else: lookups of others and the service’s health are answered while it is worked on', async () => {
    await world.join('large');
    await world.join('small');
    const ask = (id: string, count: number) =>
      world.send(id, 'POST', '/v1/me/oprf', new OprfRequest(1, elements(count)).serialize());
    let done = false;
    const large = ask('large', elementsMax).finally(() => {
      done = true;
    });
    const meanwhile = async (call: () => Promise<unknown>) => {
      let answers = 0;
      while (!done) {
        await call();
        if (!done) answers += 1;
      }
      return answers;
    };
    const [answer, lookups, health] = await Promise.all([
      large,
      meanwhile(() => ask('small', 1)),
      meanwhile(() => fetch(`${world.kith.origin}/healthz`).then((response) => response.arrayBuffer())),
    ]);
    expect(OprfResponse.deserialize(answer.bytes).elements).toHaveLength(32 * elementsMax);
    // Half a second of two cores at least; where they did not take turns there would be none.
    expect(lookups).toBeGreaterThanOrEqual(3);
    expect(health).toBeGreaterThanOrEqual(10);
  });
});
