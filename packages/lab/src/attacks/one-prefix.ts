import { type Attack, type AttackReport, check } from './attack.ts';
import { type AttackWorld, createWorld, numbersOf } from './world.ts';

const accountCount = 15;
const numbersPerAccount = 60;
const days = 2;

/** A cheap fleet: many fresh accounts behind one address. */
export const onePrefix: Attack = {
  name: 'one-prefix',
  summary:
    'a fleet of fresh accounts on one /24 shares a list of numbers that are known to belong to members',
  run: async ({ seed }) => {
    const world = await createWorld(seed, { members: 2_600, memberDensity: 0.2 });
    try {
      return await attackWith(world, seed);
    } finally {
      await world.stop();
    }
  },
};

async function attackWith(world: AttackWorld, seed: number): Promise<AttackReport> {
  const numbers = numbersOf(world.population, 'anyone', accountCount * numbersPerAccount);
  const names = new Set<string>();
  for (let index = 0; index < accountCount; index += 1) {
    const fake = await world.recruit(`fake-${index}`, { device: { address: `5.160.7.${index + 1}` } });
    await fake.add(numbers.slice(index * numbersPerAccount, (index + 1) * numbersPerAccount));
  }
  await world.passBatch();
  const atFirst = await collect(world, names);
  await world.passDays(days);
  const learnt = await collect(world, names);

  const alone = await world.recruit('elsewhere', { device: { address: '5.160.8.1' } });
  await alone.add(numbers.slice(0, numbersPerAccount));
  await world.passBatch();
  const elsewhere = await alone.seen();
  const { capacity, perDay } = world.policy.budgets.reveals.prefix;
  const namesBound = capacity + Math.ceil(perDay * (days + 1));
  return {
    attack: 'one-prefix',
    seed,
    accounts: accountCount,
    days,
    numbersTried: numbers.length,
    namesLearnt: learnt,
    namesBound,
    pairsLearnt: 0,
    checks: [
      check('at first the fleet together gets what its /24 may have', atFirst === capacity),
      check(
        'each for itself could have had more',
        accountCount * world.policy.budgets.reveals.member.capacity > capacity,
      ),
      check('from then on it shares the daily rate of the /24', learnt <= namesBound && learnt > atFirst),
      check(
        'an account on another /24 is not slowed',
        elsewhere.size === world.policy.budgets.reveals.member.capacity,
      ),
    ],
  };
}

async function collect(world: AttackWorld, names: Set<string>): Promise<number> {
  for (let index = 0; index < accountCount; index += 1) {
    for (const person of await world.kith.as(`fake-${index}`).allPeople()) names.add(person.id);
  }
  return names.size;
}
