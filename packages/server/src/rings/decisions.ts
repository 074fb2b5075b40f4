import { Problem } from '@kith/protocol';
import type { Context } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { lockRing, type RingRow, readRingMembers, setRingNote, setRingState, setThrottled } from './store.ts';

/**
 * Holds the accounts of a ring together to what one member may spend. A ring that is held already stays so.
 *
 * @throws Problem `ring_unknown`, `ring_state` for one that is suspended or dismissed
 */
export async function throttleRing(context: Context, ringId: string, by: string): Promise<void> {
  await context.database.transaction(async (tx) => {
    const ring = await expectRing(tx, ringId);
    if (ring.state === 'throttled') return;
    if (ring.state !== 'open') throw new Problem('ring_state', `The ring is ${ring.state}`);
    const ids = await flaggedOf(tx, ringId);
    await setThrottled(tx, ids, ringId);
    await setRingState(tx, ringId, 'throttled');
    await record(tx, context, ids, { what: 'throttle', ring: ringId, by });
  });
}

/**
 * Says that a ring is none, or takes that back. What held its accounts is lifted, and what was held stays on record.
 *
 * @throws Problem `ring_unknown`, `ring_state` for one that is suspended: that is undone as an action
 */
export async function decideRing(
  context: Context,
  ringId: string,
  state: 'dismissed' | 'open',
  decision: { by: string; note?: string },
): Promise<void> {
  const { by, note } = decision;
  await context.database.transaction(async (tx) => {
    const ring = await expectRing(tx, ringId);
    if (ring.state === 'suspended') throw new Problem('ring_state', 'The ring is suspended');
    if (note !== undefined) await setRingNote(tx, ringId, note);
    if (ring.state === state) return;
    const ids = ring.state === 'throttled' ? await flaggedOf(tx, ringId) : [];
    if (ids.length > 0) await setThrottled(tx, ids, null);
    await setRingState(tx, ringId, state);
    const what = state === 'dismissed' ? 'dismiss' : 'reopen';
    await record(tx, context, ids.length > 0 ? ids : [historyOfRing(ringId)], { what, ring: ringId, by });
  });
}

/** The history of what is decided about a ring and changes nothing for any member. */
export const historyOfRing = (ringId: string): string => `kith:ring:${ringId}`;

async function expectRing(tx: Transaction, ringId: string): Promise<RingRow> {
  const ring = await lockRing(tx, ringId);
  if (!ring) throw new Problem('ring_unknown');
  return ring;
}

async function flaggedOf(tx: Transaction, ringId: string): Promise<string[]> {
  const members = await readRingMembers(tx, ringId);
  return members.filter(({ flagged, isProtected }) => flagged && !isProtected).map(({ member }) => member);
}

async function record(
  tx: Transaction,
  { ledger, now }: Context,
  memberIds: readonly string[],
  body: Record<string, unknown>,
): Promise<void> {
  await ledger.append(
    tx,
    memberIds.map((memberId) => ({ memberId, kind: 'enforcement' as const, body })),
    now(),
  );
}
