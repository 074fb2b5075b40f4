import { dayMs, epochStartMs } from '../../harness/clock.ts';
import { startKith } from '../../harness/start-kith.ts';
import { createPopulation } from '../../population/population.ts';
import { createRandom, hashOf } from '../../population/random.ts';
import { noProgress, type ShowProgress } from '../scenario.ts';
import { runAgainst2019 } from './against-2019.ts';
import { runAgainstKith, tickMs } from './against-kith.ts';
import { chooseCrowd, wishesOf } from './crowd.ts';
import { createFleet, createTargetList } from './fleet.ts';
import { countriesOf, type Twitter2019Options } from './options.ts';
import type { Twitter2019Result } from './result.ts';

/**
 * The attack of 2019 on two designs: a fleet of fake accounts feeds a shuffled list of generated numbers through real
 * HTTP, while honest members sync. Everything but the wall clock is real; the same seed gives the same numbers.
 */
export async function runTwitter2019(
  options: Twitter2019Options,
  showProgress: ShowProgress = noProgress,
): Promise<Twitter2019Result> {
  const { seed, days } = options;
  const random = createRandom(seed);
  const population = createPopulation({
    seed,
    startMs: epochStartMs,
    countries: countriesOf(options.population),
  });
  const numbers = Math.min(options.numbers ?? population.numberCount, population.numberCount);
  const list = () => createTargetList(population, numbers, hashOf(seed, 2019));
  const fleet = createFleet(population, options.accounts, epochStartMs, random.fork('fleet'));
  const joining = { count: options.honest, joinWithinMs: (days * dayMs) / 2, tickMs };
  const crowd = chooseCrowd(population, joining, random.fork('crowd'));
  const wishes = wishesOf(population, crowd);
  const common = { population, crowd, wishes, days, showProgress };

  const before = await runAgainst2019({ ...common, list: list(), accounts: fleet.length });
  const kith = await startKith({ seed });
  try {
    const run = { ...common, kith, seed, fleet, list: list(), random: random.fork('order') };
    const after = await runAgainstKith(run);
    return {
      scenario: 'twitter-2019',
      seed,
      accounts: fleet.length,
      days,
      numbersTried: numbers,
      members: population.memberCount,
      honest: crowd.length,
      designs: [before, after],
    };
  } finally {
    await kith.stop();
  }
}
