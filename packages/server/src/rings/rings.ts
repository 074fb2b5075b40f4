import {
  type Detection,
  type DetectOptions,
  type DetectStore,
  detect,
  dropLeftOvers,
  type Ring,
} from '@kith/detection';
import { Problem } from '@kith/protocol';
import { carryOut } from '../actions/carry-out.ts';
import { planSuspension } from '../actions/plans.ts';
import type { Context } from '../context.ts';
import {
  type RingRow,
  readKnownRings,
  readRing,
  readRingMembers,
  readRings,
  setRingState,
  setThrottled,
  upsertRing,
} from './store.ts';

/** Who acts where no person does. */
export const automatic = 'kith (policy)';

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
  return detection;
}

async function actByPolicy(context: Context, ring: Ring): Promise<void> {
  const { throttle, suspend } = context.policy.enforcement;
  if (!ring.actionable) return;
  const row = await readRing(context.database, ring.id);
  if (throttle && row?.state === 'open') await throttleRing(context, ring.id);
  if (suspend && row && (row.state === 'open' || row.state === 'throttled')) {
    const plan = await planSuspension(context, ring.id, automatic);
    if (!plan.needsApproval) await carryOut(context, plan.id, automatic);
  }
}

/** Holds the accounts of a ring together to what one member may spend. */
export async function throttleRing(context: Context, ringId: string): Promise<void> {
  await context.database.transaction(async (tx) => {
    const members = (await readRingMembers(tx, ringId)).filter(
      (member) => member.flagged && !member.isProtected,
    );
    const ids = members.map(({ member }) => member);
    await setThrottled(tx, ids, ringId);
    await setRingState(tx, ringId, 'throttled');
    await context.ledger.append(
      tx,
      ids.map((memberId) => ({
        memberId,
        kind: 'enforcement' as const,
        body: { what: 'throttle', ring: ringId },
      })),
      context.now(),
    );
  });
}

export async function listRings(context: Context, page: { after?: string; limit: number }) {
  const rows = await readRings(context.database, page.after ?? '', page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const next = rows.length > page.limit ? shown.at(-1)?.ringId : undefined;
  return { rings: shown.map(summaryOf), ...(next && { next }) };
}

/** @throws Problem `ring_unknown` */
export async function getRing(context: Context, ringId: string) {
  const row = await readRing(context.database, ringId);
  if (!row) throw new Problem('ring_unknown');
  return { ...summaryOf(row), ...row.body, members: await readRingMembers(context.database, ringId) };
}

function summaryOf({ ringId, state, accounts, evidence, foundAt, updatedAt, body }: RingRow) {
  return {
    id: ringId,
    state,
    accounts,
    evidence,
    foundAt: foundAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    since: new Date(body.since).toISOString(),
    countries: [...new Set(body.origins.map((origin) => origin.country).filter(Boolean))],
    tried: body.tried.numbers,
    revealed: body.got.reveals,
    why: body.reasons.slice(0, 3).map((reason) => reason.words),
    actionable: body.actionable,
    holds: body.holds,
  };
}
