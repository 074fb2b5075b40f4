import type { DecisionFigure, Figures, RingFigure } from '@kith/protocol/study';
import { readCase, readCaseRings, readRingActions } from '../cases/store.ts';
import type { Context } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { type RingRow, readRing } from '../rings/store.ts';
import { boundsOf } from './bounds.ts';
import {
  countAccounts,
  countActivity,
  countCountries,
  countDays,
  countLanguages,
  countNetworks,
  countProtected,
  countReveals,
} from './figures-store.ts';
import { readAmong } from './members-store.ts';
import { othersOf } from './others.ts';
import type { RunRow } from './store.ts';

/** Adds up what a computation has found. */
export async function computeFigures(tx: Transaction, context: Context, run: RunRow): Promise<Figures> {
  const found = (await readCase(tx, run.caseId))!;
  const ringIds = (await readCaseRings(tx, run.caseId)).map(({ ringId }) => ringId);
  const rings = (await Promise.all(ringIds.map((id) => readRing(tx, id)))).filter((row) => row !== undefined);
  const accounts = await countAccounts(tx, run);
  const activity = await countActivity(tx, run);
  const reveals = await countReveals(tx, run);
  const { changed, ...membersProtected } = await countProtected(tx, run);
  const decisions = decisionsOf(await readRingActions(tx, ringIds));
  const languages = await countLanguages(tx, run);
  const tried = {
    numbersTried: activity.numbers,
    numbersPrivate: activity.privateNumbers,
    numbersWaiting: accounts.waiting,
    numbersRejected: activity.rejected,
  };
  return {
    computedAt: new Date(context.now()).toISOString(),
    case: run.caseId,
    name: found.name,
    rings: rings.map(ringFigure),
    accounts: accounts.accounts,
    accountsSuspended: accounts.suspended,
    accountsErased: accounts.erased,
    since: iso(activity.since),
    until: iso(activity.until),
    noticedAt: iso(found.noticedAt),
    stoppedAt: decisions.find(({ what }) => what === 'suspended')?.at ?? null,
    syncs: activity.syncs,
    prefixes: activity.prefixes,
    ...tried,
    membersExposed: reveals.members,
    membersExposedByNumber: reveals.byNumber,
    membersExposedMutually: reveals.members - reveals.byNumber,
    membersErased: reveals.erased,
    cardsRevealed: reveals.cards,
    cardsOfCanaries: reveals.canaries,
    cardsAmongThemselves: reveals.amongThemselves,
    firstRevealAt: iso(reveals.since),
    lastRevealAt: iso(reveals.until),
    membersProtected,
    bounds: boundsOf({ ...tried, accounts, changed, imported: importedOf(rings, reveals.cards) }),
    countries: await countCountries(tx, run),
    networks: await countNetworks(tx, run),
    days: await countDays(tx, run),
    others: await othersOf(tx, ringIds, (ids) => readAmong(tx, run, 'case_accounts', ids)),
    decisions,
    notices: { total: reveals.members - reveals.erased, languages },
  };
}

/** Reveals that detection counted beyond those of the ledger: they stood in logs from elsewhere. */
function importedOf(rings: readonly RingRow[], inLedger: number): number {
  return Math.max(rings.reduce((sum, ring) => sum + ring.body.got.reveals, 0) - inLedger, 0);
}

function ringFigure({ ringId, state, accounts, body }: RingRow): RingFigure {
  return {
    id: ringId,
    state,
    accounts,
    since: new Date(body.since).toISOString(),
    until: new Date(body.until).toISOString(),
    why: body.reasons.map(({ words, weight }) => ({ words, weight: Math.round(weight * 10) / 10 })),
    links: body.links.slice(0, 12).map(({ signal, label, accounts: sharing, members }) => ({
      signal,
      label,
      accounts: sharing,
      members,
    })),
  };
}

function decisionsOf(actions: Awaited<ReturnType<typeof readRingActions>>): DecisionFigure[] {
  const decisions = actions.flatMap((action) => {
    const steps = [
      ['planned', action.plannedAt, action.plannedBy],
      ['approved', action.approvedAt, action.approvedBy],
      ['suspended', action.doneAt, action.doneBy],
      ['undone', action.undoneAt, action.undoneBy],
    ] as const;
    return steps.flatMap(([what, at, by]) =>
      at && by ? [{ at: at.toISOString(), by, what, ring: action.ringId, accounts: action.accounts }] : [],
    );
  });
  return decisions.sort((a, b) => a.at.localeCompare(b.at));
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
