import { Problem } from '@kith/protocol';
import type { RingOrder } from '@kith/protocol/study';
import { readCasesOfRings } from '../cases/store.ts';
import type { Context } from '../context.ts';
import * as store from './store.ts';

const timelineDaysMax = 60;
/** Accounts that are shown with a ring; all of them have a call of their own. */
const membersShown = 500;

interface Page {
  sort: RingOrder;
  order: 'asc' | 'desc';
  /** Where the page before ended. */
  after?: string;
  limit: number;
}

export async function listRings(context: Context, filter: store.RingFilter, page: Page) {
  const from = placeOf(page.after);
  const { rows, total } = await store.readRings(context.database, filter, { ...page, from });
  const rings = await summariesOf(context, rows);
  const next = from + rows.length < total ? String(from + rows.length) : undefined;
  return { rings, total, ...(next && { next }) };
}

/** @throws Problem `query_invalid` */
export function placeOf(after: string | undefined): number {
  if (after === undefined || after === '') return 0;
  if (!/^\d{1,9}$/.test(after))
    throw new Problem('query_invalid', '/after is not what a page has ended with');
  return Number(after);
}

/**
 * One ring. Where detection and the summary use one name, times are the summary's.
 *
 * @throws Problem `ring_unknown`
 */
export async function getRing(context: Context, ringId: string) {
  const row = await store.readRing(context.database, ringId);
  if (!row) throw new Problem('ring_unknown');
  const [summary] = await summariesOf(context, [row]);
  const members = await store.readRingMembers(context.database, ringId, membersShown);
  return {
    ...row.body,
    ...summary!,
    timeline: row.body.timeline,
    tried: row.body.tried,
    members,
    ...(row.note !== null && { note: row.note }),
  };
}

/** What a queue shows of rings. */
async function summariesOf(context: Context, rows: readonly store.RingRow[]) {
  const ids = rows.map(({ ringId }) => ringId);
  const cases = await readCasesOfRings(context.database, ids);
  return rows.map(({ ringId, state, accounts, evidence, foundAt, updatedAt, body }) => ({
    id: ringId,
    state,
    accounts,
    evidence,
    foundAt: foundAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    since: new Date(body.since).toISOString(),
    until: new Date(body.until).toISOString(),
    countries: [...new Set(body.origins.map((origin) => origin.country).filter(Boolean))],
    tried: body.tried.numbers,
    revealed: body.got.reveals,
    why: body.reasons.slice(0, 3).map((reason) => reason.words),
    actionable: body.actionable,
    holds: [...body.holds] as string[],
    cases: cases.filter((each) => each.ringId === ringId).map(({ caseId }) => caseId),
    timeline: body.timeline.slice(-timelineDaysMax).map(({ numbers }) => numbers),
  }));
}
