import { Problem } from '@kith/protocol';
import type { CaseDetail, CaseEvent, CaseRing, CaseSummary, Figures } from '@kith/protocol/study';
import type { Context } from '../context.ts';
import { exposureState } from '../incident/exposure.ts';
import { type RingRow, readRing } from '../rings/store.ts';
import {
  type CaseRecord,
  type CaseRow,
  type RingAction,
  readCase,
  readCaseRings,
  readCases,
  readRecords,
  readRingActions,
} from './store.ts';

const casesMax = 500;
const recordsMax = 10_000;

export async function listCases(context: Context) {
  const rows = await readCases(context.database, casesMax);
  return { cases: await Promise.all(rows.map((row) => summaryOf(context, row))) };
}

async function summaryOf(context: Context, row: CaseRow): Promise<CaseSummary> {
  const rings = await ringsOf(context, row.caseId);
  const { figures } = await exposureState(context, row.caseId);
  return {
    id: row.caseId,
    name: row.name,
    state: row.state,
    openedAt: row.openedAt.toISOString(),
    openedBy: row.openedBy,
    rings: rings.map(({ ringId }) => ringId),
    accounts: rings.reduce((sum, ring) => sum + ring.accounts, 0),
    ...(figures && { exposed: figures.membersExposed }),
  };
}

/** @throws Problem `case_unknown` */
export async function getCase(context: Context, caseId: string): Promise<CaseDetail> {
  const row = await readCase(context.database, caseId);
  if (!row) throw new Problem('case_unknown');
  const rings = await ringsOf(context, caseId);
  const records = await readRecords(context.database, caseId, recordsMax);
  const actions = await readRingActions(
    context.database,
    rings.map(({ ringId }) => ringId),
  );
  const { figures } = await exposureState(context, caseId);
  return {
    id: row.caseId,
    name: row.name,
    state: row.state,
    openedAt: row.openedAt.toISOString(),
    openedBy: row.openedBy,
    ...(row.noticedAt && { noticedAt: row.noticedAt.toISOString() }),
    rings: rings.map(ringSummary),
    notes: records.filter(({ kind }) => kind === 'note').map(recordOf),
    evidence: records.filter(({ kind }) => kind === 'evidence').map(recordOf),
    timeline: timelineOf(row, rings, records, actions, figures),
    ...(row.attribution && { attribution: row.attribution }),
    host: row.host,
    ...(figures && { computed: { at: figures.computedAt, stale: isStale(figures, rings) } }),
  };
}

export async function ringsOf(context: Context, caseId: string): Promise<RingRow[]> {
  const ids = (await readCaseRings(context.database, caseId)).map(({ ringId }) => ringId);
  const rows = await Promise.all(ids.map((id) => readRing(context.database, id)));
  return rows.filter((row) => row !== undefined);
}

function ringSummary({ ringId, state, accounts, evidence, body }: RingRow): CaseRing {
  return {
    id: ringId,
    state,
    accounts,
    evidence,
    since: new Date(body.since).toISOString(),
    until: new Date(body.until).toISOString(),
    countries: [...new Set(body.origins.map(({ country }) => country).filter(Boolean))],
    tried: body.tried.numbers,
    revealed: body.got.reveals,
    why: body.reasons.slice(0, 3).map(({ words }) => words),
  };
}

function recordOf({ recordId, at, by, name, text }: CaseRecord) {
  return { id: recordId, at: at.toISOString(), by, ...(name !== null && { name }), text };
}

const stampOf = (accounts: number, state: string): string => `${accounts} ${state}`;

/** Whether the rings have changed since the figures were computed: then they want computing again. */
export function isStale(figures: Figures, rings: readonly RingRow[]): boolean {
  const then = new Map(figures.rings.map((ring) => [ring.id, stampOf(ring.accounts, ring.state)]));
  return (
    then.size !== rings.length ||
    rings.some((ring) => then.get(ring.ringId) !== stampOf(ring.accounts, ring.state))
  );
}

/** Everything that happened and was decided, oldest first. */
export function timelineOf(
  row: CaseRow,
  rings: readonly RingRow[],
  records: readonly CaseRecord[],
  actions: readonly RingAction[],
  figures: Figures | undefined,
): CaseEvent[] {
  const entries: (CaseEvent | undefined)[] = [
    ...rings.flatMap(ringEntries),
    row.noticedAt ? { at: row.noticedAt.toISOString(), kind: 'noticed', words: 'Noticed' } : undefined,
    { at: row.openedAt.toISOString(), kind: 'case', words: 'Case opened', by: row.openedBy },
    ...records.map(recordEntry),
    ...actions.flatMap(actionEntries),
    figures && { at: figures.computedAt, kind: 'exposure', words: 'Exposure computed' },
  ];
  return entries.filter((entry) => entry !== undefined).sort((a, b) => a.at.localeCompare(b.at));
}

function ringEntries({ ringId, foundAt, body }: RingRow): CaseEvent[] {
  return [
    { at: new Date(body.since).toISOString(), kind: 'ring', words: `First sync of ${ringId}` },
    { at: new Date(body.until).toISOString(), kind: 'ring', words: `Last sync of ${ringId}` },
    { at: foundAt.toISOString(), kind: 'ring', words: `${ringId} found by detection` },
  ];
}

function recordEntry({ at, by, kind, name, text }: CaseRecord): CaseEvent {
  return { at: at.toISOString(), kind, words: kind === 'evidence' ? (name ?? text) : text, by };
}

function actionEntries(action: RingAction): CaseEvent[] {
  const steps = [
    [action.plannedAt, action.plannedBy, 'Suspension planned'],
    [action.approvedAt, action.approvedBy, 'Suspension approved'],
    [action.doneAt, action.doneBy, 'Suspended'],
    [action.undoneAt, action.undoneBy, 'Suspension undone'],
  ] as const;
  return steps.flatMap(([at, by, words]) =>
    at && by
      ? [{ at: at.toISOString(), kind: 'decision' as const, words: `${words}: ${action.ringId}`, by }]
      : [],
  );
}
