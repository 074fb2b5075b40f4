import { addLinks } from './evidence.ts';
import type { DetectOptions } from './options.ts';
import { readPool } from './pool.ts';
import { type DetectStore, withRun } from './run.ts';
import { weigh } from './weigh.ts';

/**
 * The evidence of every suspicious member, without a bar: what a ranking, or a receiver operating characteristic, is drawn from.
 *
 * @returns log odds of each suspicious member being an enumerator, in nats; whoever is absent is not suspicious at all.
 * @throws WatchError `event_store_unavailable`, `event_store_query_failed`.
 */
export async function scoreMembers(
  store: DetectStore,
  options: DetectOptions = {},
): Promise<Map<string, number>> {
  return withRun(store, options, async (run) => {
    const weighed = await weigh(run);
    const pool = await readPool(run, weighed);
    const { total } = addLinks(pool, weighed.calibrations);
    return new Map(pool.members.map((member, place) => [member, total[place] ?? 0]));
  });
}
