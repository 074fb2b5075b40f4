import { dayMs, minuteMs } from '../../harness/clock.ts';
import type { TestKith } from '../../harness/start-kith.ts';
import { memberLineOf, type Population } from '../../population/population.ts';
import { type Random, shuffled } from '../../population/random.ts';
import type { ShowProgress } from '../scenario.ts';
import { type HonestMember, honestOutcome, type Wish } from './crowd.ts';
import type { FakeAccount, TargetList } from './fleet.ts';
import { FleetAttack } from './fleet-attack.ts';
import { HonestLife } from './honest-life.ts';
import { type DesignResult, designResult } from './result.ts';

export interface KithRun {
  kith: TestKith;
  seed: number;
  population: Population;
  fleet: readonly FakeAccount[];
  list: TargetList;
  crowd: readonly HonestMember[];
  wishes: readonly Wish[];
  days: number;
  random: Random;
  showProgress: ShowProgress;
}

const ticksPerDay = 4;
export const tickMs: number = dayMs / ticksPerDay;
/** Longer than a reveal batch takes to fall due. */
const batchWaitMs = 20 * minuteMs;

/** The same fleet and the same honest members against Kith, over HTTP, on virtual time. */
export async function runAgainstKith(run: KithRun): Promise<DesignResult> {
  const { kith, population, fleet, days } = run;
  const startMs = kith.clock.now();
  await load(run);
  const attack = new FleetAttack(run, startMs);
  const life = new HonestLife(run, startMs);
  const progress = run.showProgress('kith', days * ticksPerDay, 'quarter days');
  for (let tick = 0; tick < days * ticksPerDay; tick += 1) {
    const actions = shuffled(run.random, [
      ...attack.actionsOf(tick, ticksPerDay),
      ...life.actionsOf(tick, tickMs),
    ]);
    for (const act of actions) await act();
    await passTick(kith, life);
    progress.advance();
  }
  progress.finish();
  const learnt = await attack.namesLearnt();
  return designResult({
    name: 'kith',
    learntAtMs: [...learnt.values()],
    accounts: fleet.length,
    days,
    members: population.memberCount,
    honest: honestOutcome(run.wishes, (wish) => life.foundAt(wish), days * dayMs, life.waits),
    numbersLookedUp: await attack.numbersLookedUp(),
  });
}

async function load({ kith, population, fleet, showProgress }: KithRun): Promise<void> {
  const progress = showProgress('members', population.memberCount, 'members');
  function* lines() {
    for (const member of population.members()) yield memberLineOf(member);
    for (const account of fleet) yield account.line;
  }
  const summary = await kith.host.importMembers(lines(), progress.set);
  progress.finish();
  const expected = population.memberCount + fleet.length;
  if (summary.imported !== expected) throw new Error(`${summary.imported} of ${expected} members imported`);
}

/** Lookups run, the batch that they fall into passes, and the rest of the quarter day with it. */
async function passTick(kith: TestKith, life: HonestLife): Promise<void> {
  await kith.work();
  await kith.elapse(batchWaitMs);
  await life.look();
  await kith.elapse(tickMs - batchWaitMs);
}
