import { type Attack, type AttackReport, check } from './attack.ts';
import { budgetOf, createWorld, numbersOf, openAmong } from './world.ts';

const days = 3;

/** Someone else's leak names numbers that all belong to members; the attacker wants the names to them. */
export const hitList: Attack = {
  name: 'hit-list',
  summary: "one account uploads numbers known to belong to members, from someone else's leak",
  run: async ({ seed }) => {
    const world = await createWorld(seed, { members: 1_500 });
    try {
      return await attackWith(world, seed);
    } finally {
      await world.stop();
    }
  },
};

async function attackWith(
  world: Awaited<ReturnType<typeof createWorld>>,
  seed: number,
): Promise<AttackReport> {
  const { population } = world;
  const settings = ['anyone', 'mutual', 'nobody'] as const;
  const leaked = settings.flatMap((setting) => numbersOf(population, setting, 300));
  const attacker = await world.recruit('attacker');
  await attacker.add(leaked);
  await world.passBatch();
  const atFirst = await attacker.seen();
  await world.passDays(days);
  const seen = await attacker.seen();
  const open = openAmong(population, leaked);
  const namesBound = budgetOf(world.policy, 'reveals', days + 1);
  return {
    attack: 'hit-list',
    seed,
    accounts: 1,
    days,
    numbersTried: leaked.length,
    namesLearnt: seen.size,
    namesBound,
    pairsLearnt: 0,
    checks: [
      check(
        'a burst shows nothing with the first batch: it ripens first',
        atFirst.size === 0 && seen.size > 0,
      ),
      check(
        'after that names come at the daily rate, however many are hit',
        seen.size <= namesBound && seen.size < open.size,
      ),
      check(
        'mutual and nobody are never shown, though their numbers were sent',
        [...seen].every((id) => open.has(id)),
      ),
    ],
  };
}
