import { type CanonicalNumber, Problem, type SyncAnswer } from '@kith/protocol';
import { type HeldBudgets, holdBudgets, reportBudgets } from '../budgets/budgets.ts';
import { memberScope, type Origin, type Scope, scopesOf } from '../budgets/scopes.ts';
import type { Context } from '../context.ts';
import { askerOf } from '../events/asked.ts';
import { sketchOf } from '../events/sketch.ts';
import { forgetAsked } from '../events/store.ts';
import { active, readActiveMember } from '../members/active.ts';
import { lockMember, type MemberRow, scheduleRefill, scheduleReveals } from '../members/store.ts';
import { forgetEvaluations } from '../oprf/store.ts';
import { type Meetings, noMeetings, writeAndMeet } from '../people/meetings.ts';
import { endMeetings, forgetSeen } from '../people/store.ts';
import type { Queryable, Transaction } from '../postgres/database.ts';
import { forgetQueue, insertLookup, insertRecheck } from '../reveals/store.ts';
import { epochsToWrite } from '../slots/epochs.ts';
import { type SlotWrite, withdrawSides } from '../slots/store.ts';
import { uuidv7 } from '../uuidv7.ts';
import { type Contact, type Placed, placeContacts, tagContacts } from './derive.ts';
import { refillAt } from './refill.ts';
import {
  countContacts,
  countWaiting,
  deleteContacts,
  insertContacts,
  type KnownContacts,
  keyOf,
  readKnownContacts,
  type SlotColumns,
  setSlots,
} from './store.ts';

/** What a member sends, already canonical and distinct. */
export interface Sync {
  /** `replace`: `add` is the whole book, and what is not in it is forgotten. */
  mode: 'replace' | 'change';
  add: readonly CanonicalNumber[];
  remove: readonly CanonicalNumber[];
  origin: Origin;
  /** Inputs that were not numbers; for the ledger. */
  rejected: number;
}

type SyncResult = Omit<SyncAnswer, 'accepted' | 'rejected'>;

/** A sync in progress. */
interface Work {
  context: Context;
  tx: Transaction;
  me: MemberRow;
  scopes: Scope[];
  epochs: { current: number; next?: number };
  now: number;
}

/**
 * Brings a member's book up to date. Slots are written and meetings happen here, at once. Open lookups are only paid
 * for here and run elsewhere, later: nothing in this answer, not even its time, can depend on whom they find.
 *
 * Everything commits together or not at all, so a lost answer can be asked for again: what was accepted is then a
 * repeat, and repeats are free.
 */
export async function sync(context: Context, memberId: string, given: Sync): Promise<SyncResult> {
  return context.database.transaction(async (tx) => {
    const now = context.now();
    const me = active(await lockMember(tx, memberId, 'sync'));
    const scopes = scopesOf(context.keyring, context.policy, me, given.origin, now);
    const work: Work = { context, tx, me, scopes, epochs: epochsToWrite(context.policy, now), now };

    const { keyring } = context;
    const own = me.phoneSealed && keyring.openNumber(me.phoneSealed, memberId);
    const contacts = await tagContacts(
      keyring,
      memberId,
      given.add.filter((number) => number !== own),
    );
    const kept = new Set(given.add);
    const removals = await tagContacts(
      keyring,
      memberId,
      given.remove.filter((number) => !kept.has(number)),
    );
    const known = await readKnownContacts(
      tx,
      memberId,
      given.mode === 'replace' ? 'all' : contacts.map((contact) => contact.tag),
      work.epochs,
    );
    const removed = await forget(
      work,
      given.mode === 'replace' ? missing(known, contacts) : removals.map(({ tag }) => tag),
    );
    const placed = (some: readonly Contact[]) => placeContacts(keyring, own, some, work.epochs);
    const fresh = await placed(contacts.filter((contact) => !known.has(keyOf(contact.tag))));
    await checkSize(work, known, fresh.length, given.mode, removed);

    const paid = await pay(work, fresh);
    const stale = await placed(contacts.filter((contact) => known.get(keyOf(contact.tag))?.stale));
    const met = await writeSlots(work, fresh, paid, stale);
    const repeats = contacts.some((contact) => known.get(keyOf(contact.tag))?.waitingLookup === false);
    await queueLookup(work, fresh.slice(0, paid.lookups), repeats);

    const result = await conclude(work, fresh.length);
    await context.ledger.append(
      tx,
      [entryOf(given, { me, contacts, fresh, removed, held: fresh.length - paid.lookups, met, result })],
      now,
    );
    return result;
  });
}

function missing(known: KnownContacts, contacts: readonly Contact[]): Buffer[] {
  const kept = new Set(contacts.map((contact) => keyOf(contact.tag)));
  return [...known.keys()].filter((key) => !kept.has(key)).map((key) => Buffer.from(key, 'latin1'));
}

/** Forgets contacts: their slots and the meetings in them end. What was paid is not paid back. */
async function forget({ tx, me }: Work, tags: readonly Buffer[]): Promise<number> {
  if (tags.length === 0) return 0;
  const slots = await deleteContacts(tx, me.memberId, tags);
  await withdrawSides(tx, me.memberId, slots);
  await endMeetings(tx, me.memberId, slots);
  return tags.length;
}

async function checkSize(
  { context, tx, me }: Work,
  known: KnownContacts,
  fresh: number,
  mode: Sync['mode'],
  removed: number,
): Promise<void> {
  if (fresh === 0) return;
  const held = mode === 'replace' ? known.size - removed : await countContacts(tx, me.memberId);
  if (held + fresh > context.policy.contactsMax) {
    throw new Problem('book_too_large', `A book may hold ${context.policy.contactsMax} numbers`);
  }
}

/** How many of the new contacts, from the first on, are paid for. */
interface Paid {
  slots: number;
  lookups: number;
}

/** Spends what the budgets allow on new contacts; those beyond it wait. */
async function pay(work: Work, fresh: readonly Contact[]): Promise<Paid> {
  if (fresh.length === 0) return { slots: 0, lookups: 0 };
  const { context, tx, me, scopes, now } = work;
  const held: HeldBudgets = await holdBudgets(
    tx,
    context.policy,
    { memberId: me.memberId, scopes, units: ['slots', 'lookups'] },
    now,
  );
  const paid = {
    slots: me.phoneSealed ? held.take('slots', fresh.length) : 0,
    lookups: held.take('lookups', fresh.length),
  };
  await held.write(tx);
  return paid;
}

/** Stores new contacts, writes the slots that are paid for or out of date, and meets whoever is on the other side. */
async function writeSlots(
  work: Work,
  fresh: readonly Placed[],
  paid: Paid,
  stale: readonly Placed[],
): Promise<Meetings> {
  const { context, tx, me, epochs, now } = work;
  if (fresh.length > 0) await insertFresh(work, fresh, paid);
  if (!me.phoneSealed) return noMeetings;
  if (stale.length > 0) await setSlots(tx, me.memberId, { ...columnsOf(stale), epoch: epochs.current });
  const writes = [...fresh.slice(0, paid.slots), ...stale].flatMap((contact) => sidesOf(contact, epochs));
  return writeAndMeet(tx, context, me, writes, now);
}

async function insertFresh({ tx, me, epochs }: Work, fresh: readonly Placed[], paid: Paid): Promise<void> {
  await insertContacts(tx, me.memberId, {
    ...(me.phoneSealed ? columnsOf(fresh) : { tags: Buffer.concat(fresh.map((contact) => contact.tag)) }),
    epoch: epochs.current,
    lookupTags: Buffer.concat(fresh.map((contact) => contact.lookupTag)),
    slotsPaid: paid.slots,
    lookupsPaid: paid.lookups,
  });
}

function columnsOf(contacts: readonly Placed[]): SlotColumns {
  return {
    tags: Buffer.concat(contacts.map((contact) => contact.tag)),
    slots: Buffer.concat(contacts.map((contact) => contact.slot!.slot)),
    low: Buffer.from(contacts.map((contact) => (contact.slot!.side === 'low' ? 1 : 0))),
    ...(contacts[0]?.slotNext && {
      slotsNext: Buffer.concat(contacts.map((contact) => contact.slotNext!.slot)),
    }),
  };
}

function sidesOf(contact: Placed, epochs: Work['epochs']): SlotWrite[] {
  const writes: SlotWrite[] = [{ ...contact.slot!, epoch: epochs.current }];
  if (contact.slotNext) writes.push({ ...contact.slotNext, epoch: epochs.next! });
  return writes;
}

/** Repeats are looked up again, free: people join after their friends have synced. */
async function queueLookup(
  { tx, me, scopes, now }: Work,
  fresh: readonly Contact[],
  repeats: boolean,
): Promise<void> {
  if (repeats) await insertRecheck(tx, me.memberId, scopes);
  if (fresh.length === 0) return;
  const sketch = sketchOf(fresh.map(({ number }) => number));
  const tags = Buffer.concat(fresh.map((contact) => contact.lookupTag));
  await insertLookup(tx, { memberId: me.memberId, lookupId: uuidv7(now), tags, scopes, sketch });
}

async function conclude(work: Work, fresh: number): Promise<SyncResult> {
  const { context, tx, me, scopes, now } = work;
  const budget = await budgetOf(context, tx, me.memberId, now);
  const { waiting } = budget;
  if (waiting > 0 && (!me.waitingAt || fresh > 0)) {
    const soonest = refillAt(context.policy, now);
    const at = me.waitingAt && me.waitingAt < soonest ? me.waitingAt : soonest;
    await scheduleRefill(tx, me.memberId, { at, scopes });
  }
  return {
    new: fresh,
    waiting,
    ...(budget.waitingUntil && { waitingUntil: budget.waitingUntil }),
    budget,
  };
}

/** What a member may still spend, and what waits. */
export async function budgetOf(context: Context, db: Queryable, memberId: string, now: number) {
  const waiting = await countWaiting(db, memberId);
  return reportBudgets(
    db,
    context.policy,
    { memberId, scope: memberScope(context.keyring, memberId), waiting },
    now,
  );
}

function entryOf(
  given: Sync,
  done: {
    me: MemberRow;
    contacts: Contact[];
    fresh: Contact[];
    removed: number;
    held: number;
    met: Meetings;
    result: SyncResult;
  },
) {
  return {
    memberId: done.me.memberId,
    kind: 'sync' as const,
    body: {
      way: 'plain',
      discoverable: done.me.discoverable,
      numbers: done.contacts.length,
      new: done.fresh.length,
      removed: done.removed,
      rejected: given.rejected,
      waiting: done.result.waiting,
      held: done.held,
      met: done.met.first,
      allies: done.met.allies,
    },
    context: { ...given.origin },
  };
}

/** Erases a member's book, everything found through it and everything that waits. Budgets stay spent. */
export async function eraseBook(context: Context, memberId: string): Promise<void> {
  await context.database.transaction(async (tx) => {
    active(await lockMember(tx, memberId, 'change'));
    await forgetBook(tx, context, memberId);
    await scheduleRefill(tx, memberId, null);
    await scheduleReveals(tx, memberId, null);
    await context.ledger.append(tx, [{ memberId, kind: 'book-erased', body: {} }], context.now());
  });
}

/** The erasing itself, for a book or for the whole member. */
export async function forgetBook(tx: Transaction, context: Context, memberId: string): Promise<void> {
  await forgetQueue(tx, memberId);
  await forgetEvaluations(tx, memberId);
  await forgetAsked(tx, askerOf(context, memberId));
  await withdrawSides(tx, memberId, await deleteContacts(tx, memberId, 'all'));
  await forgetSeen(tx, memberId);
}

export async function readBudget(context: Context, memberId: string) {
  await readActiveMember(context.database, memberId);
  return budgetOf(context, context.database, memberId, context.now());
}
