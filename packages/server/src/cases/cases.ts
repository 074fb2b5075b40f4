import { createHash } from 'node:crypto';
import { Problem } from '@kith/protocol';
import type { Attribution, CaseChange, NewCase } from '@kith/protocol/study';
import type { Context } from '../context.ts';
import { readTime } from '../members/times.ts';
import type { Transaction } from '../postgres/database.ts';
import { readRing } from '../rings/store.ts';
import { uuidv7 } from '../uuidv7.ts';
import {
  addCaseRings,
  type CaseRecord,
  type CaseRow,
  insertCase,
  insertRecord,
  lockCase,
  removeCaseRings,
  updateCase,
} from './store.ts';

/** In the ledger, cases have histories of their own beside the members'. */
export const caseHistory = (caseId: string): string => `case/${caseId}`;

/**
 * Opens a case.
 *
 * @param by who does it, as it will stand in the ledger
 * @returns its id
 * @throws Problem `case_exists`, `ring_unknown`, `query_invalid`
 */
export async function createCase(context: Context, input: NewCase, by: string): Promise<string> {
  const now = context.now();
  const caseId = input.id ?? uuidv7(now);
  checkCaseId(caseId);
  await context.database.transaction(async (tx) => {
    const row: CaseRow = {
      caseId,
      name: input.name,
      state: 'open',
      openedBy: by,
      openedAt: new Date(now),
      noticedAt: readTime(input.noticedAt, '/noticedAt') ?? null,
      host: { name: '', contact: '', country: '', ...input.host },
      attribution: null,
      run: null,
    };
    if (!(await insertCase(tx, row))) throw new Problem('case_exists');
    const rings = input.rings ?? [];
    await addRings(tx, context, caseId, rings, by);
    await record(tx, context, caseId, by, { what: 'open', rings });
  });
  return caseId;
}

/** Ids stand in file names and addresses. */
function checkCaseId(caseId: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(caseId))
    throw new Problem('query_invalid', 'An id of a case is made of letters, digits, dots, dashes', {
      at: '/id',
    });
}

/**
 * Changes what is known of a case; what the input leaves out keeps its value.
 *
 * @throws Problem `case_unknown`, `ring_unknown`
 */
export async function changeCase(
  context: Context,
  caseId: string,
  change: CaseChange,
  by: string,
): Promise<void> {
  await context.database.transaction(async (tx) => {
    const row = await lockCase(tx, caseId);
    if (!row) throw new Problem('case_unknown');
    await updateCase(tx, merged(context, row, change, by));
    await addRings(tx, context, caseId, change.addRings ?? [], by);
    if (change.removeRings?.length) await removeCaseRings(tx, caseId, change.removeRings);
    await record(tx, context, caseId, by, { what: 'change', ...statedIn(change) });
  });
}

function merged(context: Context, row: CaseRow, change: CaseChange, by: string): CaseRow {
  const noticedAt = readTime(change.noticedAt, '/noticedAt');
  return {
    ...row,
    name: change.name ?? row.name,
    state: change.state ?? row.state,
    noticedAt: noticedAt ?? row.noticedAt,
    host: { ...row.host, ...change.host },
    attribution: attributionOf(context, row.attribution, change.attribution, by),
  };
}

/** A human's sentence carries the human's name and the moment it was said. */
function attributionOf(
  context: Context,
  before: Attribution | null,
  said: CaseChange['attribution'],
  by: string,
): Attribution | null {
  if (said === undefined) return before;
  return said && { ...said, by, at: new Date(context.now()).toISOString() };
}

/** What the ledger keeps of a change: which parts, and of words only their hash. */
function statedIn(change: CaseChange): Record<string, unknown> {
  const { state, addRings, removeRings, attribution, ...rest } = change;
  return {
    ...(state && { state }),
    ...(addRings && { addRings }),
    ...(removeRings && { removeRings }),
    ...(attribution !== undefined && {
      attribution: attribution && { confidence: attribution.confidence, hash: hashOf(attribution) },
    }),
    ...(Object.keys(rest).length > 0 && { parts: Object.keys(rest), hash: hashOf(rest) }),
  };
}

async function addRings(
  tx: Transaction,
  context: Context,
  caseId: string,
  ringIds: readonly string[],
  by: string,
): Promise<void> {
  if (ringIds.length === 0) return;
  for (const ringId of ringIds) {
    if (!(await readRing(tx, ringId))) throw new Problem('ring_unknown');
  }
  await addCaseRings(tx, caseId, ringIds, by, new Date(context.now()));
}

/**
 * Adds a note, a piece of evidence, or a decision in words.
 *
 * @throws Problem `case_unknown`
 */
export async function addRecord(
  context: Context,
  caseId: string,
  given: Pick<CaseRecord, 'kind' | 'text'> & { name?: string },
  by: string,
): Promise<CaseRecord> {
  return context.database.transaction(async (tx) => {
    if (!(await lockCase(tx, caseId))) throw new Problem('case_unknown');
    const now = context.now();
    const row: CaseRecord = {
      recordId: uuidv7(now),
      kind: given.kind,
      at: new Date(now),
      by,
      name: given.name ?? null,
      text: given.text,
    };
    await insertRecord(tx, caseId, row);
    await record(tx, context, caseId, by, { what: row.kind, record: row.recordId, hash: hashOf(given) });
    return row;
  });
}

/** Every change of a case is in the ledger; words are bound by their hash, since the ledger cannot unsay them. */
export async function record(
  tx: Transaction,
  context: Context,
  caseId: string,
  by: string,
  body: Record<string, unknown>,
): Promise<void> {
  await context.ledger.append(
    tx,
    [{ memberId: caseHistory(caseId), kind: 'case', body: { ...body, by } }],
    context.now(),
  );
}

function hashOf(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
