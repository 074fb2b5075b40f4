import type { EventColumn } from '../events/event.ts';
import { linkSignals, memberSignals } from '../signals/index.ts';
import type { LinkSignal, MemberSignal } from '../signals/signal.ts';

/** What keeps detection from doing harm; a host tightens or loosens it, and every run says what held it back. */
export interface Guardrails {
  /** Largest share of the members seen that one run may flag; above it, the weakest rings are held. */
  flaggedShareMax: number;
  /** Members that are never flagged, whatever they do: staff, tests, partners. */
  protectedMembers: readonly string[];
  /** Rings of fewer accounts are reported as lone accounts. */
  ringSizeMin: number;
  /** Findings are recorded and shown, and nothing may act on them. */
  shadow: boolean;
}

export interface DetectOptions {
  /** Only events from this moment on, milliseconds since 1970; without it, the last `windowDays` before the newest event. */
  from?: number;
  /** Only events before this moment, milliseconds since 1970. */
  to?: number;
  /**
   * How far back a run looks where `from` is not given, 90 days by default. What is normal changes as a service grows (to its
   * first members every number is new), so people are compared with those of their time. Longer histories: `detectHistory`.
   */
  windowDays?: number;
  /** Events after this moment are mistakes of a clock and do not move the window; the present by default. */
  now?: number;
  /** Everything that chance decides comes from it: the same seed gives the same rings. */
  seed?: number;
  /** How many honest accounts in 100,000 may be among the flagged, in expectation; it sets the bar. */
  honestFlaggedPer100k?: number;
  /** Only these signals (by id), or `hard`: those that are hard to evade. */
  signals?: readonly string[] | 'all' | 'hard';
  guardrails?: Partial<Guardrails>;
  /** How much of each ring's graph is drawn; 150 accounts and 14 links by default, a sheet of paper's worth. */
  drawing?: { membersMax: number; linksMax: number };
  /** Told what is being done: a line for a terminal. */
  progress?: (step: string) => void;
}

export const defaultGuardrails: Guardrails = {
  flaggedShareMax: 0.05,
  protectedMembers: [],
  ringSizeMin: 3,
  shadow: true,
};

/** The signals that a run uses, after the options and what the source of events lacks. */
export interface ChosenSignals {
  members: readonly MemberSignal[];
  links: readonly LinkSignal[];
  /** Signals that cannot be used, each with the columns it would need. */
  silent: readonly { id: string; title: string; needs: readonly EventColumn[] }[];
}

export function chooseSignals(
  wanted: DetectOptions['signals'],
  missing: ReadonlySet<EventColumn>,
): ChosenSignals {
  const isWanted = (signal: { id: string; hardToEvade: boolean }): boolean =>
    wanted === undefined ||
    wanted === 'all' ||
    (wanted === 'hard' ? signal.hardToEvade : wanted.includes(signal.id));
  const lacks = (signal: { needs: readonly EventColumn[] }): EventColumn[] =>
    signal.needs.filter((column) => missing.has(column));
  const members = memberSignals
    .filter(isWanted)
    .filter(({ standsInFor }) => standsInFor === undefined || missing.has(standsInFor));
  const links = linkSignals.filter(isWanted);
  const used = members.filter((signal) => lacks(signal).length === 0);
  const isStoodInFor = (signal: MemberSignal | LinkSignal): boolean =>
    used.some(
      ({ standsInFor, family }) =>
        family === signal.family && lacks(signal).every((column) => column === standsInFor),
    );
  return {
    members: used,
    links: links.filter((signal) => lacks(signal).length === 0),
    silent: [...members, ...links]
      .filter((signal) => lacks(signal).length > 0 && !isStoodInFor(signal))
      .map((signal) => ({ id: signal.id, title: signal.title, needs: lacks(signal) })),
  };
}
