import { type Attack, type AttackReport, check } from './attack.ts';
import { type Attacker, type AttackWorld, createWorld, numbersOf, unownedNumbers } from './world.ts';

const listSize = 32;

/** The people list names people, not numbers; which number led to whom might be found by sending halves. */
export const bisection: Attack = {
  name: 'bisection',
  summary: 'one account re-uploads halves of its list to learn which number led to which card',
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
  const numbers = numbersOf(world.population, 'anyone', listSize);
  const attacker = await world.recruit('attacker');
  const twin = await world.recruit('twin');
  await attacker.add(numbers);
  await twin.add(unownedNumbers(world.population, listSize));
  await world.passBatch();
  const whole = await attacker.seen();
  const before = (await attacker.me.budget()).lookups.left;
  const halves = await sendHalves(world, attacker, twin, numbers);
  const spent = before - (await attacker.me.budget()).lookups.left;
  const { left, cost } = await eraseAndSendHalf(world, attacker, numbers.slice(0, listSize / 2));
  return {
    attack: 'bisection',
    seed,
    accounts: 1,
    days: 0,
    numbersTried: numbers.length,
    namesLearnt: whole.size,
    namesBound: listSize,
    pairsLearnt: 0,
    checks: [
      check('the whole list was found, so there was something to tell apart', whole.size === listSize),
      check(
        'every half shows the same people as the whole list',
        halves.every(({ seen }) => sameSet(seen, whole)),
      ),
      check(
        'the answers are those that numbers of nobody get, byte for byte',
        halves.every(({ answer, twinAnswer }) => answer === twinAnswer),
      ),
      check('a number that was dropped from the book is paid for again', spent >= listSize / 2 - 1),
      check('erasing the book to start over costs the half again', cost >= listSize / 2 - 1),
      check('after erasing, nobody is left on the people list until paid for again', left === 0),
    ],
  };
}

interface Half {
  seen: Set<string>;
  answer: string;
  twinAnswer: string;
}

/** Smaller and smaller halves; the twin sends as many numbers that belong to nobody. */
async function sendHalves(
  world: AttackWorld,
  attacker: Attacker,
  twin: Attacker,
  numbers: readonly string[],
): Promise<Half[]> {
  const nobodys = unownedNumbers(world.population, listSize);
  const halves: Half[] = [];
  for (let size = listSize / 2; size >= 1; size /= 2) {
    for (const from of [0, size]) {
      const send = async (who: Attacker, list: readonly string[]) => {
        const answer = await who.me.putContacts({ numbers: list.slice(from, from + size) });
        // Reveals are spent on cards that stand on the people list already: they tell nothing new.
        const { reveals: _, ...budget } = answer.budget;
        return JSON.stringify({ ...answer, budget });
      };
      const answer = await send(attacker, numbers);
      const twinAnswer = await send(twin, nobodys);
      await world.passBatch();
      halves.push({ answer, twinAnswer, seen: await attacker.seen() });
    }
  }
  return halves;
}

async function eraseAndSendHalf(
  world: AttackWorld,
  attacker: Attacker,
  half: readonly string[],
): Promise<{ left: number; cost: number }> {
  await attacker.me.deleteContacts();
  const left = (await attacker.seen()).size;
  const before = (await attacker.me.budget()).lookups.left;
  await attacker.add(half);
  await world.passBatch();
  return { left, cost: before - (await attacker.me.budget()).lookups.left };
}

const sameSet = (a: Set<string>, b: Set<string>) => a.size === b.size && [...a].every((id) => b.has(id));
