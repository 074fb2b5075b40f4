import { attacks } from './attacks.ts';
import { interval, mean } from './intervals.ts';
import type { Outcome } from './outcome.ts';
import { meanRoc, type Roc } from './roc.ts';
import type { DetectRunOptions, WorldResult } from './run.ts';

type Interval = [number, number] | null;

/** One attacker over all worlds: means, with 95 % intervals over seeds beside them. */
export interface AttackerRow {
  name: string;
  accounts: number;
  accountPrecision: number;
  accountRecall: number;
  ringRecall: number;
  namesLearnt: number;
  namesLearntByDesign: number;
  namesLearntUnstopped: number;
  honestSuspendedPer100k: number;
  /** Median; null where half of the accounts were not found. */
  hoursToDetectP50: number | null;
  hardToEvadeRecall: number;
  hardToEvadePrecision: number;
  perAccountThresholdRecall: number;
  perAddressThresholdRecall: number;
  intervals: Record<'accountPrecision' | 'accountRecall' | 'hardToEvadeRecall' | 'ringRecall', Interval> & {
    namesLearnt: Interval;
    honestSuspendedPer100k: Interval;
  };
  roc: Roc;
  rocHard: Roc;
}

/** What `kith lab detect --json` prints. */
export interface DetectReport {
  seed: number;
  seeds: number;
  members: number;
  days: number;
  worlds: Omit<WorldResult, 'outcomes'>[];
  attackers: AttackerRow[];
  /** Attackers drawn at random, which nobody had met when signals were made. */
  heldOut: AttackerRow[];
  /** All of one kind together. */
  overall: Record<'attackers' | 'heldOut', Overall | null>;
}

export interface Overall {
  accountRecall: number;
  accountRecallLeast: number;
  hardToEvadeRecall: number;
  hardToEvadeRecallLeast: number;
  honestSuspendedPer100k: number;
  /** Names learnt to names by design. */
  namesShare: number;
}

export function summarise(
  options: DetectRunOptions,
  days: number,
  worlds: readonly WorldResult[],
): DetectReport {
  const outcomes = worlds.flatMap((world) => world.outcomes);
  const names = [...new Set(outcomes.map(({ name }) => name))];
  const rows = names.map((name) => rowOf(outcomes.filter((each) => each.name === name)));
  const isNamed = ({ name }: AttackerRow): boolean => attacks.some((attack) => attack.name === name);
  const attackers = rows.filter(isNamed);
  const heldOut = rows.filter((row) => !isNamed(row));
  return {
    seed: options.seed,
    seeds: options.seeds,
    members: options.members,
    days,
    worlds: worlds.map(({ outcomes: _, ...world }) => world),
    attackers,
    heldOut,
    overall: { attackers: overallOf(attackers), heldOut: overallOf(heldOut) },
  };
}

function rowOf(outcomes: readonly Outcome[]): AttackerRow {
  const all = (key: NumberKey): number[] => outcomes.map((outcome) => outcome[key]);
  const average = (key: NumberKey): number => mean(all(key));
  const share = (key: NumberKey): Interval => interval(all(key), [0, 1]);
  const hours = outcomes
    .map(({ hoursToDetectP50 }) => hoursToDetectP50 ?? Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b);
  const middle = hours[Math.floor(hours.length / 2)] ?? Number.POSITIVE_INFINITY;
  return {
    name: outcomes[0]?.name ?? '',
    accounts: Math.round(average('accounts')),
    accountPrecision: average('accountPrecision'),
    accountRecall: average('accountRecall'),
    ringRecall: average('ringRecall'),
    namesLearnt: average('namesLearnt'),
    namesLearntByDesign: average('namesLearntByDesign'),
    namesLearntUnstopped: average('namesLearntUnstopped'),
    honestSuspendedPer100k: average('honestSuspendedPer100k'),
    hoursToDetectP50: Number.isFinite(middle) ? middle : null,
    hardToEvadeRecall: average('hardToEvadeRecall'),
    hardToEvadePrecision: average('hardToEvadePrecision'),
    perAccountThresholdRecall: average('perAccountThresholdRecall'),
    perAddressThresholdRecall: average('perAddressThresholdRecall'),
    intervals: {
      accountPrecision: share('accountPrecision'),
      accountRecall: share('accountRecall'),
      hardToEvadeRecall: share('hardToEvadeRecall'),
      ringRecall: share('ringRecall'),
      namesLearnt: interval(all('namesLearnt'), [0, Number.POSITIVE_INFINITY]),
      honestSuspendedPer100k: interval(all('honestSuspendedPer100k'), [0, Number.POSITIVE_INFINITY]),
    },
    roc: meanRoc(outcomes.map(({ roc }) => roc)),
    rocHard: meanRoc(outcomes.map(({ rocHard }) => rocHard)),
  };
}

type NumberKey = {
  [Key in keyof Outcome]: Outcome[Key] extends number ? Key : never;
}[keyof Outcome];

function overallOf(rows: readonly AttackerRow[]): Overall | null {
  if (rows.length === 0) return null;
  const least = (values: number[]): number => Math.min(...values);
  const sum = (values: number[]): number => values.reduce((total, each) => total + each, 0);
  return {
    accountRecall: mean(rows.map(({ accountRecall }) => accountRecall)),
    accountRecallLeast: least(rows.map(({ accountRecall }) => accountRecall)),
    hardToEvadeRecall: mean(rows.map(({ hardToEvadeRecall }) => hardToEvadeRecall)),
    hardToEvadeRecallLeast: least(rows.map(({ hardToEvadeRecall }) => hardToEvadeRecall)),
    honestSuspendedPer100k: mean(rows.map(({ honestSuspendedPer100k }) => honestSuspendedPer100k)),
    namesShare:
      sum(rows.map(({ namesLearnt }) => namesLearnt)) /
      Math.max(sum(rows.map(({ namesLearntByDesign }) => namesLearntByDesign)), 1),
  };
}
