import { type Attack, type AttackReport, check } from './attack.ts';
import { type AttackWorld, budgetOf, createWorld, numbersOf, unownedNumbers } from './world.ts';

const roundCount = 12;

/**
 * One number at a time ties each card to its number: that is what `anyone` means, and it is metered. Adding and removing
 * must not make it cheaper, and must not tell who holds the attacker's own number.
 */
export const delta: Attack = {
  name: 'delta',
  summary: 'one account adds, looks, removes and adds again, a number at a time',
  run: async ({ seed }) => {
    const world = await createWorld(seed, { members: 300 });
    try {
      return await attackWith(world, seed);
    } finally {
      await world.stop();
    }
  },
};

async function attackWith(world: AttackWorld, seed: number): Promise<AttackReport> {
  const open = numbersOf(world.population, 'anyone', roundCount / 2);
  const targets = [...open, ...unownedNumbers(world.population, roundCount / 2)];
  const attacker = await world.recruit('attacker');
  const pairs = await probeOneByOne(world, attacker, targets);
  const again = await addAndRemove(world, attacker, open[0] as string);
  const saved = await probeWhoSavedMe(world);
  return {
    attack: 'delta',
    seed,
    accounts: 1,
    days: 0,
    numbersTried: targets.length,
    namesLearnt: pairs.learnt,
    namesBound: budgetOf(world.policy, 'reveals', 1),
    pairsLearnt: pairs.learnt,
    checks: [
      check('each number that was tried costs one lookup', pairs.spent === targets.length),
      check('no card appears before the next batch', pairs.early === 0),
      check('one number a batch is the most that can be tied to a name', pairs.learnt === open.length),
      check('adding a removed number again is paid for each time', again.spent === roundCount),
      check('and brings nothing new', again.fresh === 0),
      check('adding numbers does not tell who holds mine, unless I hold theirs and both agree', saved),
    ],
  };
}

type Attacker = Awaited<ReturnType<AttackWorld['recruit']>>;

async function probeOneByOne(world: AttackWorld, attacker: Attacker, targets: readonly string[]) {
  const spentBy = await meter(attacker);
  let known = await attacker.seen();
  let [learnt, early] = [0, 0];
  for (const number of targets) {
    await attacker.add([number]);
    await world.kith.work();
    early += (await attacker.seen()).size - known.size;
    await world.passBatch();
    const seen = await attacker.seen();
    learnt += seen.size - known.size;
    known = seen;
    await attacker.me.patchContacts({ remove: [number] });
  }
  return { learnt, early, spent: await spentBy() };
}

/** Lookups spent since, those left out that time gave back: so many units as the days that passed allow. */
async function meter(attacker: Attacker): Promise<() => Promise<number>> {
  const before = (await attacker.me.budget()).lookups;
  const shortMs = async () => {
    const { fullAt } = (await attacker.me.budget()).lookups;
    return Date.parse(fullAt);
  };
  const fullBefore = await shortMs();
  return async () => Math.round(((await shortMs()) - fullBefore) / (86_400_000 / before.perDay));
}

async function addAndRemove(world: AttackWorld, attacker: Attacker, number: string) {
  const known = await attacker.seen();
  const spentBy = await meter(attacker);
  for (let round = 0; round < roundCount; round += 1) {
    await attacker.add([number]);
    await attacker.me.patchContacts({ remove: [number] });
  }
  const spent = await spentBy();
  await world.passBatch();
  return { spent, fresh: (await attacker.seen()).size - known.size };
}

/** Ann holds the scanner's number and may be met; Bob holds it and chose nobody; Cem does not hold it. */
async function probeWhoSavedMe(world: AttackWorld): Promise<boolean> {
  const [own, ...others] = unownedNumbers(world.population, 4) as [string, string, string, string];
  const scanner = await world.recruit('scanner', { number: own, discoverable: 'mutual' });
  const [ann, bob, cem] = await Promise.all([
    world.recruit('ann', { number: others[0], discoverable: 'mutual' }),
    world.recruit('bob', { number: others[1], discoverable: 'nobody' }),
    world.recruit('cem', { number: others[2], discoverable: 'mutual' }),
  ] as const);
  await ann.add([own]);
  await bob.add([own]);
  await cem.add(others.slice(0, 1));
  await scanner.add(others);
  await world.passBatch();
  const seen = await scanner.seen();
  await scanner.me.patchContacts({ remove: [...others] });
  const afterwards = await scanner.seen();
  return seen.size === 1 && seen.has('ann') && afterwards.size === 0;
}
