import { createPermutation } from '../population/permutation.ts';
import { type AttackReport, check } from './attack.ts';
import { budgetOf, createWorld, openAmong } from './world.ts';

const days = 5;
const listSize = 4_000;

/** One fresh account works through a list of generated numbers, in order or shuffled, for some days. */
export async function enumerate(
  attack: string,
  order: 'in order' | 'shuffled',
  seed: number,
): Promise<AttackReport> {
  const world = await createWorld(seed, { members: 1_500 });
  try {
    const { population } = world;
    const places = createPermutation(population.numberCount, seed);
    const list = Array.from({ length: listSize }, (_, at) =>
      population.numberAt(order === 'shuffled' ? places.at(at) : at),
    );
    const attacker = await world.recruit('attacker');
    const answer = await attacker.add(list);
    const atOnce = await attacker.seen();
    await world.passDays(days);
    const seen = await attacker.seen();

    const lookupsBound = budgetOf(world.policy, 'lookups', days + 1);
    const namesBound = budgetOf(world.policy, 'reveals', days + 1);
    const open = openAmong(population, list);
    const { waiting } = await attacker.me.budget();
    return {
      attack,
      seed,
      accounts: 1,
      days,
      numbersTried: list.length,
      namesLearnt: seen.size,
      namesBound,
      pairsLearnt: 0,
      checks: [
        check('the list is taken in, not refused', answer.accepted === listSize && answer.new === listSize),
        check('the answer carries counts alone', Object.keys(answer).sort().join() === answerKeys),
        check('nobody is shown at once', atOnce.size === 0),
        check(
          'only members who chose anyone are ever shown',
          [...seen].every((id) => open.has(id)),
        ),
        check('no more numbers were looked up than the budget allows', listSize - waiting <= lookupsBound),
        check('no more names were shown than the budget allows', seen.size <= namesBound),
      ],
    };
  } finally {
    await world.stop();
  }
}

/** Names and numbers of nobody: what every sync is answered with while something waits. */
const answerKeys = 'accepted,budget,new,rejected,waiting,waitingUntil';
