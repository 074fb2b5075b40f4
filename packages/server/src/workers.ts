import type { EventStore } from '@kith/detection';
import { Problem } from '@kith/protocol';
import type { Logger } from 'pino';
import { deleteFailuresBefore, deleteSessionsBefore } from './analysts/store.ts';
import { dayOf, today } from './buckets/days.ts';
import { runPublishing } from './buckets/publishing.ts';
import { deleteDaysBefore, deleteEntriesBefore } from './buckets/store.ts';
import { deleteFullBudgets } from './budgets/store.ts';
import { runRefills } from './contacts/refill.ts';
import { deletePrivateContactsBefore } from './contacts/store.ts';
import type { Context } from './context.ts';
import { feedEvents } from './events/feed.ts';
import { runExposures } from './incident/exposure.ts';
import { sealOnce } from './ledger/sealer.ts';
import type { Metrics } from './operations/metrics.ts';
import { deletePaidBefore } from './oprf/store.ts';
import { deleteMeetingsBefore } from './people/store.ts';
import { runReveals } from './reveals/batches.ts';
import { runLookups } from './reveals/lookups.ts';
import { watch, watchNews } from './rings/rings.ts';
import { epochAt } from './slots/epochs.ts';
import { deleteSlotsBefore } from './slots/store.ts';
import { runDeliveries } from './webhooks/webhooks.ts';

interface Worker {
  name: string;
  everyMs: number;
  /** Rests at least as long as it worked: what grows with the history takes half of the time at most. */
  restsAsLong?: boolean;
  /** Does a bounded piece of work; 0 means that nothing more is due. */
  run: (context: Context) => Promise<number>;
}

/**
 * What happens away from requests. Each piece is a transaction of its own: a crash between two loses nothing. What one
 * makes due stands after it.
 */
const workers: readonly Worker[] = [
  { name: 'refills', everyMs: 2_000, run: runRefills },
  { name: 'lookups', everyMs: 500, run: runLookups },
  { name: 'publishing', everyMs: 1_000, run: runPublishing },
  { name: 'exposures', everyMs: 1_000, run: runExposures },
  { name: 'deliveries', everyMs: 1_000, run: runDeliveries },
  { name: 'reveals', everyMs: 1_000, run: runReveals },
  { name: 'sealing', everyMs: 1_000, run: seal },
  { name: 'expiry', everyMs: 3_600_000, run: expire },
];

/** Seals whatever is there: one checkpoint a turn under light load, one a batch when there is much. */
async function seal({ database, ledger, now }: Context): Promise<number> {
  for (;;) {
    const report = await sealOnce(database, ledger.keys, now());
    if (report.refused.length > 0)
      throw new Problem('ledger_broken', `${report.refused.length} entries were not written by us`);
    if (!report.more) return 0;
  }
}

/** So long a lost answer to an evaluation can be asked for again, free, ms. */
const evaluationsKeptMs = 86_400_000;

/** Slots and meetings of past epochs, buckets of past days, budgets as good as new. */
async function expire(context: Context): Promise<number> {
  const epoch = epochAt(context.policy, context.now());
  await deleteSlotsBefore(context.database, epoch);
  await deleteMeetingsBefore(context.database, epoch);
  await deletePrivateContactsBefore(context.database, epoch);
  const day = dayOf(context.now());
  await deletePaidBefore(context.database, new Date(context.now() - evaluationsKeptMs));
  await deleteDaysBefore(context.database, day);
  await deleteEntriesBefore(context.database, (await today(context)).keyVersion);
  await deleteFullBudgets(context.database, context.now());
  await deleteSessionsBefore(context.database, new Date(context.now()));
  await deleteFailuresBefore(context.database, new Date(context.now() - 86_400_000));
  return 0;
}

/** Copies the ledger to the event store. */
const feeder = (events: EventStore): Worker => ({
  name: 'events',
  everyMs: 2_000,
  run: (context) => feedEvents(context, events),
});

/** Looks for rings, and acts where the policy says so. */
const watcher = (context: Context, events: EventStore): Worker => {
  let hasLooked = false;
  return {
    name: 'watch',
    everyMs: context.policy.enforcement.everySecs * 1_000,
    restsAsLong: true,
    run: async () => {
      await watchNews(context, () => watch(context, events), !hasLooked);
      hasLooked = true;
      return 0;
    },
  };
};

/** Runs every worker until nothing is due at the context's time; for virtual time, and for tests. */
export async function workUntilIdle(context: Context, events?: EventStore): Promise<void> {
  for (const worker of [...workers, ...(events ? [feeder(events)] : [])]) {
    // What is put off is due later, so this ends.
    while ((await worker.run(context)) > 0);
  }
}

/** Runs the workers on real time until stopped; one that fails is logged, counted and tried again. */
export function startWorkers(
  context: Context,
  log: Logger,
  metrics: Metrics,
  events?: Promise<EventStore | undefined>,
): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const run = (worker: Worker) => loop(worker, context, log, metrics, stopping.signal);
  const watching = async () => {
    const store = await events;
    if (store) await Promise.all([run(feeder(store)), run(watcher(context, store))]);
  };
  const loops = [...workers.map(run), watching()];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function loop(
  worker: Worker,
  context: Context,
  log: Logger,
  metrics: Metrics,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    let done = 0;
    const began = performance.now();
    try {
      done = await worker.run(context);
      metrics.worked(worker.name, 'done', done);
    } catch (error) {
      metrics.worked(worker.name, 'failed', 1);
      log.warn({ worker: worker.name, err: error }, 'worker failed; it will try again');
    }
    await pause(done > 0 ? 5 : restMs(worker, performance.now() - began), signal);
  }
}

/** How long a worker that has nothing more to do rests, ms. */
export function restMs(
  { everyMs, restsAsLong }: Pick<Worker, 'everyMs' | 'restsAsLong'>,
  tookMs: number,
): number {
  return restsAsLong ? Math.max(everyMs, tookMs) : everyMs;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
