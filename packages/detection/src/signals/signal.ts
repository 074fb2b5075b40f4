import type { EventColumn } from '../events/event.ts';

/**
 * A measured reason to suspect. Weights are natural logarithms of likelihood ratios ("nats"): +2.3 says ten times likelier
 * from an enumerator than from an honest member, -2.3 ten times less likely. Weights of different families add up; within a
 * family they speak of the same thing, and only the strongest counts.
 */
export interface SignalBase {
  readonly id: string;
  readonly family: string;
  /** A few words for a table's heading. */
  readonly title: string;
  /** What it measures and why that tells something. */
  readonly means: string;
  /** Whom it cannot see, and whom it may wrong. */
  readonly blindSpots: string;
  /** True where avoiding it costs the enumerator what he came for, not merely money or care. */
  readonly hardToEvade: boolean;
  /** Columns without which it is silent. */
  readonly needs: readonly EventColumn[];
  /** Aggregates over a member's events, by name. Equal names must mean equal SQL. */
  readonly aggregates: Readonly<Record<string, string>>;
  /** Values derived from aggregates, by name. */
  readonly features: Readonly<Record<string, string>>;
}

/** How one thing is spread over a cohort; measured on every run, so that "normal" is what is normal here and now. */
export type Reference = { among: Peers; where: string } & (
  | { kind: 'tail'; value: string }
  /** `alike`: SQL condition for an honest member whom one could take for an enumerator in this respect; its share is measured. */
  | { kind: 'share'; part: string; whole: string; alike: string }
);

/** With whom a member is compared: accounts of its age, all, or those that ask for numbers of the same country. */
export type Peers = 'age' | 'everyone' | 'number_country';

/** SQL that picks a cohort's constants for the row at hand. */
export interface TailSql {
  median: string;
  scale: string;
  /** Above these lie a tenth, three and one in a hundred of the cohort. */
  q90: string;
  q97: string;
  q99: string;
  /** How fast the cohort thins out beyond the last of them, nats a unit. */
  fall: string;
}
export interface ShareSql {
  a: string;
  b: string;
  /** log of the beta function of a and b, which is dear to compute a million times. */
  logBeta: string;
  /** All parts over all wholes. */
  mean: string;
  /** Share of the cohort that looks as enumerators do; enumerators among them make it larger, and the weight smaller. */
  alike: string;
}
export interface ReferenceSql {
  tail(name: string): TailSql;
  share(name: string): ShareSql;
}

/** A row of features, as the engine returns it. */
export type FeatureRow = Readonly<Record<string, number | string>>;

export interface MemberSignal extends SignalBase {
  readonly kind: 'member';
  readonly references: Readonly<Record<string, Reference>>;
  /** A better column: where the source has it, this signal is not used. */
  readonly standsInFor?: EventColumn;
  /** SQL for the weight in nats; 0 where there is nothing to judge. */
  weight(reference: ReferenceSql): string;
  /** The finding in one clause, for an analyst: what was counted, not what it proves. */
  words(row: FeatureRow): string;
}

/** A block: all who share one value of something. Where it is read decides what counts as being in it. */
export type Blocks =
  /**
   * SQL for a hash of one event's value, and for its text. `events`: a member is in the blocks of all its events. `account`: the
   * value is the same in all of them, and a fact of the member by the same name.
   */
  | { of: 'events' | 'account'; hash: string; where: string; label: string }
  /** SQL for an array of hashes of one judged member's features. */
  | { of: 'features'; hashes: string };

export interface LinkSignal extends SignalBase {
  readonly kind: 'link';
  readonly blocks: readonly Blocks[];
  /**
   * Families of member signals that being in a block brings with it: all behind a rented address are on a rented network. They are
   * left out when the company in the block is judged, or the block would be its own witness.
   */
  readonly implies: readonly string[];
  /** What sharing a block means, for an analyst. */
  words(members: number): string;
}

export type Signal = MemberSignal | LinkSignal;

/** A feature as a number, whatever the engine's JSON made of it. */
export const number = (row: FeatureRow, name: string): number => Number(row[name] ?? 0);

/** A count with thousands separated, the same in every place and language. */
export const counted = (value: number): string => Math.round(value).toLocaleString('en-US');

export const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

export const dayMs = 86_400_000;
