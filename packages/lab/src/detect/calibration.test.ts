import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AttackWorld, createWorld, numbersOf, unownedNumbers } from '../attacks/world.ts';
import { Budgets, type Scope } from './budgets.ts';
import { dayMs } from './life.ts';
import { goOn, openAccount, type ServiceState, sync } from './service.ts';
import { settingAnyone, type World } from './world.ts';

const open = 60;
const others = 1_000;
const batchMs = 600_000;

/** The same numbers in the simulated service: the first `open` belong to members who chose `anyone`, the others to nobody. */
function simulated(): ServiceState {
  const ownerOf = new Int32Array(open + others).fill(-1);
  for (let number = 0; number < open; number++) ownerOf[number] = number;
  const country = { code: 'GB', firstNumber: 0, numbers: open + others };
  const world = { ownerOf, setting: new Uint8Array(open).fill(settingAnyone), countries: [country] };
  return {
    world: world as unknown as World,
    joined: new Float64Array(open),
    asked: new Uint8Array(open + others),
    metSince: new Uint16Array(open),
    budgets: new Budgets(),
  };
}

describe('the simulated service beside the real one', () => {
  let real: AttackWorld;
  beforeAll(async () => {
    real = await createWorld(5, { members: 400 });
  });
  afterAll(() => real.stop());

  it('lets the same numbers wait, and shows as many names, after a batch and after each day', async () => {
    const state = simulated();
    const account = openAccount();
    const scopes: Scope[] = [{ kind: 'member', key: 'fake' }];
    const numbers = Array.from({ length: open + others }, (_, number) => number);
    const answer = sync(state, { account, member: -1, scopes }, numbers, 0);
    let last = 0;
    const shownBy = (day: number): number => {
      const now = day * dayMs + 3 * batchMs;
      goOn(state, account, scopes, last, now);
      last = now;
      return account.learnt.length;
    };
    const attacker = await real.recruit('fake', { ageDays: 60 });
    const list = [...numbersOf(real.population, 'anyone', open), ...unownedNumbers(real.population, others)];
    expect(list).toHaveLength(open + others);
    expect(await attacker.add(list)).toMatchObject({ new: list.length, waiting: answer.waiting });
    await real.passBatch();
    expect(await attacker.seen()).toHaveProperty('size', shownBy(0));
    for (const day of [1, 2, 3]) {
      await real.passDays(1);
      await real.passBatch();
      expect(await attacker.seen()).toHaveProperty('size', shownBy(day));
    }
    expect(account.learnt).toHaveLength(open);
    expect(account.learnt[0]).toBeGreaterThan(2 * dayMs);
  });
});
