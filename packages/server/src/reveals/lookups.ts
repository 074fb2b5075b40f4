import { burstWaitMs } from '../budgets/burst-wait.ts';
import { memberScope, type Scope } from '../budgets/scopes.ts';
import { countAllies, readBudgets } from '../budgets/store.ts';
import { readLookedUp } from '../contacts/store.ts';
import type { Context } from '../context.ts';
import { findOpen } from '../directory/store.ts';
import { askerOf } from '../events/asked.ts';
import { countSolitary } from '../events/store.ts';
import { inSlices } from '../in-slices.ts';
import { inTurn } from '../in-turn.ts';
import { tagBytes } from '../keys/keyring.ts';
import { lockMember, type MemberRow, readMembers, scheduleReveals } from '../members/store.ts';
import { readKnown } from '../people/store.ts';
import type { Transaction } from '../postgres/database.ts';
import { nextBatchAt } from './batches.ts';
import { type LookupRow, queueReveals, readLookups, takeLookup } from './store.ts';

const lookupsAtOnce = 100;

/**
 * Runs lookups that syncs have paid for, away from their answers. Hits join the queue of reveals. Returns how many
 * were waiting; fewer than asked for means that nothing more is due.
 */
export async function runLookups(context: Context): Promise<number> {
  return inTurn(await readLookups(context.database, lookupsAtOnce), (key) =>
    context.database.transaction(async (tx) => {
      // The member first, as everywhere: two transactions that lock in one order cannot deadlock.
      const me = await lockMember(tx, key.memberId, 'sync');
      const lookup = await takeLookup(tx, key);
      if (me && lookup && !me.suspendedAt) await run(tx, context, me, lookup);
    }),
  );
}

async function run(tx: Transaction, context: Context, me: MemberRow, lookup: LookupRow): Promise<void> {
  const tags = lookup.tags.length > 0 ? lookup.tags : await bookTags(tx, context, me.memberId);
  await queueHits(tx, context, me, await findOpen(tx, tags), lookup.scopes);
  if (lookup.sketch) await recordSketch(tx, context, me.memberId, lookup.tags, lookup.sketch);
}

/** Of everything that a member has paid for and still has. */
async function bookTags(tx: Transaction, { keyring }: Context, memberId: string): Promise<Buffer> {
  return keyring.lookupTags(memberId, await readLookedUp(tx, memberId));
}

/** For detection: what a new batch looked like, and how many of its numbers nobody else has ever asked about. */
async function recordSketch(
  tx: Transaction,
  context: Context,
  memberId: string,
  tags: Buffer,
  sketch: NonNullable<LookupRow['sketch']>,
): Promise<void> {
  const list = Array.from({ length: tags.length / tagBytes }, (_, at) =>
    tags.subarray(at * tagBytes, (at + 1) * tagBytes),
  );
  // Tags of their own: beside the directory's, they would be an address book of whoever asked first.
  const asked = await inSlices(list, (slice) =>
    slice.map((tag) => context.keyring.tag('contact', Buffer.concat([Buffer.from('asked\0'), tag]))),
  );
  const solitary = await countSolitary(tx, asked, askerOf(context, memberId));
  await context.ledger.append(
    tx,
    [{ memberId, kind: 'lookup', body: { ...sketch, solitary } }],
    context.now(),
  );
}

/**
 * Queues whom a member has found, by whichever way, for the next batch. It does the same work whether or not there is
 * anyone to queue: the member is locked meanwhile, so its next call can feel how long this takes.
 */
export async function queueHits(
  tx: Transaction,
  context: Context,
  me: MemberRow,
  subjectIds: readonly string[],
  scopes: readonly Scope[],
): Promise<void> {
  const now = context.now();
  const found = subjectIds.filter((memberId) => memberId !== me.memberId);
  const known = await readKnown(tx, me.memberId, 'any', found);
  const hits = found.filter((memberId) => !known.has(memberId));
  const ripeAt = now + (await ripensInMs(tx, context, me.memberId, now));
  const queued = await queueReveals(tx, me.memberId, hits, scopes, new Date(ripeAt));
  await recordCanaries(tx, context, me.memberId, queued, now);
  const batch = nextBatchAt(context.policy, ripeAt);
  if (!me.revealAt || me.revealAt > batch) await scheduleReveals(tx, me.memberId, batch);
}

/** One wait for all that a sync finds: it says how much the member asks, and nothing about which number was whose. */
async function ripensInMs(
  tx: Transaction,
  { policy, keyring }: Context,
  memberId: string,
  now: number,
): Promise<number> {
  const rows = await readBudgets(tx, memberScope(keyring, memberId).tag);
  const lookups = rows.find(({ unit }) => unit === 'lookups');
  return lookups ? burstWaitMs(policy, lookups, await countAllies(tx, memberId), now) : 0;
}

/** A canary is revealed like anyone else, or it would give itself away; the ledger remembers who touched it. */
async function recordCanaries(
  tx: Transaction,
  context: Context,
  memberId: string,
  queued: readonly string[],
  now: number,
): Promise<void> {
  const canaries = (await readMembers(tx, queued)).filter((member) => member.canary);
  await context.ledger.append(
    tx,
    canaries.map((canary) => ({ memberId, otherId: canary.memberId, kind: 'canary' as const, body: {} })),
    now,
  );
}
