import {
  type Detection,
  type DetectOptions,
  type DetectStore,
  detect,
  dropLeftOvers,
  type Ring,
} from '@kith/detection';
import { carryOut } from '../actions/carry-out.ts';
import { planSuspension } from '../actions/plans.ts';
import type { Context } from '../context.ts';
import { eventsCursor } from '../events/feed.ts';
import { claimCursor, readCursor, writeCursor } from '../events/store.ts';
import { throttleRing } from './decisions.ts';
import { readKnownRings, readRing, upsertRing, writeRun } from './store.ts';

/** Who acts where no person does. */
export const automatic = 'kith (policy)';

/** What a screen can show of a ring. */
const drawing = { membersMax: 5_000, linksMax: 50 };

/**
 * Looks for rings in all events, stores what was found, and does what the policy lets it do by itself. Rings keep their
 * ids from run to run.
 */
export async function watch(
  context: Context,
  events: DetectStore,
  options: DetectOptions = {},
): Promise<Detection> {
  const { enforcement } = context.policy;
  await dropLeftOvers(events.engine, events.database, context.now());
  const detection = await detect(
    events,
    {
      drawing,
      ...options,
      guardrails: {
        shadow: enforcement.shadow,
        flaggedShareMax: enforcement.flaggedShareMax,
        protectedMembers: context.protectedMembers,
        ...options.guardrails,
      },
    },
    await readKnownRings(context.database),
  );
  const now = context.now();
  for (const ring of detection.rings) {
    await context.database.transaction((tx) => upsertRing(tx, ring, new Date(now)));
    await actByPolicy(context, ring);
  }
  await writeRun(context.database, detection, new Date(now));
  return detection;
}

const watchCursor = 'watch';

/**
 * Looks for rings where events have come since any server looked last: of several, one does.
 *
 * @param anyway looks even so: after a start, whoever looked last may have died over it.
 * @returns whether it looked.
 */
export async function watchNews(
  { database }: Context,
  look: () => Promise<unknown>,
  anyway: boolean,
): Promise<boolean> {
  const fed = await readCursor(database, eventsCursor);
  const isFirst = await claimCursor(database, watchCursor, fed);
  if (!isFirst && !anyway) return false;
  try {
    await look();
    return true;
  } catch (error) {
    await writeCursor(database, watchCursor, -1);
    throw error;
  }
}

async function actByPolicy(context: Context, ring: Ring): Promise<void> {
  const { throttle, suspend } = context.policy.enforcement;
  if (!ring.actionable) return;
  const row = await readRing(context.database, ring.id);
  if (throttle && row?.state === 'open') await throttleRing(context, ring.id, automatic);
  if (suspend && row && (row.state === 'open' || row.state === 'throttled')) {
    const plan = await planSuspension(context, ring.id, automatic);
    if (!plan.needsApproval) await carryOut(context, plan.id, automatic);
  }
}
