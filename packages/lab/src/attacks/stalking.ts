import type { Discoverable } from '@kith/protocol';
import { type Attack, type AttackReport, check } from './attack.ts';
import { type AttackWorld, createWorld, unownedNumbers } from './world.ts';

const days = 40;

/** Someone holds one person's number and wants the account behind it. */
export const stalking: Attack = {
  name: 'stalking',
  summary: "one account after one person's number, for as long as it takes",
  run: async ({ seed }) => {
    const world = await createWorld(seed, { members: 100 });
    try {
      return await attackWith(world, seed);
    } finally {
      await world.stop();
    }
  },
};

async function attackWith(world: AttackWorld, seed: number): Promise<AttackReport> {
  const [own, ...numbers] = unownedNumbers(world.population, 5) as [string, ...string[]];
  const stalker = await world.recruit('stalker', { number: own, discoverable: 'mutual' });
  const settings: readonly Discoverable[] = ['nobody', 'mutual', 'anyone', 'anyone'];
  const targets = settings.map((discoverable, at) => ({
    id: `${discoverable}-${at}`,
    number: numbers[at] as string,
    discoverable,
  }));
  for (const { id, ...target } of targets) await world.recruit(id, target);

  const hidden = await changesMindInTime(world, stalker, 'anyone-3', numbers[3] as string);
  await stalker.add(numbers.slice(0, 3));
  await world.passDays(days);
  for (let again = 0; again < 5; again += 1) await stalker.me.putContacts({ numbers: numbers.slice(0, 3) });
  await world.passDays(1);
  const seen = await stalker.seen();
  const target = world.kith.as('anyone-2');
  const exposure = await target.exposure();
  await target.setDiscoverable('mutual');
  const afterwards = await stalker.seen();
  return {
    attack: 'stalking',
    seed,
    accounts: 1,
    days: days + 1,
    numbersTried: numbers.length,
    namesLearnt: seen.size,
    namesBound: 1,
    pairsLearnt: seen.size,
    checks: [
      check('nobody stays hidden, however long someone waits', !seen.has('nobody-0')),
      check('mutual stays hidden from those whose number it does not hold', !seen.has('mutual-1')),
      check('anyone is found: that is what the word means', seen.has('anyone-2')),
      check(
        'the target sees that it was revealed, once, to one account',
        exposure.revealedTo === 1 && exposure.times === 1,
      ),
      check('the target is not told who the stranger was', exposure.viewers === undefined),
      check('a change of mind takes the card away at once', !afterwards.has('anyone-2')),
      check('a change of mind before the batch comes in time', hidden),
    ],
  };
}

/** The lookup has hit and the reveal is queued when the target turns to nobody. */
async function changesMindInTime(
  world: AttackWorld,
  stalker: Awaited<ReturnType<AttackWorld['recruit']>>,
  id: string,
  number: string,
): Promise<boolean> {
  await stalker.add([number]);
  await world.kith.work();
  await world.kith.as(id).setDiscoverable('nobody');
  await world.passBatch();
  const { times } = await world.kith.as(id).exposure();
  return !(await stalker.seen()).has(id) && times === 0;
}
