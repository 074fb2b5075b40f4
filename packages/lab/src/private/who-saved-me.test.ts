import { defaultPolicy } from '@kith/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '../harness/clock.ts';
import { type PrivateWorld, startPrivateWorld } from './private-world.ts';

let world: PrivateWorld;
beforeAll(async () => {
  const policy = structuredClone(defaultPolicy);
  // A two-hundredth of the default, so that a scan reaches its end.
  policy.budgets.slots.member = { capacity: 100, perDay: 5 };
  world = await startPrivateWorld({ policy });
});
afterAll(() => world?.stop());

describe('a scan for those who have saved a number', () => {
  it('ends with the slots, is told to go on at a trickle, and shows the scanner to all whom it finds', async () => {
    const fans = [];
    const range: string[] = [];
    for (let at = 0; at < 120; at += 1) {
      if (at % 30 === 15) {
        const fan = await world.join(`fan-${at}`);
        fans.push(fan);
        range.push(fan.number);
      } else range.push(world.newNumber());
    }
    const star = await world.join('star');
    for (const fan of fans) await fan.finds([star.number], { ways: ['mutual'] });

    const { people, waiting } = await star.finds(range, { ways: ['mutual'] });
    expect(waiting).toBe(20);
    expect(people.map(({ id }) => id).sort()).toEqual(['fan-15', 'fan-45', 'fan-75']);
    await world.kith.elapse(dayMs);
    expect((await star.finds(range, { ways: ['mutual'] })).waiting).toBe(15);

    // Both sides of a meeting see it: nobody is found unawares.
    expect((await world.kith.as('star').exposure()).revealedTo).toBe(3);
    expect(await world.kith.as('fan-15').allPeople()).toMatchObject([{ id: 'star' }]);
  });

  it('finds nobody who has not saved the number, and nobody who takes no part', async () => {
    const [plain, hidden, scanner] = [
      await world.join('plain'),
      await world.join('hidden', { discoverable: 'nobody' }),
      await world.join('scanner'),
    ];
    await hidden.finds([scanner.number], { ways: ['mutual'] });
    const { people } = await scanner.finds([plain.number, hidden.number], { ways: ['mutual'] });
    expect(people).toEqual([]);
  });
});
