import { Problem } from '@kith/protocol';
import type { Exposure, Figures } from '@kith/protocol/study';
import { record } from '../cases/cases.ts';
import { lockCase, readCaseRings, setCaseRun } from '../cases/store.ts';
import type { Context } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { nextAccounts } from './accounts.ts';
import { insertAccounts } from './accounts-store.ts';
import { computeFigures } from './figures.ts';
import { nextExposed, nextTried } from './members.ts';
import { countMembers } from './members-store.ts';
import {
  analyzeFilled,
  deleteRunsBefore,
  insertRun,
  lockUnfinishedRun,
  moveRun,
  type Phase,
  type Piece,
  type RunRow,
  readFigures,
  readNewestRun,
  readUnfinishedCases,
  setFigures,
} from './store.ts';

/**
 * Begins to work out who was exposed to the accounts of a case, or goes on where it was interrupted. What was computed
 * before stays in use until this is done.
 *
 * @throws Problem `case_unknown`
 */
export async function startExposure(context: Context, caseId: string, by: string): Promise<void> {
  await context.database.transaction(async (tx) => {
    if (!(await lockCase(tx, caseId))) throw new Problem('case_unknown');
    const newest = await readNewestRun(tx, caseId);
    if (newest && newest.phase !== 'ready') return;
    const run = (newest?.run ?? 0) + 1;
    const rings = (await readCaseRings(tx, caseId)).map(({ ringId }) => ringId);
    const total = await insertAccounts(tx, caseId, run, rings);
    await insertRun(tx, { caseId, run, total, startedAt: new Date(context.now()), startedBy: by });
    await record(tx, context, caseId, by, { what: 'exposure', run, rings, accounts: total });
  });
}

/**
 * Does the next piece of the work, in one transaction: some tens of accounts, or a thousand members. Two processes may
 * both call it; a crash loses one piece.
 *
 * @returns whether there is more to do
 */
export async function stepExposure(context: Context, caseId: string): Promise<boolean> {
  return context.database.transaction(async (tx) => {
    const run = await lockUnfinishedRun(tx, caseId);
    if (!run) return false;
    const piece = await pieces[run.phase](tx, context, run);
    if (piece) await moveRun(tx, { ...run, after: piece.after, done: run.done + piece.count });
    else await enterNextPhase(tx, context, run);
    return true;
  });
}

const pieces: Record<Phase, (tx: Transaction, context: Context, run: RunRow) => Promise<Piece>> = {
  accounts: nextAccounts,
  exposed: nextExposed,
  tried: nextTried,
  ready: async () => null,
};

async function enterNextPhase(tx: Transaction, context: Context, run: RunRow): Promise<void> {
  const moved = { ...run, after: '' };
  if (run.phase === 'accounts') {
    await analyzeFilled(tx, ['case_reveals', 'case_tried']);
    const members = await countMembers(tx, run);
    return moveRun(tx, { ...moved, phase: 'exposed', total: run.total + members });
  }
  if (run.phase === 'exposed') return moveRun(tx, { ...moved, phase: 'tried' });
  await analyzeFilled(tx, ['case_exposed']);
  await setFigures(tx, run.caseId, run.run, await computeFigures(tx, context, run));
  await moveRun(tx, { ...moved, phase: 'ready' });
  await setCaseRun(tx, run.caseId, run.run);
  await deleteRunsBefore(tx, run.caseId, run.run);
}

/** Runs whatever exposures are unfinished, a piece each. Returns how many there were. */
export async function runExposures(context: Context): Promise<number> {
  const unfinished = await readUnfinishedCases(context.database);
  for (const caseId of unfinished) await stepExposure(context, caseId);
  return unfinished.length;
}

/** Works an exposure out from beginning to end. */
export async function computeExposure(
  context: Context,
  caseId: string,
  by: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Figures> {
  await startExposure(context, caseId, by);
  while (await stepExposure(context, caseId)) {
    const run = await readNewestRun(context.database, caseId);
    if (run) onProgress(run.done, run.total);
  }
  return (await figuresOf(context, caseId)).figures;
}

/** @throws Problem `case_unknown` */
export async function exposureState(context: Context, caseId: string): Promise<Exposure> {
  const newest = await readNewestRun(context.database, caseId);
  if (!newest) return { state: 'none' };
  const { done, total, phase } = newest;
  const figures = await readFigures<Figures>(
    context.database,
    caseId,
    phase === 'ready' ? newest.run : newest.run - 1,
  );
  const running = phase !== 'ready' && { progress: { done, of: total, phase } };
  return { state: running ? 'running' : 'ready', ...running, ...(figures && { figures }) };
}

/**
 * The figures that every output of a case is made of.
 *
 * @throws Problem `case_not_computed`
 */
export async function figuresOf(
  context: Context,
  caseId: string,
): Promise<{ run: Pick<RunRow, 'caseId' | 'run'>; figures: Figures }> {
  const newest = await readNewestRun(context.database, caseId);
  const run = newest && (newest.phase === 'ready' ? newest.run : newest.run - 1);
  const figures = run ? await readFigures<Figures>(context.database, caseId, run) : undefined;
  if (!run || !figures) throw new Problem('case_not_computed');
  return { run: { caseId, run }, figures };
}
