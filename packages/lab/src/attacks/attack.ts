/** What an attacker tried, what it got, and what was claimed that it could not get. */
export interface AttackReport {
  attack: string;
  seed: number;
  accounts: number;
  days: number;
  /** Distinct numbers that the attacker sent. */
  numbersTried: number;
  /** Distinct people whose card it saw. */
  namesLearnt: number;
  /** The most that the budgets of these accounts allow. */
  namesBound: number;
  /** Numbers that it could tie to one name for certain. */
  pairsLearnt: number;
  checks: Check[];
}

/** One sentence about the design, and whether this run bore it out. */
export interface Check {
  claim: string;
  held: boolean;
}

export interface AttackOptions {
  seed: number;
}

/** An attack that can be replayed on its own: `kith lab run <name>`. */
export interface Attack {
  name: string;
  summary: string;
  run(options: AttackOptions): Promise<AttackReport>;
}

export function check(claim: string, held: boolean): Check {
  return { claim, held };
}

/** The claims that a run did not bear out. */
export function broken(report: AttackReport): string[] {
  return report.checks.filter(({ held }) => !held).map(({ claim }) => claim);
}
