import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '../harness/clock.ts';
import { type PrivateWorld, shown, startPrivateWorld } from './private-world.ts';

let world: PrivateWorld;
beforeAll(async () => {
  world = await startPrivateWorld();
});
afterAll(() => world?.stop());

const epochMs = 90 * dayMs;

/** Moves on to so many days before the end of an epoch, this one or the next. */
async function daysBeforeEnd(days: number): Promise<void> {
  const left = epochMs - (world.kith.clock.now() % epochMs);
  await world.kith.elapse((left - days * dayMs + epochMs) % epochMs);
}

describe('the end of an epoch', () => {
  it('is no gap for members who sync every four weeks', async () => {
    const [ada, bob] = [await world.join('ada'), await world.join('bob')];
    const seen: unknown[] = [];
    const look = async () => seen.push((await world.kith.as('ada').allPeople()).map(({ id }) => id));
    // The epoch ends between the second and the third time.
    for (const before of [40, 12, 74, 46]) {
      await daysBeforeEnd(before);
      if (seen.length > 0) await look();
      await ada.finds([bob.number], { ways: ['mutual'] });
      await look();
      await bob.finds([ada.number], { ways: ['mutual'] });
      await look();
    }
    expect(seen.slice(1)).toEqual(Array.from({ length: 10 }, () => ['bob']));
  });

  it('ends the meetings of those who stay away: the number may be another’s by now', async () => {
    const [fay, gil] = [await world.join('fay'), await world.join('gil')];
    await daysBeforeEnd(40);
    await fay.finds([gil.number], { ways: ['mutual'] });
    await gil.finds([fay.number], { ways: ['mutual'] });
    await daysBeforeEnd(12);
    await fay.finds([gil.number], { ways: ['mutual'] });
    await world.kith.elapse(20 * dayMs);
    expect(shown(await fay.finds([gil.number], { ways: ['mutual'] }))).toEqual({});
    await gil.finds([fay.number], { ways: ['mutual'] });
    const back = await fay.finds([gil.number], { ways: ['mutual'] });
    expect(back.people).toMatchObject([{ id: 'gil', contacts: [gil.number] }]);
  });

  it('costs no pairing twice: what was written ahead is what the new epoch starts with', async () => {
    const [cem, dia] = [await world.join('cem'), await world.join('dia')];
    await daysBeforeEnd(10);
    await cem.finds([dia.number], { ways: ['mutual'] });
    await dia.finds([cem.number], { ways: ['mutual'] });
    await world.kith.elapse(11 * dayMs);
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      asked.push(new URL(String(url)).pathname);
      return globalThis.fetch(url, init);
    };
    const found = await cem.device({ fetch }).findPeople([dia.number], { ways: ['mutual'] });
    expect(shown(found)).toEqual({ dia: 'mutual' });
    expect(asked).not.toContain('/v1/me/keys');
  });

  it('leaves nothing of past epochs on the device', async () => {
    const eva = await world.join('eva');
    await daysBeforeEnd(60);
    await eva.finds([world.newNumber()], { ways: ['mutual'] });
    const before = await eva.store.keys('kith1/mutual/');
    await world.kith.elapse(90 * dayMs);
    await eva.finds([world.newNumber()], { ways: ['mutual'] });
    const after = await eva.store.keys('kith1/mutual/');
    expect(before.filter((name) => after.includes(name))).toEqual([]);
    expect(after.length).toBe(before.length);
  });
});
