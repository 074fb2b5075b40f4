import { defaultPolicy, type Policy } from '@kith/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../harness/clock.ts';
import { type PrivateWorld, startPrivateWorld } from './private-world.ts';

/** Budgets that a small book exceeds. */
const tight: Policy = structuredClone(defaultPolicy);
tight.budgets.lookups.member = { capacity: 6, perDay: 6 };
tight.budgets.slots.member = { capacity: 10, perDay: 24 };

let world: PrivateWorld;
beforeAll(async () => {
  world = await startPrivateWorld({ policy: tight });
});
afterAll(() => world?.stop());

describe('a book larger than the budgets', () => {
  it('waits for what is left, says until when, and goes on then', async () => {
    const ada = await world.join('ada');
    const book = Array.from({ length: 14 }, world.newNumber);
    const first = await ada.finds(book);
    // 10 of 14 slots and 6 of 14 lookups: 8 contacts wait for one or the other.
    expect(first.waiting).toBe(8);
    expect(Date.parse(first.waitingUntil!) - world.kith.clock.now()).toBe(hourMs);

    await world.kith.elapse(6 * hourMs);
    expect((await ada.finds(book)).waiting).toBe(7);
    await world.kith.elapse(2 * dayMs);
    expect((await ada.finds(book)).waiting).toBe(1);
    await world.kith.elapse(dayMs);
    const last = await ada.finds(book);
    expect(last.waiting).toBe(0);
    expect(last.waitingUntil).toBeUndefined();
  });

  it('pays for each contact once in the end', async () => {
    const bob = await world.join('bob');
    const book = Array.from({ length: 9 }, world.newNumber);
    for (let run = 0; run < 4; run += 1) await bob.finds(book, { ways: ['open'] });
    await world.kith.elapse(dayMs);
    for (let run = 0; run < 2; run += 1) await bob.finds(book, { ways: ['open'] });
    // 6 at first and 6 a day later, of which 3 are spent.
    expect((await world.kith.as('bob').budget()).lookups.left).toBe(3);
  });
});
