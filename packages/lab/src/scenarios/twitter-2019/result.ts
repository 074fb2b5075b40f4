/** What one design gave away, and what it cost honest members. */
export interface DesignResult {
  name: string;
  /** Distinct people whose name the fleet learnt. */
  namesLearnt: number;
  namesPerAccountDay: number;
  /** Of all members, whatever their setting. */
  membersExposedShare: number;
  /** Of the acquaintances that honest members could find by both sides' wishes, the share found by the end. */
  honestFoundShare: number;
  /**
   * From the moment both had done their part to the card: 99 of 100 waited no longer. Those not found by the end
   * count with the time they have waited so far. Null where nothing was to be found.
   */
  honestDelayHoursP99: number | null;
  honestDelayHoursP50: number | null;
  /** Honest members of whom some numbers ever waited for budget. */
  honestWaits: number;
  /** Numbers that the design looked up for the fleet. */
  numbersLookedUp: number;
  /** Names learnt by the end of each day; the first entry is the beginning. */
  namesByDay: number[];
}

export interface Twitter2019Result {
  scenario: 'twitter-2019';
  seed: number;
  accounts: number;
  days: number;
  /** Numbers in the list that the fleet had to feed. */
  numbersTried: number;
  members: number;
  honest: number;
  designs: DesignResult[];
}

export function designResult(given: {
  name: string;
  /** When each name was learnt first, ms after the beginning. */
  learntAtMs: readonly number[];
  accounts: number;
  days: number;
  members: number;
  honest: HonestOutcome;
  numbersLookedUp: number;
}): DesignResult {
  const { name, learntAtMs, honest, numbersLookedUp } = given;
  const learnt = learntAtMs.length;
  return {
    name,
    namesLearnt: learnt,
    namesPerAccountDay: tidy(learnt / (given.accounts * given.days)),
    membersExposedShare: tidy(learnt / given.members),
    honestFoundShare: honest.foundShare,
    honestDelayHoursP99: honest.delayHoursP99,
    honestDelayHoursP50: honest.delayHoursP50,
    honestWaits: honest.waits,
    numbersLookedUp,
    namesByDay: Array.from(
      { length: given.days + 1 },
      (_, day) => learntAtMs.filter((at) => at < day * 86_400_000).length,
    ),
  };
}

export interface HonestOutcome {
  foundShare: number;
  delayHoursP50: number | null;
  delayHoursP99: number | null;
  waits: number;
}

/** Six significant digits: enough to compare, the same on every machine. */
export function tidy(value: number): number {
  return Number(value.toPrecision(6));
}
