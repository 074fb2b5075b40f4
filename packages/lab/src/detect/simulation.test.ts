import type { SyncEvent } from '@kith/detection';
import { describe, expect, it } from 'vitest';
import { attacks } from './attacks.ts';
import { play } from './fleet.ts';
import { createHonestWorld, type HonestWorld } from './honest.ts';
import { dayMs, daysSimulated } from './life.ts';
import { randomAttack } from './random-attack.ts';
import { createWorld } from './world.ts';

const lived: SyncEvent[] = [];
const livedIn = (): HonestWorld => {
  const honest = createHonestWorld(createWorld({ seed: 4, members: 3_000, reciprocity: 0.6 }), 12);
  lived.length = 0;
  for (const event of honest.events()) lived.push(event);
  return honest;
};
const honest = livedIn();
const all = [...attacks, randomAttack(0), randomAttack(1)];

describe('the simulated world', () => {
  it('is the same for the same seed, people and attackers', () => {
    const again = livedIn();
    expect(again.lives).toEqual(honest.lives);
    expect(play(again, randomAttack(3)).events).toEqual(play(honest, randomAttack(3)).events);
  });

  it.each(all.map((attack) => [attack.name, attack] as const))(
    '%s learns no more names than budgets give, and finds members by its list alone',
    (_, attack) => {
      const { learnt, rings, asked, findable, events } = play(honest, attack);
      for (const times of learnt.values()) expect(times.length).toBeLessThanOrEqual(50 + 20 * daysSimulated);
      const names = [...learnt.values()].reduce((sum, times) => sum + times.length, 0);
      expect(names).toBeLessThanOrEqual(findable);
      expect(asked).toBe(events.reduce((sum, { numbersNew = 0 }) => sum + numbersNew, 0));
      expect(rings.flat().length).toBeGreaterThanOrEqual(9);
    },
  );

  it('gives a fresh fake account nobody who holds its number', () => {
    const { events } = play(
      honest,
      all.find(({ name }) => name === 'residential-proxies') ?? randomAttack(0),
    );
    expect(events.every(({ slotsMet }) => slotsMet === 0)).toBe(true);
  });

  it('lets honest people meet each other, and come back for thirty days', () => {
    expect(lived.reduce((sum, { slotsMet = 0 }) => sum + slotsMet, 0)).toBeGreaterThan(500);
    const times = lived.map(({ at }) => at);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(300 * dayMs);
  });
});
