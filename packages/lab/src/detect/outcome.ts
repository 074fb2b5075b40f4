import type { Played } from './fleet.ts';
import type { LiveOutcome } from './live.ts';
import type { Roc } from './roc.ts';

/** What one attack on one world came to. Rates are shares from 0 to 1. */
export interface Outcome {
  name: string;
  accounts: number;
  accountPrecision: number;
  accountRecall: number;
  ringRecall: number;
  namesLearnt: number;
  namesLearntByDesign: number;
  /** What was learnt if nobody had been suspended: budgets alone. */
  namesLearntUnstopped: number;
  honestSuspended: number;
  honestSuspendedPer100k: number;
  /** Median over the accounts, from an account's first question; null where half of them were never found. */
  hoursToDetectP50: number | null;
  hardToEvadeRecall: number;
  hardToEvadePrecision: number;
  perAccountThresholdRecall: number;
  perAddressThresholdRecall: number;
  roc: Roc;
  rocHard: Roc;
}

/**
 * Two billion numbers in two months, by the press of 2020: a thousand accounts that each ask about a million in thirty days. Only
 * the list and the setting decided what came back.
 */
const numbersByDesign = 1_000_000;

/** What the endpoint of 2019 would have given these accounts in thirty days for lists that hit as theirs do. */
export function namesByDesign({ asked, findable, rings }: Played): number {
  return asked === 0 ? 0 : Math.round(rings.flat().length * numbersByDesign * (findable / asked));
}

/** Names learnt before each account was suspended. */
export function namesBefore({ learnt }: Played, suspendedAt: ReadonlyMap<string, number>): number {
  let names = 0;
  for (const [member, times] of learnt) {
    const until = suspendedAt.get(member) ?? Number.POSITIVE_INFINITY;
    names += times.filter((at) => at < until).length;
  }
  return names;
}

/** A network is found where one ring holds half of it and is half made of it. */
export function ringRecall(truth: readonly string[][], looks: LiveOutcome['ringsFound']): number {
  const found = truth.filter((ring) => {
    const mine = new Set(ring);
    return looks.some((rings) =>
      rings.some((members) => {
        const common = members.filter((member) => mine.has(member)).length;
        return common * 2 >= ring.length && common * 2 >= members.length;
      }),
    );
  });
  return found.length / Math.max(truth.length, 1);
}

export function hoursToDetectP50(
  { events, rings }: Played,
  suspendedAt: ReadonlyMap<string, number>,
): number | null {
  const first = new Map<string, number>();
  for (const { member, at } of events) if (!first.has(member)) first.set(member, at);
  const hours = rings
    .flat()
    .map((member) => (suspendedAt.get(member) ?? Number.POSITIVE_INFINITY) - (first.get(member) ?? 0))
    .sort((a, b) => a - b);
  const middle = hours[Math.floor((hours.length - 1) / 2)] ?? Number.POSITIVE_INFINITY;
  return Number.isFinite(middle) ? middle / 3_600_000 : null;
}

/** Precision and recall of a set of suspended members against the accounts of an attack. */
export function ratesOf(flagged: ReadonlySet<string>, accounts: ReadonlySet<string>) {
  const right = [...flagged].filter((member) => accounts.has(member)).length;
  return {
    precision: flagged.size === 0 ? 1 : right / flagged.size,
    recall: right / Math.max(accounts.size, 1),
    honest: flagged.size - right,
  };
}
