/**
 * The workshop, for scripts and for whoever wants to try an idea against the real service: boot all of it in one call,
 * fill it with people, let time pass.
 */
export { type Attack, type AttackReport, broken } from './attacks/attack.ts';
export { attacks } from './attacks/index.ts';
export { type Spawned, spawnBareHall, spawnKith } from './harness/spawned.ts';
export { startKith, type TestKith, type TestKithOptions } from './harness/start-kith.ts';
export {
  createPopulation,
  memberLineOf,
  type Population,
  type PopulationSpec,
} from './population/population.ts';
export type { Twitter2019Result } from './scenarios/twitter-2019/result.ts';
export { runTwitter2019 } from './scenarios/twitter-2019/run.ts';
