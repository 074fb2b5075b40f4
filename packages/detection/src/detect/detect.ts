import { addLinks, flagFrom } from './evidence.ts';
import type { KnownRing } from './identity.ts';
import { judge } from './judge.ts';
import { type DetectOptions, defaultGuardrails } from './options.ts';
import { readPool } from './pool.ts';
import type { Detection } from './ring.ts';
import { type DetectStore, withRun } from './run.ts';
import { weigh } from './weigh.ts';

/** In a small log, one honest account in twenty runs is allowed: less could not be told from none. */
const honestFlaggedMin = 0.05;

/**
 * Finds the networks of accounts that enumerate. Reads the events in a few passes inside the engine; what comes back (the
 * suspicious members and what they share) is judged here, by pure functions, the same way every time for the same seed.
 *
 * @param known rings of earlier runs, so that they keep their ids.
 * @throws WatchError `event_store_unavailable`, `event_store_query_failed`.
 */
export async function detect(
  store: DetectStore,
  options: DetectOptions = {},
  known: readonly KnownRing[] = [],
): Promise<Detection> {
  const started = performance.now();
  return withRun(store, options, async (run) => {
    const weighed = await weigh(run);
    const pool = await readPool(run, weighed);
    const evidence = addLinks(pool, weighed.calibrations);
    const bar = flagFrom([...evidence.total], honestMax(run.members, options.honestFlaggedPer100k ?? 1));
    const guardrails = { ...defaultGuardrails, ...options.guardrails };
    const { poolTable } = weighed;
    const { rings, lone } = await judge(run, { pool, evidence, poolTable, bar }, guardrails, known);
    return {
      seed: run.seed,
      from: run.window.from ?? null,
      to: options.to ?? null,
      events: run.events,
      members: run.members,
      judged: weighed.judged,
      bar: Number.isFinite(bar) ? bar : null,
      rings,
      lone,
      signals: [...run.signals.members, ...run.signals.links].map(({ id }) => id),
      silent: [...run.signals.silent],
      tookMs: Math.round(performance.now() - started),
    };
  });
}

/** Honest accounts that may be among the flagged, in expectation. */
function honestMax(members: number, per100k: number): number {
  return Math.max((members * per100k) / 100_000, honestFlaggedMin);
}
