import { Problem } from '@kith/protocol';
import { CryptoError, ELEMENT_BYTES, OprfRequest, OprfResponse, PROOF_BYTES } from '@kith/protocol/crypto';
import { today } from '../buckets/days.ts';
import { holdBudgets } from '../budgets/budgets.ts';
import { type Origin, scopesOf } from '../budgets/scopes.ts';
import type { Context } from '../context.ts';
import { active } from '../members/active.ts';
import { lockMember, type MemberRow } from '../members/store.ts';
import { insertPaid, readCounts, readPaid } from './store.ts';

/** Elements that one request may carry. */
export const elementsMax = 5_000;

/** A job for one thread: about 40 ms, so that owners who take turns wait no longer for each other. */
const elementsPerJob = 200;

/** What a request has been granted. */
interface Grant {
  paid: number;
  waiting: number;
  retryAtMs: number;
}

/**
 * Evaluates blinded numbers. Every element costs a lookup, since a blinded number cannot be told from any other; clients
 * keep what they have learnt. The charge commits before the work, and the same request again is free: an answer that
 * was lost is answered again.
 */
export async function evaluateRequest(
  context: Context,
  memberId: string,
  message: Uint8Array,
  origin: Origin,
): Promise<Uint8Array> {
  const request = OprfRequest.deserialize(message);
  const count = request.elements.length / ELEMENT_BYTES;
  if (count > elementsMax)
    throw new Problem('numbers_too_many', `One call carries at most ${elementsMax} elements`);
  await checkVersion(context, request.keyVersion);
  await checkElements(context, memberId, request);
  const grant = await charge(context, memberId, request, count, message, origin);
  const elements = request.elements.subarray(0, grant.paid * ELEMENT_BYTES);
  const evaluation = await evaluateInParts(context, memberId, request.keyVersion, elements);
  return new OprfResponse(request.keyVersion, evaluation, grant).serialize();
}

/** Today's key, or the newest, whose outputs will be of use tomorrow. */
async function checkVersion(context: Context, version: number): Promise<void> {
  const newest = await context.oprf.newest(context.database);
  if (version === newest || version === (await today(context)).keyVersion) return;
  throw new Problem('key_version_unknown');
}

/** Refuses before anything is charged what is not an element: RFC 9497 3.3 MUST. */
async function checkElements(context: Context, memberId: string, request: OprfRequest): Promise<void> {
  await inParts(request.elements, (elements) => context.compute.run(memberId, 'check', { elements }));
}

async function charge(
  context: Context,
  memberId: string,
  request: OprfRequest,
  count: number,
  message: Uint8Array,
  origin: Origin,
): Promise<Grant> {
  const requestTag = context.keyring.tag(
    'contact',
    Buffer.concat([Buffer.from(`${memberId}\0oprf\0`), message]),
  );
  return context.database.transaction(async (tx) => {
    const now = context.now();
    const me = active(await lockMember(tx, memberId, 'sync'));
    const scopes = scopesOf(context.keyring, context.policy, me, origin, now);
    const held = await holdBudgets(tx, context.policy, { memberId, scopes, units: ['lookups'] }, now);
    const answered = await readPaid(tx, memberId, requestTag);
    const free = await allowance(tx, memberId, request.keyVersion);
    const paid = answered ?? Math.min(count, free) + held.take('lookups', Math.max(count - free, 0));
    await held.write(tx);
    if (answered === undefined && paid > 0) {
      await insertPaid(tx, { memberId, requestTag, keyVersion: request.keyVersion, paid, at: new Date(now) });
    }
    const waiting = count - paid;
    await context.ledger.append(
      tx,
      [entryOf(me, count, answered === undefined ? paid : 0, waiting, origin)],
      now,
    );
    return { paid, waiting, retryAtMs: waiting > 0 ? Math.ceil(held.affordableAtMs('lookups', 1)) : 0 };
  });
}

/** After a rotation of the key, what was evaluated under the old one is evaluated once more for nothing. */
async function allowance(
  tx: Parameters<typeof readCounts>[0],
  memberId: string,
  version: number,
): Promise<number> {
  const { now, before } = await readCounts(tx, memberId, version);
  return Math.max(before - now, 0);
}

function entryOf(
  { memberId, discoverable }: MemberRow,
  count: number,
  fresh: number,
  waiting: number,
  origin: Origin,
) {
  return {
    memberId,
    kind: 'sync' as const,
    body: {
      way: 'private',
      discoverable,
      numbers: count,
      new: fresh,
      removed: 0,
      rejected: 0,
      waiting,
      held: waiting,
      met: 0,
    },
    context: { ...origin },
  };
}

async function evaluateInParts(context: Context, owner: string, version: number, blinded: Uint8Array) {
  if (blinded.length === 0) return { elements: blinded, proof: new Uint8Array(PROOF_BYTES) };
  const { secretKey, publicKey } = await context.oprf.pair(version);
  const parts = await inParts(blinded, (elements) =>
    context.compute.run(owner, 'multiply', { elements, secretKey }),
  );
  const evaluated = Buffer.concat(parts);
  const proof = await context.compute.run(owner, 'prove', { publicKey, blinded, evaluated, secretKey });
  return { elements: evaluated, proof };
}

/** Runs a batch as jobs that all threads share; an element in error is named by its place in the whole. */
async function inParts(
  elements: Uint8Array,
  job: (part: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array[]> {
  const size = elementsPerJob * ELEMENT_BYTES;
  const starts = Array.from({ length: Math.ceil(elements.length / size) }, (_, index) => index * size);
  return Promise.all(
    starts.map(async (start) => {
      try {
        // A copy of its own: a view would send the whole batch to the thread.
        return await job(elements.slice(start, start + size));
      } catch (error) {
        if (!(error instanceof CryptoError) || error.at === undefined) throw error;
        throw new CryptoError(error.code, { at: error.at + start / ELEMENT_BYTES });
      }
    }),
  );
}
