import { Problem } from '@kith/protocol';
import { type SlotFound, SlotsAnswer, SlotsRead, SlotsWrite } from '@kith/protocol/crypto';
import { holdBudgets } from '../budgets/budgets.ts';
import { type Origin, type Scope, scopesOf } from '../budgets/scopes.ts';
import { deleteContacts, insertPrivateContacts, keyOf, readKnownContacts } from '../contacts/store.ts';
import type { Context } from '../context.ts';
import { active } from '../members/active.ts';
import { lockMember, type MemberRow } from '../members/store.ts';
import { meet, writeAndMeet } from '../people/meetings.ts';
import { endMeetings } from '../people/store.ts';
import type { Transaction } from '../postgres/database.ts';
import { epochsToWrite } from './epochs.ts';
import { type Met, readOpposite, withdrawSides } from './store.ts';

/** Sides that one request may carry. */
export const sidesMax = 5_000;

/** A side, its tag among this member's contacts, and its place in the request. */
interface PrivateSide {
  tag: Buffer;
  slot: Buffer;
  low: boolean;
  payload: Uint8Array;
}

/**
 * Writes sides of slots whose numbers Kith does not know, and answers with the cards that lie opposite. New sides cost
 * slots; those over budget are not kept, and the answer says when to send them again.
 */
export async function writePrivateSides(
  context: Context,
  memberId: string,
  message: Uint8Array,
  origin: Origin,
): Promise<Uint8Array> {
  const request = SlotsWrite.deserialize(message);
  checkRequest(context, request.epoch, request.sides.length);
  return context.database.transaction(async (tx) => {
    const now = context.now();
    const me = active(await lockMember(tx, memberId, 'sync'));
    if (!me.phoneTag) throw new Problem('phone_missing');
    const sides = request.sides.map(({ slot, sideTag, sealedCard }) => ({
      tag: contactTag(context, memberId, slot),
      slot: storedSlot(context, slot),
      low: (sideTag[0]! & 0x80) === 0,
      payload: sealedCard,
    }));
    const scopes = scopesOf(context.keyring, context.policy, me, origin, now);
    const { accepted, fresh, retryAtMs } = await pay(
      tx,
      context,
      memberId,
      sides,
      scopes,
      request.epoch,
      now,
    );
    const writes = distinct(accepted).map(({ slot, low, payload }) => ({
      slot,
      side: low ? ('low' as const) : ('high' as const),
      epoch: request.epoch,
      payload,
    }));
    const { shown, first, allies } = await writeAndMeet(tx, context, me, writes, now);
    const waiting = sides.length - accepted.length;
    await context.ledger.append(
      tx,
      [entryOf(me, { numbers: sides.length, fresh, removed: 0, waiting, met: first, allies }, origin)],
      now,
    );
    return new SlotsAnswer(accepted.length, cards(accepted, shown), { waiting, retryAtMs }).serialize();
  });
}

/**
 * What stands for a slot in the database. Whoever knows a slot may write into it; whoever has read the database shall not.
 */
function storedSlot(context: Context, slot: Uint8Array): Buffer {
  return context.keyring.tag('slot', Buffer.concat([Buffer.from('private\0'), slot]));
}

/** A side among its member's contacts. */
function contactTag(context: Context, memberId: string, slot: Uint8Array): Buffer {
  return context.keyring.tag('contact', Buffer.concat([Buffer.from(`${memberId}\0slot\0`), slot]));
}

function checkRequest(context: Context, epoch: number, count: number): void {
  const { current, next } = epochsToWrite(context.policy, context.now());
  if (epoch !== current && epoch !== next) throw new Problem('epoch_invalid');
  if (count > sidesMax) throw new Problem('numbers_too_many', `One call carries at most ${sidesMax} slots`);
}

/** Charges new sides; the first that cannot be paid and all after it wait, so that places in the answer stay simple. */
async function pay(
  tx: Transaction,
  context: Context,
  memberId: string,
  sides: readonly PrivateSide[],
  scopes: readonly Scope[],
  epoch: number,
  now: number,
): Promise<{ accepted: readonly PrivateSide[]; fresh: number; retryAtMs: number }> {
  const tags = sides.map((side) => side.tag);
  const known = await readKnownContacts(tx, memberId, tags, { current: epoch });
  const fresh = distinct(sides).filter((side) => !known.has(keyOf(side.tag)));
  if (fresh.length === 0) return { accepted: sides, fresh: 0, retryAtMs: 0 };
  const held = await holdBudgets(tx, context.policy, { memberId, scopes, units: ['slots'] }, now);
  const paid = fresh.slice(0, held.take('slots', fresh.length));
  await held.write(tx);
  await insertPrivateContacts(tx, memberId, epoch, paid);
  if (paid.length === fresh.length) return { accepted: sides, fresh: paid.length, retryAtMs: 0 };
  // A side may be sent twice: what counts is where the unpaid one stands first.
  const unpaid = keyOf(fresh[paid.length]!.slot);
  const firstUnpaid = sides.findIndex((side) => keyOf(side.slot) === unpaid);
  const retryAtMs = Math.ceil(held.affordableAtMs('slots', 1));
  return { accepted: sides.slice(0, firstUnpaid), fresh: paid.length, retryAtMs };
}

/** Of sides sent twice the last counts. */
function distinct(sides: readonly PrivateSide[]): PrivateSide[] {
  return [...new Map(sides.map((side) => [keyOf(side.slot), side])).values()];
}

function cards(sides: readonly { slot: Buffer }[], shown: readonly Met[]): SlotFound[] {
  const bySlot = new Map(shown.map((met) => [keyOf(met.slot), met]));
  return sides.flatMap(({ slot }, at) => {
    const payload = bySlot.get(keyOf(slot))?.payload;
    return payload ? [{ at, sealedCard: payload }] : [];
  });
}

interface Done {
  numbers: number;
  fresh: number;
  removed: number;
  waiting: number;
  met: number;
  allies: number;
}

function entryOf({ memberId, discoverable }: MemberRow, { fresh, ...done }: Done, origin: Origin) {
  const body = { way: 'private', discoverable, ...done, new: fresh, rejected: 0, held: done.waiting };
  return { memberId, kind: 'sync' as const, body, context: { ...origin } };
}

/** Reads what lies opposite sides that this member has written before; of others it learns nothing. */
export async function readPrivateSides(
  context: Context,
  memberId: string,
  message: Uint8Array,
): Promise<Uint8Array> {
  const request = SlotsRead.deserialize(message);
  checkRequest(context, request.epoch, request.sides.length);
  return context.database.transaction(async (tx) => {
    const me: MemberRow = active(await lockMember(tx, memberId, 'sync'));
    const sides = request.sides.map(({ slot }) => ({ slot: storedSlot(context, slot) }));
    const met = await readOpposite(
      tx,
      memberId,
      sides.map(({ slot }) => slot),
    );
    const { shown } = await meet(tx, context, me, met, context.now());
    return new SlotsAnswer(sides.length, cards(sides, shown)).serialize();
  });
}

/**
 * Takes back sides that this member has written: meetings in them end, for both. What was paid is not paid back. Sides
 * that are not its own stay as they are, and nothing tells which those were.
 */
export async function withdrawPrivateSides(
  context: Context,
  memberId: string,
  message: Uint8Array,
  origin: Origin,
): Promise<void> {
  const request = SlotsRead.deserialize(message);
  checkRequest(context, request.epoch, request.sides.length);
  await context.database.transaction(async (tx) => {
    const me = active(await lockMember(tx, memberId, 'sync'));
    const tags = request.sides.map(({ slot }) => contactTag(context, memberId, slot));
    const slots = await deleteContacts(tx, memberId, tags);
    await withdrawSides(tx, memberId, slots);
    await endMeetings(tx, memberId, slots);
    const done = { numbers: 0, fresh: 0, removed: slots.length, waiting: 0, met: 0, allies: 0 };
    await context.ledger.append(tx, [entryOf(me, done, origin)], context.now());
  });
}
